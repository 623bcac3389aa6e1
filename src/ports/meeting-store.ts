/** Where meetings are kept. Every change is compare-and-set on one record; nothing is lost to a race. */
import type { Admission, Meeting } from '../domain/meeting';

export interface NewMeeting {
  readonly id: string;
  readonly admission: Admission;
  readonly maxParticipants: number;
  /** ms since epoch. */
  readonly expiresAt: number;
}

export interface MeetingStore {
  /** @returns undefined when a live meeting has this number. Cost: 1 write, and 1 for what its guests may read. */
  create(meeting: NewMeeting): Promise<Meeting | undefined>;

  /**
   * The meeting as it stands after every change that was answered before this call.
   * @param spread any text that differs from caller to caller; readers of a crowded meeting are spread by it.
   * @returns undefined when there is none (any more). Cost: 1 read.
   */
  find(id: string, spread?: string): Promise<Meeting | undefined>;

  /** What stands against guests of the meeting of this key. Cost: 1 read. */
  findByKey(key: string): Promise<Pick<Meeting, 'key' | 'state' | 'removed' | 'roomId'> | undefined>;

  /**
   * Applies `change` to the meeting as it stands and stores the outcome, unless `change` returns its argument.
   * On a conflict the meeting is read again and `change` called again, so it must be pure.
   * When it resolves, every later {@link find} sees the outcome, and every guest watching is being told.
   * @throws what `change` throws; FoyerError `not-found` when the meeting is gone. Cost: 1 write.
   */
  update(meeting: Meeting, change: (current: Meeting) => Meeting): Promise<Meeting>;
}
