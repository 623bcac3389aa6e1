/** What the waiting room's routes have in common: shapes, who calls, and the meeting of the examples. */
import * as z from 'zod/mini';
import type * as api from '../../meetings';
import { MADE } from '../made';
import { answerOf, connectOptions, type RefusalExample, said, textOf } from '../operation';

export const meetingNumber = () => said('The meeting’s number.', z.int());
export const admission = () =>
  said('Whether guests are let in by themselves, or by the host.', z.enum(['auto', 'manual']));

export const joined = answerOf<api.JoinResponse>()(
  z.object({
    room_id: textOf('The room at the provider.'),
    identity: textOf('Public: others in the room see it.'),
    token: textOf('For the provider’s SDK.'),
    provider: z.string(),
    livekit_url: z.exactOptional(textOf('Where livekit-client connects to.')),
    connect_options: connectOptions(),
  }),
);

export const meeting_id = MADE.meetingNumber;
export const options = { connect_options: {} };

export const host = { caller: 'operator' } as const;
export const anybody = { caller: 'anybody' } as const;

export const NO_SUCH_MEETING: RefusalExample = {
  status: 404,
  when: 'There is no such meeting.',
  request: { meeting_id: 1234 },
  message: 'there is no meeting with this number. Check the number, or ask the host for it.',
};
