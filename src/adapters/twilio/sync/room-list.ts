/**
 * The list of all rooms: a map with an item for each, newest first by its keys. A key follows from what is recorded of
 * the room, so a room is listed once, however often that is tried, and whatever became of the answers.
 */
import type { Room } from '../../../domain/room';
import type { Page } from '../../../ports/room-records';
import { foundOrUndefined } from '../client';
import { KEEP_SECONDS, NewestFirst, newestFirst } from './newest-first';
import { isOurs, type SyncService } from './sync-service';

export class RoomList {
  private readonly map: NewestFirst;

  constructor(private readonly sync: SyncService) {
    this.map = new NewestFirst(sync, sync.name('rooms'));
  }

  /** @param expiresAt ms since epoch. Again is fine. Cost: 1 write, and 2 more for the first room of all. */
  async add({ id, name, createdAt }: Room, expiresAt: number): Promise<void> {
    await this.map.add(this.keyOf({ id, createdAt }), { id, name, createdAt }, this.secondsUntil(expiresAt));
  }

  /** One that is not listed is, from now on. Cost: 1 write; 1 more for one that was not. */
  async keep(room: Room, expiresAt: number): Promise<void> {
    const life = { itemTtl: this.secondsUntil(expiresAt), collectionTtl: KEEP_SECONDS };
    if (!(await foundOrUndefined(this.map.items(this.keyOf(room)).update(life))))
      await this.add(room, expiresAt);
  }

  /** Newest first. @throws FoyerError `invalid-input` for a foreign cursor. Cost: 1 read per 100. */
  async page(page: Page): Promise<{ rooms: Room[]; cursor?: string }> {
    const found = await this.map.read(page);
    const listed = found.slice(0, page.limit);
    const rooms = listed.filter(isOurs).map(({ data }) => data as Room);
    const last = found.length > page.limit ? listed.at(-1) : undefined;
    return { rooms, ...(last ? { cursor: last.key } : {}) };
  }

  private keyOf({ id, createdAt }: Pick<Room, 'id' | 'createdAt'>): string {
    return newestFirst(this.sync, createdAt, id);
  }

  /** Sync's clock may be ahead of ours: what is to live as long as it can there would seem to live longer here. */
  private secondsUntil(expiresAt: number): number {
    return Math.min(KEEP_SECONDS, this.sync.secondsUntil(expiresAt));
  }
}
