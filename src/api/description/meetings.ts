/** The waiting room's routes (seed 001) in words, shapes and examples; in the order of a meeting. */
import * as z from 'zod/mini';
import * as api from '../meetings';
import { MADE } from './made';
import { answerOf, connectOptions, listOf, type Operation, said, textOf, time } from './operation';

const meetingNumber = () => said('The meeting’s number.', z.int());
const admission = () =>
  said('Whether guests are let in by themselves, or by the host.', z.enum(['auto', 'manual']));

const created = answerOf<api.CreateMeetingResponse>()(
  z.object({ meeting_id: meetingNumber(), admission: admission(), expires_at: time() }),
);
const joined = answerOf<api.JoinResponse>()(
  z.object({
    room_id: textOf('The room at the provider.'),
    identity: textOf('Public: others in the room see it.'),
    token: textOf('For the provider’s SDK.'),
    provider: z.string(),
    livekit_url: z.exactOptional(textOf('Where livekit-client connects to.')),
    connect_options: connectOptions(),
  }),
);
const guest = answerOf<api.GuestEntry>()(
  z.object({
    guest_id: textOf('By which the host decides.'),
    name: z.string(),
    state: z.enum(['waiting', 'admitted', 'denied', 'removed']),
    entered_at: time(),
    hidden_since: z.exactOptional(said('Since then the guest’s page is out of sight.', z.string())),
    away_since: z.exactOptional(
      said('Since then nobody seems to be there; the place is kept. ISO 8601, UTC.', z.string()),
    ),
  }),
);
const guests = answerOf<api.GuestsResponse>()(z.object({ guests: listOf(guest) }));
const waitingRoom = answerOf<api.WaitingRoomResponse>()(
  z.object({
    admission: admission(),
    guests: listOf(guest),
    map: textOf('SID of the Sync map to watch.'),
    identity: textOf('Of the Sync client.'),
    token: textOf('For twilio-sync.'),
    connect_options: connectOptions(),
    text_messages: said('Whether /admin/invite has a sender.', z.boolean()),
    text_messages_shown_at: z.exactOptional(textOf('Of a local run: the page that shows what was sent.')),
  }),
);
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
const told = answerOf<api.MessageResponse>()(
  z.object({
    meeting_id: meetingNumber(),
    guest_id: z.exactOptional(textOf('Whom it was sent to; missing when it was sent to all.')),
    text: z.string(),
    sent_at: time(),
  }),
);
const attended = answerOf<api.StillHereResponse>()(
  z.object({ meeting_id: meetingNumber(), presence: z.enum(['here', 'hidden', 'away']) }),
);
const ended = answerOf<api.EndMeetingResponse>()(
  z.object({ meeting_id: meetingNumber(), state: z.literal('ended') }),
);
const left = answerOf<api.LeaveWaitingRoomResponse>()(z.object({ meeting_id: meetingNumber() }));
const explained = answerOf<api.ExplainResponse>()(
  z.object({
    guest_id: z.string(),
    state: z.enum(['waiting', 'admitted', 'denied', 'removed', 'left', 'ended', 'unknown']),
    explanation: textOf('One sentence: the state, since when, and what would change it.'),
  }),
);

const invited = answerOf<api.InviteResponse>()(
  z.object({ meeting_id: meetingNumber(), phone: z.string(), status: z.literal('queued') }),
);

const meeting_id = MADE.meetingNumber;
const ann = (state: 'waiting' | 'admitted' | 'denied' | 'removed') => ({
  guest_id: MADE.guestId,
  name: 'Ann',
  state,
  entered_at: MADE.enteredAt,
});
const options = { connect_options: {} };

const host = { caller: 'operator' } as const;
const anybody = { caller: 'anybody' } as const;

export const MEETINGS: readonly Operation[] = [
  {
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
  },
  {
    ...host,
    path: '/admin/invite',
    summary: 'Sends the link of a meeting to a telephone, as a text message.',
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
        message: 'phone must be a telephone number with its country code, like +14155550123.',
      },
      {
        status: 429,
        when: 'Three at once to one phone, then one every ten minutes.',
        request: { meeting_id, phone: '+14155550199' },
        message:
          'too many invitations were sent to this phone. Send this one yourself, or try again in 600 seconds.',
      },
    ],
  },
  {
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
      {
        status: 404,
        when: 'There is no such meeting.',
        request: { meeting_id: 1234 },
        message: 'there is no meeting with this number. Check the number, or ask the host for it.',
      },
    ],
  },
  {
    ...host,
    path: '/admin/waiting-room',
    summary: 'Who waits, and a Sync map in which to watch it live.',
    request: api.MeetingRequest,
    answer: waitingRoom,
    example: {
      request: { meeting_id },
      answer: {
        admission: 'manual',
        guests: [ann('waiting')],
        map: MADE.map,
        identity: MADE.watcher,
        token: MADE.watchToken,
        ...options,
        text_messages: true,
      },
    },
  },
  {
    ...host,
    path: '/admin/message',
    summary: 'Says something to those who wait: to one, or to all, also those who come later.',
    request: api.MessageRequest,
    answer: told,
    example: {
      request: { meeting_id, guest_id: MADE.guestId, text: 'You are next.', name: 'Dr. Lee' },
      answer: { meeting_id, guest_id: MADE.guestId, text: 'You are next.', sent_at: MADE.sentAt },
    },
    refusals: [
      {
        status: 400,
        when: 'Bad input.',
        request: { meeting_id, all: true, text: ' ' },
        message: 'text must be the message (text, 1 to 500 characters).',
      },
    ],
  },
  {
    ...anybody,
    path: '/user/still-here',
    summary:
      'A guest’s page says whether somebody is there: here, hidden (out of sight) or away (no answer).',
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
  },
  {
    ...host,
    path: '/admin/admit',
    summary: 'Lets guests in who wait: one, or all.',
    request: api.DecisionRequest,
    answer: guests,
    example: {
      request: { meeting_id, guest_id: MADE.guestId },
      answer: { guests: [ann('admitted')] },
    },
    refusals: [
      {
        status: 400,
        when: 'Neither one guest nor all of them is meant.',
        request: { meeting_id },
        message: 'guest_id: give either guest_id or all: true.',
      },
    ],
  },
  {
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
  },
  {
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
  },
  {
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
    refusals: [
      {
        status: 404,
        when: 'There is no such meeting.',
        request: { meeting_id: 1234 },
        message: 'there is no meeting with this number. Check the number, or ask the host for it.',
      },
    ],
  },
  {
    ...host,
    path: '/admin/explain',
    summary: 'Why a guest cannot get in, or can, in a sentence for the host.',
    request: api.ExplainRequest,
    answer: explained,
    example: {
      request: { meeting_id, guest_id: MADE.guestId },
      answer: { guest_id: MADE.guestId, state: 'admitted', explanation: MADE.explanation },
    },
  },
  {
    ...host,
    path: '/admin/remove',
    summary: 'Puts guests out of the room; their tickets are dead.',
    request: api.DecisionRequest,
    answer: guests,
    example: {
      request: { meeting_id, guest_id: MADE.guestId },
      answer: { guests: [ann('removed')] },
    },
  },
  {
    ...host,
    path: '/admin/deny',
    summary: 'Turns guests away who wait: one, or all.',
    request: api.DecisionRequest,
    answer: guests,
    example: { request: { meeting_id, all: true }, answer: { guests: [ann('removed')] } },
  },
  {
    ...anybody,
    path: '/user/leave-waiting-room',
    summary: 'A guest gives up waiting.',
    request: api.LeaveWaitingRoomRequest,
    answer: left,
    example: { request: { meeting_id, identity: MADE.ticket }, answer: { meeting_id } },
  },
  {
    ...host,
    path: '/admin/end',
    summary: 'Ends the meeting for everybody.',
    request: api.MeetingRequest,
    answer: ended,
    example: { request: { meeting_id }, answer: { meeting_id, state: 'ended' } },
  },
];
