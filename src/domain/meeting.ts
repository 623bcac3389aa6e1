/** A waiting-room meeting: its states, what moves it between them, and what its guests may know of it. */
import { notAllowed } from './errors';
import { type HostMessage, withMessage } from './host-message';
import { MAX_REMOVED_GUESTS, removalMark } from './removal';

export type MeetingState = 'waiting' | 'open' | 'ended';
export type MeetingEvent = 'hostJoins' | 'end';
export type Admission = 'auto' | 'manual';

/** state × event → next state. A pair that is absent is refused. */
export const MEETING_TRANSITIONS = {
  waiting: { hostJoins: 'open', end: 'ended' },
  open: { hostJoins: 'open', end: 'ended' },
  ended: { end: 'ended' },
} as const satisfies Record<MeetingState, Partial<Record<MeetingEvent, MeetingState>>>;

export interface Meeting {
  /** The number that people share: 4 to 15 digits, unique among live meetings. */
  readonly id: string;
  /** Names this very meeting for ever, also after its number was given to another one. */
  readonly key: string;
  readonly state: MeetingState;
  readonly admission: Admission;
  /** Places in the video room, the host's included. */
  readonly maxParticipants: number;
  /** The video room, once the host has joined. */
  readonly roomId?: string;
  /** Marks (see {@link removalMark}) of the guests who were removed, oldest first. */
  readonly removed: readonly string[];
  /** Guests have been decided upon faster than the host's list could be written; it is being caught up. */
  readonly listBehind: boolean;
  /** What the host says to all who wait; with manual admission it stands on the board of the waiting room. */
  readonly messages?: readonly HostMessage[];
  /** Names the document that guests of an `auto` meeting watch. */
  readonly lobby: string;
  /** ms since epoch; the meeting and all that belongs to it is gone by then. */
  readonly expiresAt: number;
}

/** What the document says that a waiting guest watches. */
export interface LobbyView {
  readonly state: 'waiting' | 'admitted' | 'denied' | 'ended';
  readonly room_id?: string;
  /** Oldest first; while there is something to wait for. */
  readonly messages?: readonly HostMessage[];
}

export const DEFAULT_MAX_PARTICIPANTS = 50;
export const DEFAULT_TTL_HOURS = 24;

/** @throws FoyerError `not-allowed` where {@link MEETING_TRANSITIONS} has no such pair. */
function next(meeting: Meeting, event: MeetingEvent): MeetingState {
  const row: Partial<Record<MeetingEvent, MeetingState>> = MEETING_TRANSITIONS[meeting.state];
  const state = row[event];
  if (!state) throw meetingEnded();
  return state;
}

export const meetingEnded = (): Error =>
  notAllowed('this meeting has ended. Ask the host for a new meeting number.');

/** The host is in `roomId`: the first one, or a fresh one when the last has closed. */
export function openMeeting(meeting: Meeting, roomId: string): Meeting {
  const state = next(meeting, 'hostJoins');
  if (meeting.state === state && meeting.roomId === roomId) return meeting;
  // What was said to those who waited is past.
  const { messages: _past, ...now } = meeting;
  return { ...now, state, roomId };
}

/** @returns the same meeting where it has the message. @throws FoyerError `not-allowed` once the meeting has ended. */
export function addMessage(meeting: Meeting, message: HostMessage): Meeting {
  requireLive(meeting);
  const messages = withMessage(meeting.messages, message);
  return messages === meeting.messages ? meeting : { ...meeting, messages };
}

export function endMeeting(meeting: Meeting): Meeting {
  const state = next(meeting, 'end');
  return meeting.state === state ? meeting : { ...meeting, state };
}

/**
 * Bars guests for as long as the meeting lasts, whatever their tickets say.
 * @throws FoyerError `not-allowed` when the list is full: it has to fit into one Sync document.
 */
export function removeGuests(meeting: Meeting, guestIds: readonly string[]): Meeting {
  requireLive(meeting);
  const marks = guestIds.map((guestId) => removalMark(meeting.key, guestId));
  const fresh = [...new Set(marks)].filter((mark) => !meeting.removed.includes(mark));
  if (fresh.length === 0) return meeting;
  const removed = [...meeting.removed, ...fresh];
  if (removed.length > MAX_REMOVED_GUESTS) {
    throw notAllowed(
      `${MAX_REMOVED_GUESTS} guests have been removed from this meeting already. End it and create a new one.`,
    );
  }
  return { ...meeting, removed };
}

export const isRemoved = (meeting: Pick<Meeting, 'key' | 'removed'>, guestId: string): boolean =>
  meeting.removed.length > 0 && meeting.removed.includes(removalMark(meeting.key, guestId));

/** A guard: @throws FoyerError `not-allowed` once the meeting has ended. */
export function requireLive(meeting: Meeting): void {
  if (meeting.state === 'ended') throw meetingEnded();
}

/** What every guest of an `auto` meeting is shown. */
export function lobbyView({
  state,
  roomId,
  messages,
}: Pick<Meeting, 'state' | 'roomId' | 'messages'>): LobbyView {
  if (state === 'ended') return { state };
  const said = messages && messages.length > 0 ? { messages } : {};
  if (state !== 'open') return { state, ...said };
  return { state: 'admitted', ...(roomId === undefined ? {} : { room_id: roomId }), ...said };
}
