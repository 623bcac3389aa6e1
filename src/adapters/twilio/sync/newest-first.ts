/** A map of which the newest items are wanted first: Sync has the items of a map in the order of their keys. */
import type { SyncMapItemInstance } from 'twilio/lib/rest/sync/v1/service/syncMap/syncMapItem';
import { badCursor } from '../../../domain/cursor';
import type { Page } from '../../../ports/room-records';
import { foundOrUndefined, isTwilioError } from '../client';
import type { SyncService } from './sync-service';

/** Sync keeps nothing for longer. */
export const KEEP_SECONDS = 365 * 24 * 3600;
/** The most that Sync gives. */
const PAGE_SIZE = 100;
/** Later times have smaller keys. */
const LAST_TIME = 9_999_999_999_999;

export class NewestFirst {
  /** @param map its unique name */
  constructor(
    private readonly sync: SyncService,
    private readonly map: string,
  ) {}

  get items() {
    return this.sync.patient.syncMaps(this.map).syncMapItems;
  }

  /** @returns whether it was added; not where there is one of its key. Cost: 1 write, and 2 more for the first of all. */
  async add(key: string, data: object, itemTtl: number): Promise<boolean> {
    const item = { key, data, itemTtl, collectionTtl: KEEP_SECONDS };
    try {
      if (await foundOrUndefined(this.items.create(item))) return true;
      await this.open();
      await this.items.create(item);
      return true;
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
      return false;
    }
  }

  /** @returns up to one more than the limit. @throws FoyerError `invalid-input` for a foreign cursor. Cost: 1 read per 100. */
  async read({ limit, cursor }: Page): Promise<SyncMapItemInstance[]> {
    if (cursor !== undefined && !/^\d{13}\.[\w-]{1,64}$/.test(cursor)) throw badCursor();
    const start = cursor === undefined ? {} : { from: cursor, bounds: 'exclusive' as const };
    const query = { limit: limit + 1, pageSize: Math.min(limit + 1, PAGE_SIZE) };
    return (await foundOrUndefined(this.items.list({ ...query, ...start }))) ?? [];
  }

  private async open(): Promise<void> {
    try {
      await this.sync.patient.syncMaps.create({ uniqueName: this.map, ttl: KEEP_SECONDS });
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
    }
  }
}

/**
 * @param time ms since epoch
 * @param parts what tells it apart from others of the same time
 */
export function newestFirst(sync: SyncService, time: number, ...parts: readonly string[]): string {
  const place = String(Math.max(0, LAST_TIME - time)).padStart(13, '0');
  return `${place}.${sync.name('', ...parts).slice(1, 23)}`;
}
