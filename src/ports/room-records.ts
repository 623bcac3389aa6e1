/**
 * Where rooms and who was in them are recorded. Counts are not kept but follow from the records of those present,
 * so nothing can make them drift.
 */
import type { Attendance } from '../domain/attendance';
import type { Room } from '../domain/room';

/** A room as it is recorded, with those whose stay is not over yet as far as is recorded. */
export interface RoomAsRecorded {
  readonly room: Room;
  /** When the provider was last asked who is there, ms since epoch; 0 for never. */
  readonly askedAt: number;
  readonly present: readonly Attendance[];
}

export interface Page {
  /** How many at most. */
  readonly limit: number;
  /** Where the last page ended, as it said. */
  readonly cursor?: string | undefined;
}

/** One stay in the past, or one that goes on. */
export type Stay = Pick<Attendance, 'userId' | 'leftAt'> & { readonly joinedAt: number };

export interface RoomRecords {
  /**
   * Records a room, unless one of this id is recorded.
   * @returns the room that is recorded. Cost: MongoDB 1 call, Sync 2; for one that is there MongoDB 2, Sync 4.
   */
  add(room: Room): Promise<Room>;

  /** Cost: 1 read. */
  find(roomId: string): Promise<Room | undefined>;

  /** A room in use is not forgotten. Cost: none, or 2 writes once a day. */
  keep(room: Room): Promise<void>;

  /** Cost: MongoDB 2 reads, Sync 1 and 1 for every 100 present, at once. */
  look(roomId: string): Promise<RoomAsRecorded | undefined>;

  /**
   * Rooms, newest first.
   * @throws FoyerError `invalid-input` for a cursor that is none of ours.
   * Cost: MongoDB 2 reads; Sync 1, and 1 for each room of the page. However many rooms there are.
   */
  list(page: Page): Promise<{ readonly rooms: readonly RoomAsRecorded[]; readonly cursor?: string }>;

  /** The provider was asked just now. Cost: 1 write. */
  noteAsked(roomId: string, at: number): Promise<void>;

  /** How somebody's last stay stands, in a room that is recorded. Cost: 1 read. */
  attendance(roomId: string, userId: string): Promise<Attendance | undefined>;

  /**
   * Stores what became of an attendance.
   * @param before as it was read; undefined for one that there was not
   * @returns false, and nothing is stored, when somebody else has changed it since.
   * Cost: 1 write; MongoDB 1 more where somebody came or went.
   */
  save(before: Attendance | undefined, after: Attendance): Promise<boolean>;

  /**
   * Has the history tell of what was saved. Where it does not come to that, who reads the history makes up for it.
   * @throws FoyerError `try-again`. Cost: MongoDB none; Sync 1 write where somebody came or went.
   */
  noteInHistory(before: Attendance | undefined, after: Attendance): Promise<void>;

  /**
   * Everybody's stays, newest first, those that go on included.
   * @throws FoyerError `invalid-input` for a cursor that is none of ours. Cost: 1 read per 100, and what was left undone.
   */
  history(roomId: string, page: Page): Promise<{ readonly stays: readonly Stay[]; readonly cursor?: string }>;
}
