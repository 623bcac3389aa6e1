/**
 * Who is in a room: a map of the room's own, one item for each user. Whoever has left stays in it for a while, so
 * that late news find what they are late for. One more item says when the provider was last asked.
 */
import { type Attendance, isPresent, REMEMBERED_MS } from '../../../domain/attendance';
import { type Stored, SyncRecords } from './records';
import type { SyncService } from './sync-service';

const DAY_MS = 24 * 3_600_000;
/** Nobody stays for longer, as far as is recorded. */
const LONGEST_STAY_MS = 30 * DAY_MS;
/** No user is called so: ids hold no control characters. */
const ASKED = '\0';

type AttendanceData = Omit<Attendance, 'roomId'>;
type Data = AttendanceData | { readonly askedAt: number };

/** As it was read, with what its revision is. */
type StoredAttendance = Attendance & { readonly stored?: Stored<Data> };

export interface RoomNow {
  readonly askedAt: number;
  /** Everybody, those included who have left lately. */
  readonly attendances: readonly Attendance[];
}

export class RoomAttendance {
  constructor(private readonly sync: SyncService) {}

  /** Cost: 1 read per 100. */
  async all(roomId: string): Promise<RoomNow> {
    const records = this.recordsOf(roomId);
    const stored = await records.all(0);
    const asked = records.keyOf(ASKED);
    let askedAt = 0;
    const attendances: Attendance[] = [];
    for (const record of stored) {
      if (record.key !== asked) attendances.push(attendanceFrom(roomId, record));
      else if ('askedAt' in record.data) ({ askedAt } = record.data);
    }
    return { askedAt, attendances };
  }

  /** Cost: 1 read. */
  async find(roomId: string, userId: string): Promise<Attendance | undefined> {
    const records = this.recordsOf(roomId);
    const record = await records.find(records.keyOf(userId));
    return record && attendanceFrom(roomId, record);
  }

  /** @returns false when somebody else changed it first. Cost: 1 write, and 2 more for the first of a room. */
  async write(before: Attendance | undefined, after: Attendance): Promise<boolean> {
    const records = this.recordsOf(after.roomId);
    const { stored } = (before ?? {}) as Partial<StoredAttendance>;
    const expiresAt = this.sync.clock.now() + keptFor(after);
    const written = stored
      ? await records.replace(stored, dataOf(after), expiresAt)
      : await records.create(records.keyOf(after.userId), dataOf(after), expiresAt);
    return written !== undefined;
  }

  /** Of several who ask at once, any may say so. Cost: 1 read, 1 write. */
  async noteAsked(roomId: string, askedAt: number): Promise<void> {
    const records = this.recordsOf(roomId);
    const key = records.keyOf(ASKED);
    const stored = await records.find(key);
    const expiresAt = this.sync.clock.now() + DAY_MS;
    if (stored) await records.replace(stored, { askedAt }, expiresAt);
    else await records.create(key, { askedAt }, expiresAt);
  }

  private recordsOf(roomId: string): SyncRecords<Data> {
    return new SyncRecords(this.sync, this.sync.name('room-now', roomId), 1);
  }
}

/** ms */
const keptFor = (attendance: Attendance): number => {
  if (isPresent(attendance)) return LONGEST_STAY_MS;
  return attendance.joinedAt === null ? DAY_MS : REMEMBERED_MS;
};

const dataOf = ({
  userId,
  token,
  stay,
  notBefore,
  joinedAt,
  leftAt,
  sockets,
  peers,
}: Attendance): AttendanceData => ({
  userId,
  token,
  stay,
  notBefore,
  joinedAt,
  leftAt,
  sockets,
  peers,
});

function attendanceFrom(roomId: string, stored: Stored<Data>): StoredAttendance {
  return { roomId, ...(stored.data as AttendanceData), stored };
}
