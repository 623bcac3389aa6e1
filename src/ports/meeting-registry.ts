/** Where persistent meetings are recorded, until they are deleted or nobody has used them for a year. */
import type { NewPersistentMeeting, PersistentMeeting } from '../domain/persistent-meeting';

export interface MeetingRegistry {
  /** @returns undefined when the id is taken, be it by one that is being deleted. Cost: 1 write. */
  create(meeting: NewPersistentMeeting): Promise<PersistentMeeting | undefined>;

  /** The meeting of this id, also while it is being deleted. Cost: 1 read. */
  find(id: string): Promise<PersistentMeeting | undefined>;

  /**
   * Whether this very meeting may still be joined. In a rush, when the record cannot be read at once, it may;
   * whoever comes into its room is looked at again. Cost: 1 read.
   */
  isLive(meeting: PersistentMeeting): Promise<boolean>;

  /** It is used: it is kept for another year. One that is being deleted is left alone. Cost: 1 write. */
  renew(meeting: PersistentMeeting): Promise<void>;

  /** From now on it is being deleted; again is fine. @returns false when it is gone. Cost: 1 write. */
  markDeleted(meeting: PersistentMeeting): Promise<boolean>;

  /** Nothing is left of it; again is fine. Cost: 1 write. */
  forget(meeting: PersistentMeeting): Promise<void>;
}
