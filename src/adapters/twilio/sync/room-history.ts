/**
 * Who was in a room, and when: a map of the room's own, one item for each stay, newest first by its keys. An item
 * is written after the attendance that it tells of; where that was cut short, the next who reads it makes up for it.
 */
import type { SyncMapItemInstance } from 'twilio/lib/rest/sync/v1/service/syncMap/syncMapItem';
import type { Attendance } from '../../../domain/attendance';
import { badCursor } from '../../../domain/cursor';
import type { Page, Stay } from '../../../ports/room-records';
import { foundOrUndefined, isTwilioError } from '../client';
import { isNewestFirst, newestFirst } from './room-keys';
import { isOurs, type SyncService } from './sync-service';

/** Sync keeps nothing for longer. */
const KEEP_SECONDS = 365 * 24 * 3600;
const PAGE_SIZE = 100;

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
    const key = this.keyOf(visit);
    const item = { data: dataOf(visit), itemTtl: KEEP_SECONDS, collectionTtl: KEEP_SECONDS };
    if (!isNew && (await foundOrUndefined(this.items(roomId)(key).update(item)))) return;
    try {
      if (await foundOrUndefined(this.items(roomId).create({ key, ...item }))) return;
      await this.open(roomId);
      await this.items(roomId).create({ key, ...item });
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
      // That the visit is over was known first.
      if (visit.leftAt !== null) await foundOrUndefined(this.items(roomId)(key).update(item));
    }
  }

  /**
   * @param known the attendances that there are, which are the truth where an item lags behind them
   * Cost: 1 read per 100 stays, 1 write for each that lags.
   */
  async page(
    roomId: string,
    { limit, cursor }: Page,
    known: readonly Attendance[],
  ): Promise<{ stays: Stay[]; cursor?: string }> {
    if (cursor !== undefined && !isNewestFirst(cursor)) throw badCursor();
    const start = cursor === undefined ? {} : { from: cursor, bounds: 'exclusive' as const };
    const query = { limit: limit + 1, pageSize: Math.min(limit + 1, PAGE_SIZE) };
    const found = (await foundOrUndefined(this.items(roomId).list({ ...query, ...start }))) ?? [];
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

  private items(roomId: string) {
    return this.sync.patient.syncMaps(this.mapOf(roomId)).syncMapItems;
  }

  private async open(roomId: string): Promise<void> {
    try {
      await this.sync.patient.syncMaps.create({ uniqueName: this.mapOf(roomId), ttl: KEEP_SECONDS });
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
    }
  }

  private mapOf(roomId: string): string {
    return this.sync.name('room-history', roomId);
  }
}
