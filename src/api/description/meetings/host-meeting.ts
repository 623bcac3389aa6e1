/** What a host does with a meeting: make it, invite to it, join it, end it. */
import * as z from 'zod/mini';
import * as api from '../../meetings';
import { MADE } from '../made';
import { answerOf, type Operation, time } from '../operation';
import { admission, host, joined, meeting_id, meetingNumber, options } from './shapes';

const created = answerOf<api.CreateMeetingResponse>()(
  z.object({ meeting_id: meetingNumber(), admission: admission(), expires_at: time() }),
);
const invited = answerOf<api.InviteResponse>()(
  z.object({ meeting_id: meetingNumber(), phone: z.string(), status: z.literal('queued') }),
);
const ended = answerOf<api.EndMeetingResponse>()(
  z.object({ meeting_id: meetingNumber(), state: z.literal('ended') }),
);

export const CREATE: Operation = {
  ...host,
  path: '/admin/create',
  summary: 'A new meeting under a random number, to be sent to guests.',
  request: api.CreateMeetingRequest,
  answer: created,
  example: {
    request: { admission: 'manual' },
    answer: { meeting_id, admission: 'manual', expires_at: MADE.meetingEnds },
  },
  refusals: [
    {
      status: 400,
      when: 'Bad input: each parameter at fault is named.',
      request: { n_digits: 3, admission: 'open' },
      message: 'n_digits must be a whole number from 4 to 15; admission must be auto or manual.',
    },
    {
      status: 503,
      when: 'A vendor is away.',
      request: {},
      message: 'the meeting service is busy. Try again in a moment.',
    },
  ],
};

export const INVITE: Operation = {
  ...host,
  path: '/admin/invite',
  summary: 'Sends the link of a meeting to a telephone, as a text message in the service’s language.',
  request: api.InviteRequest,
  answer: invited,
  example: {
    request: { meeting_id, phone: '+14155550123' },
    answer: { meeting_id, phone: '+14155550123', status: 'queued' },
  },
  refusals: [
    {
      status: 400,
      when: 'Bad input.',
      request: { meeting_id, phone: '555-0123' },
      message:
        'phone must be a telephone number with its country code, like +14155550123 (in a form + is %2B).',
    },
    {
      status: 429,
      when: 'Three at once to one phone, then one every ten minutes.',
      request: { meeting_id, phone: '+14155550199' },
      message:
        'too many invitations were sent to this phone. Send this one yourself, or try again in 600 seconds.',
    },
  ],
};

export const HOST_JOINS: Operation = {
  ...host,
  path: '/admin/join',
  summary: 'The host joins, which opens the meeting.',
  request: api.HostJoinRequest,
  answer: joined,
  example: {
    request: { meeting_id, name: 'Dr. Lee' },
    answer: {
      room_id: MADE.videoRoom,
      identity: MADE.hostIdentity,
      token: MADE.hostToken,
      provider: 'twilio',
      ...options,
    },
  },
};

export const END: Operation = {
  ...host,
  path: '/admin/end',
  summary: 'Ends the meeting for everybody.',
  request: api.MeetingRequest,
  answer: ended,
  example: { request: { meeting_id }, answer: { meeting_id, state: 'ended' } },
};
