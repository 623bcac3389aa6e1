/** The list of all rooms: an item each, in the order of creation, so the newest are at its end. */
import type { SyncListItemInstance } from 'twilio/lib/rest/sync/v1/service/syncList/syncListItem';
import { badCursor } from '../../../domain/cursor';
import type { Room } from '../../../domain/room';
import type { Page } from '../../../ports/room-records';
import { foundOrUndefined, isTwilioError } from '../client';
import { isOurs, type SyncService } from './sync-service';

/** The most that Sync gives. */
const PAGE_SIZE = 100;

export class RoomList {
  private readonly list: string;

  constructor(private readonly sync: SyncService) {
    this.list = sync.name('rooms');
  }

  /** @returns the item's index. Cost: 1 write, and 2 more for the first room of all. */
  async append(room: Room, keepSeconds: number): Promise<number> {
    const item = { data: room, itemTtl: keepSeconds, collectionTtl: keepSeconds };
    const added = await foundOrUndefined(this.items.create(item));
    if (added) return added.index;
    try {
      await this.sync.patient.syncLists.create({ uniqueName: this.list, ttl: keepSeconds });
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
    }
    return (await this.items.create(item)).index;
  }

  /** Cost: 1 write. */
  async keep(index: number, keepSeconds: number): Promise<void> {
    const change = { itemTtl: keepSeconds, collectionTtl: keepSeconds };
    await foundOrUndefined(this.sync.patient.syncLists(this.list).syncListItems(index).update(change));
  }

  /** Cost: 1 write. */
  async remove(index: number): Promise<void> {
    await foundOrUndefined(this.sync.patient.syncLists(this.list).syncListItems(index).remove());
  }

  /** Newest first. @throws FoyerError `invalid-input` for a foreign cursor. Cost: 1 read per 100. */
  async page({ limit, cursor }: Page): Promise<{ rooms: Room[]; cursor?: string }> {
    if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) throw badCursor();
    const start = cursor === undefined ? {} : { from: cursor, bounds: 'exclusive' as const };
    const query = { order: 'desc' as const, limit: limit + 1, pageSize: Math.min(limit + 1, PAGE_SIZE) };
    const found = (await foundOrUndefined(this.items.list({ ...query, ...start }))) ?? [];
    const page = found.slice(0, limit);
    const rooms = page.filter(isOurs).map(({ data }: SyncListItemInstance) => data as Room);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { rooms, ...(last ? { cursor: String(last.index) } : {}) };
  }

  private get items() {
    return this.sync.patient.syncLists(this.list).syncListItems;
  }
}
