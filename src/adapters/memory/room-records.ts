/** Rooms in this process: what the port promises, without a vendor. For tests of use cases. */
import { type Attendance, isPresent } from '../../domain/attendance';
import { badCursor } from '../../domain/cursor';
import type { Room } from '../../domain/room';
import type { Clock } from '../../ports/clock';
import type { Page, RoomAsRecorded, RoomRecords, Stay } from '../../ports/room-records';

const visitOf = ({ userId, stay }: Attendance): string => `${String(stay).padStart(13, '0')} ${userId}`;

export class MemoryRoomRecords implements RoomRecords {
  private readonly rooms = new Map<string, Room>();
  private readonly asked = new Map<string, number>();
  private readonly attendances = new Map<string, Attendance>();
  private readonly visits = new Map<string, Map<string, Attendance>>();

  constructor(private readonly clock: Clock) {}

  async add(room: Room): Promise<Room> {
    await this.clock.sleep(0);
    const recorded = this.rooms.get(room.id) ?? room;
    this.rooms.set(room.id, recorded);
    return recorded;
  }

  async find(roomId: string): Promise<Room | undefined> {
    await this.clock.sleep(0);
    return this.rooms.get(roomId);
  }

  async keep(): Promise<void> {
    await this.clock.sleep(0);
  }

  async look(roomId: string): Promise<RoomAsRecorded | undefined> {
    await this.clock.sleep(0);
    const room = this.rooms.get(roomId);
    return room && this.recorded(room);
  }

  async list(page: Page): Promise<{ readonly rooms: readonly RoomAsRecorded[]; readonly cursor?: string }> {
    await this.clock.sleep(0);
    const { items, ...more } = pageOf([...this.rooms.values()], page);
    return { rooms: items.map((room) => this.recorded(room)), ...more };
  }

  async noteAsked(roomId: string, at: number): Promise<void> {
    await this.clock.sleep(0);
    this.asked.set(roomId, at);
  }

  async attendance(roomId: string, userId: string): Promise<Attendance | undefined> {
    await this.clock.sleep(0);
    return this.attendances.get(keyOf(roomId, userId));
  }

  async save(before: Attendance | undefined, after: Attendance): Promise<boolean> {
    await this.clock.sleep(0);
    const key = keyOf(after.roomId, after.userId);
    if (this.attendances.get(key) !== before) return false;
    this.attendances.set(key, after);
    const visits = this.visits.get(after.roomId) ?? new Map<string, Attendance>();
    if (after.joinedAt !== null) this.visits.set(after.roomId, visits.set(visitOf(after), after));
    return true;
  }

  /** The records of stays are the history. */
  noteInHistory(): Promise<void> {
    return Promise.resolve();
  }

  async history(
    roomId: string,
    page: Page,
  ): Promise<{ readonly stays: readonly Stay[]; readonly cursor?: string }> {
    await this.clock.sleep(0);
    const visits = [...(this.visits.get(roomId) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const { items, ...more } = pageOf(visits, page);
    const stays = items.map(([, { userId, joinedAt, leftAt }]) => ({
      userId,
      joinedAt: joinedAt ?? 0,
      leftAt,
    }));
    return { stays, ...more };
  }

  private recorded(room: Room): RoomAsRecorded {
    const present = [...this.attendances.values()].filter(
      (attendance) => attendance.roomId === room.id && isPresent(attendance),
    );
    return { room, askedAt: this.asked.get(room.id) ?? 0, present };
  }
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

/** From the end of what is ordered oldest first. A cursor counts the older ones, which what is new does not change. */
function pageOf<T>(
  all: readonly T[],
  { limit, cursor }: Page,
): { readonly items: readonly T[]; readonly cursor?: string } {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw badCursor();
  const end = cursor === undefined ? all.length : Number(cursor);
  const start = Math.max(0, end - limit);
  return { items: all.slice(start, end).toReversed(), ...(start > 0 ? { cursor: String(start) } : {}) };
}
