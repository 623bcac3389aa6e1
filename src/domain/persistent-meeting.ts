/** A meeting that persists: it has a link, and outlives the rooms in which people meet. */
import { randomInt } from 'node:crypto';

export interface PersistentMeeting {
  /** What its link ends with: `abc-defg-hij`. */
  readonly id: string;
  /** Names this very meeting for ever, also after another one was given its id. */
  readonly key: string;
  readonly maxParticipants: number;
  /** ms since epoch, whole seconds. */
  readonly createdAt: number;
  /** It is being deleted: nobody may join, and its room is to be closed. */
  readonly isDeleted: boolean;
  /** ms since epoch; forgotten then, unless it is used before. */
  readonly expiresAt: number;
}

export type NewPersistentMeeting = Pick<PersistentMeeting, 'id' | 'maxParticipants' | 'createdAt'>;

const DAY_MS = 24 * 3_600_000;
/** How long a meeting that nobody uses is kept: Twilio Sync keeps nothing for longer than a year. */
export const KEEP_UNUSED_MS = 365 * DAY_MS;
/** How long it is remembered that a meeting is being deleted: by then no token of it is valid any more. */
export const KEEP_DELETED_MS = DAY_MS;

/** Whether the use of a meeting is worth a write: one a day will do. */
export const isDueForRenewal = ({ expiresAt }: PersistentMeeting, now: number): boolean =>
  expiresAt - now < KEEP_UNUSED_MS - DAY_MS;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const GROUPS = [3, 4, 3];

/** `abc-defg-hij`: ten random letters (crypto), 47 bits, which nobody guesses. */
export const randomPersistentMeetingId = (): string =>
  GROUPS.map((length) => Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join('-');

const ID = '[a-z]{3}-[a-z]{4}-[a-z]{3}';
const ID_PATTERN = new RegExp(`^${ID}$`);

/** Whether a meeting can have this id; of one that cannot, nobody need be asked. */
export const isPersistentMeetingId = (id: string): boolean => ID_PATTERN.test(id);

/**
 * The name of a meeting's room. A token opens the room of this very meeting and none of a later one; and
 * whatever was lost, the room can be found from its meeting and the meeting from its room.
 */
export const roomNameOf = ({ id, key }: Pick<PersistentMeeting, 'id' | 'key'>): string => `${id}-${key}`;

/** One that was closed has successors, numbered, which are nobody's. */
const ROOM_NAME = new RegExp(`^(?<id>${ID})-(?<key>[\\w-]{30,})(?:\\.\\d+)?$`);

/** Whose room a room of this name is, if it is a persistent meeting's. */
export function meetingOfRoomName(name: string): Pick<PersistentMeeting, 'id' | 'key'> | undefined {
  const { id, key } = ROOM_NAME.exec(name)?.groups ?? {};
  return id === undefined || key === undefined ? undefined : { id, key };
}
