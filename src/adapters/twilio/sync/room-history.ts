/**
 * Who was in a room, and when: a map of the room's own, one item for each stay, newest first by its keys. An item
 * is written after the attendance that it tells of; where that was cut short, the next who reads it makes up for it.
 */
import type { SyncMapItemInstance } from 'twilio/lib/rest/sync/v1/service/syncMap/syncMapItem';
import type { Attendance } from '../../../domain/attendance';
import type { Page, Stay } from '../../../ports/room-records';
import { foundOrUndefined } from '../client';
import { KEEP_SECONDS, NewestFirst, newestFirst } from './newest-first';
import { isOurs, type SyncService } from './sync-service';

interface StayData extends Stay {
  readonly token: string;
}

/** @param visit of somebody who has come, as {@link Attendance.joinedAt} says */
const dataOf = ({ userId, token, joinedAt, leftAt }: Attendance): StayData => ({
  userId,
  token,
  joinedAt: joinedAt ?? 0,
  leftAt,
});

const isSame = (a: StayData | undefined, b: StayData): boolean =>
  a?.joinedAt === b.joinedAt && a.leftAt === b.leftAt;

export class RoomHistory {
  constructor(private readonly sync: SyncService) {}

  /** Again is fine. Cost: 1 write for one that is there; else 2, and 2 more for the first of a room. */
  async note(visit: Attendance, isNew: boolean): Promise<void> {
    const { roomId } = visit;
    const map = this.mapOf(roomId);
    const [key, data] = [this.keyOf(visit), dataOf(visit)];
    const item = { data, itemTtl: KEEP_SECONDS, collectionTtl: KEEP_SECONDS };
    if (!isNew && (await foundOrUndefined(map.items(key).update(item)))) return;
    const isAdded = await map.add(key, data, KEEP_SECONDS);
    // That the visit is over was known first.
    if (!isAdded && visit.leftAt !== null) await foundOrUndefined(map.items(key).update(item));
  }

  /**
   * @param known the attendances that there are, which are the truth where an item lags behind them
   * Cost: 1 read per 100 stays, 1 write for each that lags.
   */
  async page(
    roomId: string,
    page: Page,
    known: readonly Attendance[],
  ): Promise<{ stays: Stay[]; cursor?: string }> {
    const { limit, cursor } = page;
    const found = await this.mapOf(roomId).read(page);
    const stored = new Map(found.filter(isOurs).map((item) => [item.key, item.data as StayData]));
    const end = found.length > limit ? (found.at(-1) as SyncMapItemInstance).key : undefined;
    await this.catchUp(stored, known, (key) => key > (cursor ?? '') && (end === undefined || key <= end));
    const ordered = [...stored].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const stays = ordered.slice(0, limit).map(([, { userId, joinedAt, leftAt }]) => ({
      userId,
      joinedAt,
      leftAt,
    }));
    const last = ordered.length > limit ? ordered[limit - 1]?.[0] : undefined;
    return { stays, ...(last === undefined ? {} : { cursor: last }) };
  }

  private async catchUp(
    stored: Map<string, StayData>,
    known: readonly Attendance[],
    isOnPage: (key: string) => boolean,
  ): Promise<void> {
    const lagging = known.filter((visit) => {
      const key = this.keyOf(visit);
      return visit.joinedAt !== null && isOnPage(key) && !isSame(stored.get(key), dataOf(visit));
    });
    await Promise.all(lagging.map((visit) => this.note(visit, !stored.has(this.keyOf(visit)))));
    for (const visit of lagging) stored.set(this.keyOf(visit), dataOf(visit));
  }

  private keyOf({ roomId, userId, stay }: Attendance): string {
    return newestFirst(this.sync, stay, roomId, userId);
  }

  private mapOf(roomId: string): NewestFirst {
    return new NewestFirst(this.sync, this.sync.name('room-history', roomId));
  }
}
