/** Waiting-room meetings on the wire: what each route takes and answers (seed 001, completed). */
import * as z from 'zod/mini';
import { digitsOf, flag, name, text, trimmed, wholeNumber } from './parameters';

const meetingId = digitsOf(4, 15, 'the meeting number, 4 to 15 digits');
const GUEST_ID = 'the guest_id of a guest in the list';
/** Goes into vendors' addresses, where a slash or a question mark would mean something else. */
const guestId = text(1, 64, GUEST_ID).check(z.regex(/^[\w-]+$/, { error: `must be ${GUEST_ID}` }));
const ticket = text(1, 2000, 'the identity that /user/enter-waiting-room answered');

export const CreateMeetingRequest = z.object({
  n_digits: z.optional(wholeNumber(4, 15)),
  admission: z.optional(z.enum(['auto', 'manual'], { error: 'must be auto or manual' })),
  max_participants: z.optional(wholeNumber(2, 50)),
  ttl_hours: z.optional(wholeNumber(1, 168)),
});

export const HostJoinRequest = z.object({ meeting_id: meetingId, name: z.optional(name) });
export const MeetingRequest = z.object({ meeting_id: meetingId });

const whom = { guest_id: z.optional(guestId), all: z.optional(flag) };
const ONE_OR_ALL = { error: 'give either guest_id or all: true', path: ['guest_id'] };
const isOneOrAll = ({ guest_id, all }: { guest_id?: unknown; all?: unknown }): boolean =>
  (guest_id === undefined) === (all === true);

export const DecisionRequest = z
  .object({ meeting_id: meetingId, ...whom })
  .check(z.refine(isOneOrAll, ONE_OR_ALL));

export const MessageRequest = z
  .object({
    meeting_id: meetingId,
    ...whom,
    text: trimmed(1, 500, 'the message'),
    name: z.optional(name),
  })
  .check(z.refine(isOneOrAll, ONE_OR_ALL));

export const ExplainRequest = z.object({ meeting_id: meetingId, guest_id: guestId });

const E164 = 'must be a telephone number with its country code, like +14155550123 (in a form + is %2B)';

export const InviteRequest = z.object({
  meeting_id: meetingId,
  /** E.164: https://www.itu.int/rec/T-REC-E.164/ */
  phone: z.string({ error: E164 }).check(z.regex(/^\+[1-9]\d{6,14}$/, { error: E164 })),
});

export const EnterWaitingRoomRequest = z.object({
  meeting_id: meetingId,
  name: z.optional(name),
  identity: z.optional(ticket),
});

export const UserJoinRequest = z.object({
  meeting_id: meetingId,
  room_id: text(1, 200, 'the room_id in the document'),
  identity: ticket,
});

const PRESENCES = ['here', 'hidden', 'away'] as const;

export const StillHereRequest = z.object({
  meeting_id: meetingId,
  identity: ticket,
  /** `hidden`: the page is out of sight. `away`: it has asked, and nobody answered. `here` unless given. */
  presence: z.optional(z.enum(PRESENCES, { error: 'must be here, hidden or away' })),
});

export const LeaveWaitingRoomRequest = z.object({ meeting_id: meetingId, identity: ticket });

export interface CreateMeetingResponse {
  readonly meeting_id: number;
  readonly admission: 'auto' | 'manual';
  /** ISO 8601, UTC. */
  readonly expires_at: string;
}

type ConnectOptions = Readonly<Record<string, unknown>>;

export interface JoinResponse {
  readonly room_id: string;
  readonly identity: string;
  readonly token: string;
  readonly provider: string;
  /** Where livekit-client connects to, if that is the provider: `wss://…`. */
  readonly livekit_url?: string | undefined;
  readonly connect_options: ConnectOptions;
}

export interface WaitingRoomResponse {
  readonly admission: 'auto' | 'manual';
  readonly guests: readonly GuestEntry[];
  readonly map: string;
  readonly identity: string;
  readonly token: string;
  readonly connect_options: ConnectOptions;
  /** Whether `/admin/invite` has a sender. */
  readonly text_messages: boolean;
  /** Of a local run: the page that shows what was sent. */
  readonly text_messages_shown_at?: string;
}

export interface GuestEntry {
  readonly guest_id: string;
  readonly name: string;
  readonly state: 'waiting' | 'admitted' | 'denied' | 'removed';
  /** ISO 8601, UTC. */
  readonly entered_at: string;
  /** The same, of one who waits: since then the page has been out of sight, as it says itself. */
  readonly hidden_since?: string;
  /** The same: since then nobody seems to be there. The place is kept. */
  readonly away_since?: string;
}

export interface GuestsResponse {
  readonly guests: readonly GuestEntry[];
}

export interface ExplainResponse {
  readonly guest_id: string;
  readonly state: GuestEntry['state'] | 'left' | 'ended' | 'unknown';
  /** One sentence for the host: what the state is, since when, and what would change it. */
  readonly explanation: string;
}

export interface InviteResponse {
  readonly meeting_id: number;
  readonly phone: string;
  /** The vendor has taken the message; whether it arrives is not known here. */
  readonly status: 'queued';
}

export interface EnterWaitingRoomResponse {
  readonly document: string;
  readonly identity: string;
  readonly token: string;
  readonly connect_options: ConnectOptions;
  readonly admission: 'auto' | 'manual';
  /** With manual admission: a document that all who wait may watch, see {@link BoardData}. */
  readonly board?: string;
  /** With manual admission: the guest's number in the queue, from 1. */
  readonly place?: number;
}

/** What the host says to those who wait: in the guest's own document, or to all. */
export interface HostMessage {
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly sent_at: string;
  readonly from?: string;
}

/** What the guest's document holds. */
export interface DocumentData {
  readonly state: 'waiting' | 'admitted' | 'denied' | 'ended';
  readonly room_id?: string;
  /** The last few, oldest first. */
  readonly messages?: readonly HostMessage[];
}

/** What the board holds. */
export interface BoardData {
  /**
   * Numbers whose bearers wait no more, as first and last of each run: `[1, 4, 6, 6]` is 1 to 4, and 6. Whoever has
   * number 8 counts 1 to 7 without these: two are before.
   */
  readonly freed: readonly number[];
  /** To all who wait; the last few, oldest first. */
  readonly messages?: readonly HostMessage[];
}

export interface MessageResponse {
  readonly meeting_id: number;
  /** Whom it was sent to; missing when it was sent to all. */
  readonly guest_id?: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly sent_at: string;
}

export interface StillHereResponse {
  readonly meeting_id: number;
  readonly presence: 'here' | 'hidden' | 'away';
}

export interface EndMeetingResponse {
  readonly meeting_id: number;
  readonly state: 'ended';
}

export interface LeaveWaitingRoomResponse {
  readonly meeting_id: number;
}
