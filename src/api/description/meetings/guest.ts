/** What a guest does: come, say that somebody is there, test the connection, join, leave. */
import * as z from 'zod/mini';
import * as api from '../../meetings';
import { MADE } from '../made';
import { answerOf, connectOptions, type Operation, said, textOf } from '../operation';
import { admission, anybody, joined, meeting_id, meetingNumber, NO_SUCH_MEETING, options } from './shapes';

const entered = answerOf<api.EnterWaitingRoomResponse>()(
  z.object({
    document: textOf('SID of the Sync document to watch: {state, room_id?, messages?}.'),
    identity: textOf('The guest’s ticket. Keep it secret; it gets the guest in, and back in.'),
    token: textOf('For twilio-sync.'),
    connect_options: connectOptions(),
    admission: admission(),
    board: z.exactOptional(
      textOf(
        'With manual admission: SID of the Sync document that all who wait may watch: {freed, messages?}. `freed` names ' +
          'the numbers whose bearers wait no more, as first and last of each run: [1, 4, 6, 6] is 1 to 4, and 6.',
      ),
    ),
    place: z.exactOptional(said('With manual admission: the guest’s number in the queue, from 1.', z.int())),
  }),
);
const attended = answerOf<api.StillHereResponse>()(
  z.object({ meeting_id: meetingNumber(), presence: z.enum(['here', 'hidden', 'away']) }),
);
const left = answerOf<api.LeaveWaitingRoomResponse>()(z.object({ meeting_id: meetingNumber() }));

export const ENTER: Operation = {
  ...anybody,
  path: '/user/enter-waiting-room',
  summary: 'A guest arrives, or comes back with the ticket, and learns which document to watch.',
  request: api.EnterWaitingRoomRequest,
  answer: entered,
  example: {
    request: { meeting_id, name: 'Ann' },
    answer: {
      document: MADE.document,
      identity: MADE.ticket,
      token: MADE.syncToken,
      ...options,
      admission: 'manual',
      board: MADE.board,
      place: 1,
    },
  },
  refusals: [
    {
      status: 400,
      when: 'Bad input.',
      request: { meeting_id: 'soon' },
      message: 'meeting_id must be the meeting number, 4 to 15 digits.',
    },
    NO_SUCH_MEETING,
  ],
};

export const STILL_HERE: Operation = {
  ...anybody,
  path: '/user/still-here',
  summary: 'A guest’s page says whether somebody is there: here, hidden (out of sight) or away (no answer).',
  request: api.StillHereRequest,
  answer: attended,
  example: {
    request: { meeting_id, identity: MADE.ticket },
    answer: { meeting_id, presence: 'here' },
  },
  refusals: [
    {
      status: 400,
      when: 'Bad input.',
      request: { meeting_id, identity: MADE.ticket, presence: 'asleep' },
      message: 'presence must be here, hidden or away.',
    },
  ],
};

export const TEST_CONNECTION: Operation = {
  ...anybody,
  path: '/user/test-connection',
  summary:
    'Whoever has the number learns, before being let in, how good the way to the provider is: a pass for a test, which opens no room with anybody in it.',
  request: api.MeetingRequest,
  answer: joined,
  example: {
    request: { meeting_id },
    answer: {
      room_id: MADE.testRoom,
      identity: MADE.testIdentity,
      token: MADE.testToken,
      provider: 'twilio',
      ...options,
    },
  },
  refusals: [NO_SUCH_MEETING],
};

export const GUEST_JOINS: Operation = {
  ...anybody,
  path: '/user/join',
  summary: 'A guest who was let in joins the room.',
  request: api.UserJoinRequest,
  answer: joined,
  example: {
    request: { meeting_id, room_id: MADE.videoRoom, identity: MADE.ticket },
    answer: {
      room_id: MADE.videoRoom,
      identity: MADE.guestIdentity,
      token: MADE.guestToken,
      provider: 'twilio',
      ...options,
    },
  },
};

export const LEAVE: Operation = {
  ...anybody,
  path: '/user/leave-waiting-room',
  summary: 'A guest gives up waiting.',
  request: api.LeaveWaitingRoomRequest,
  answer: left,
  example: { request: { meeting_id, identity: MADE.ticket }, answer: { meeting_id } },
};
