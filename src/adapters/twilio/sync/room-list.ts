/**
 * The list of all rooms: a map with an item for each, newest first by its keys. A key follows from what is recorded of
 * the room, so a room is listed once, however often that is tried, and whatever became of the answers.
 */
import { badCursor } from '../../../domain/cursor';
import type { Room } from '../../../domain/room';
import type { Page } from '../../../ports/room-records';
import { foundOrUndefined, isTwilioError } from '../client';
import { isNewestFirst, newestFirst } from './room-keys';
import { isOurs, type SyncService } from './sync-service';

/** Sync keeps nothing for longer. */
const KEEP_SECONDS = 365 * 24 * 3600;
/** The most that Sync gives. */
const PAGE_SIZE = 100;

export class RoomList {
  private readonly map: string;

  constructor(private readonly sync: SyncService) {
    this.map = sync.name('rooms');
  }

  /** @param expiresAt ms since epoch. Again is fine. Cost: 1 write, and 2 more for the first room of all. */
  async add({ id, name, createdAt }: Room, expiresAt: number): Promise<void> {
    const key = this.keyOf({ id, createdAt });
    const item = { key, data: { id, name, createdAt }, ...this.lifeUntil(expiresAt) };
    try {
      if (await foundOrUndefined(this.items.create(item))) return;
      await this.open();
      await this.items.create(item);
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
    }
  }

  /** One that is not listed is, from now on. Cost: 1 write; 1 more for one that was not. */
  async keep(room: Room, expiresAt: number): Promise<void> {
    const kept = this.items(this.keyOf(room)).update(this.lifeUntil(expiresAt));
    if (!(await foundOrUndefined(kept))) await this.add(room, expiresAt);
  }

  /** Newest first. @throws FoyerError `invalid-input` for a foreign cursor. Cost: 1 read per 100. */
  async page({ limit, cursor }: Page): Promise<{ rooms: Room[]; cursor?: string }> {
    if (cursor !== undefined && !isNewestFirst(cursor)) throw badCursor();
    const start = cursor === undefined ? {} : { from: cursor, bounds: 'exclusive' as const };
    const query = { limit: limit + 1, pageSize: Math.min(limit + 1, PAGE_SIZE) };
    const found = (await foundOrUndefined(this.items.list({ ...query, ...start }))) ?? [];
    const page = found.slice(0, limit);
    const rooms = page.filter(isOurs).map(({ data }) => data as Room);
    const last = found.length > limit ? page.at(-1) : undefined;
    return { rooms, ...(last ? { cursor: last.key } : {}) };
  }

  private keyOf({ id, createdAt }: Pick<Room, 'id' | 'createdAt'>): string {
    return newestFirst(this.sync, createdAt, id);
  }

  /** Sync's clock may be ahead of ours: what is to live as long as it can there would seem to live longer here. */
  private lifeUntil(expiresAt: number): { readonly itemTtl: number; readonly collectionTtl: number } {
    const itemTtl = Math.min(KEEP_SECONDS, this.sync.secondsUntil(expiresAt));
    return { itemTtl, collectionTtl: KEEP_SECONDS };
  }

  private get items() {
    return this.sync.patient.syncMaps(this.map).syncMapItems;
  }

  private async open(): Promise<void> {
    try {
      await this.sync.patient.syncMaps.create({ uniqueName: this.map, ttl: KEEP_SECONDS });
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
    }
  }
}
