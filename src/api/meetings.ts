/** Waiting-room meetings on the wire: what each route takes and answers (seed 001, completed). */
import * as z from 'zod/mini';
import { digitsOf, flag, name, text, wholeNumber } from './parameters';

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

export const DecisionRequest = z
  .object({ meeting_id: meetingId, guest_id: z.optional(guestId), all: z.optional(flag) })
  .check(
    z.refine(({ guest_id, all }) => (guest_id === undefined) === (all === true), {
      error: 'give either guest_id or all: true',
      path: ['guest_id'],
    }),
  );

export const ExplainRequest = z.object({ meeting_id: meetingId, guest_id: guestId });

const E164 = 'must be a telephone number with its country code, like +14155550123';

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
}

export interface GuestEntry {
  readonly guest_id: string;
  readonly name: string;
  readonly state: 'waiting' | 'admitted' | 'denied' | 'removed';
  /** ISO 8601, UTC. */
  readonly entered_at: string;
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
}

export interface EndMeetingResponse {
  readonly meeting_id: number;
  readonly state: 'ended';
}

export interface LeaveWaitingRoomResponse {
  readonly meeting_id: number;
}
