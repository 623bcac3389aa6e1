/** What a host does about guests: see who waits, let in, turn away, put out, say something, ask why. */
import * as z from 'zod/mini';
import * as api from '../../meetings';
import { MADE } from '../made';
import { answerOf, connectOptions, listOf, type Operation, said, textOf, time } from '../operation';
import { admission, host, meeting_id, meetingNumber, options } from './shapes';

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
const told = answerOf<api.MessageResponse>()(
  z.object({
    meeting_id: meetingNumber(),
    guest_id: z.exactOptional(textOf('Whom it was sent to; missing when it was sent to all.')),
    text: z.string(),
    sent_at: time(),
  }),
);
const explained = answerOf<api.ExplainResponse>()(
  z.object({
    guest_id: z.string(),
    state: z.enum(['waiting', 'admitted', 'denied', 'removed', 'left', 'ended', 'unknown']),
    explanation: textOf('One sentence: the state, since when, and what would change it.'),
  }),
);

const ann = (state: 'waiting' | 'admitted' | 'denied' | 'removed') => ({
  guest_id: MADE.guestId,
  name: 'Ann',
  state,
  entered_at: MADE.enteredAt,
});

export const WAITING: Operation = {
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
};

export const ADMIT: Operation = {
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
};

export const DENY: Operation = {
  ...host,
  path: '/admin/deny',
  summary: 'Turns guests away who wait: one, or all.',
  request: api.DecisionRequest,
  answer: guests,
  example: { request: { meeting_id, all: true }, answer: { guests: [ann('removed')] } },
};

export const REMOVE: Operation = {
  ...host,
  path: '/admin/remove',
  summary: 'Puts guests out of the room; their tickets are dead.',
  request: api.DecisionRequest,
  answer: guests,
  example: {
    request: { meeting_id, guest_id: MADE.guestId },
    answer: { guests: [ann('removed')] },
  },
};

export const MESSAGE: Operation = {
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
};

export const EXPLAIN: Operation = {
  ...host,
  path: '/admin/explain',
  summary: 'Why a guest cannot get in, or can, in a sentence for the host.',
  request: api.ExplainRequest,
  answer: explained,
  example: {
    request: { meeting_id, guest_id: MADE.guestId },
    answer: { guest_id: MADE.guestId, state: 'admitted', explanation: MADE.explanation },
  },
};
