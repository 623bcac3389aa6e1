/**
 * Records that no browser reads: items of maps that nobody has a permission for. Each is made once by its key and
 * changed by compare-and-set on its revision. Sync makes 20 objects a second, and allows 20 reads and 20 writes a
 * second of one object with all its items, so a kind of record has many maps, and a key's hash says which.
 * https://www.twilio.com/docs/sync/limits
 */
import { randomBytes } from 'node:crypto';
import type { SyncMapItemInstance } from 'twilio/lib/rest/sync/v1/service/syncMap/syncMapItem';
import { busy } from '../../../upstream/upstream';
import { foundOrUndefined, isTwilioError } from '../client';
import { isOurs, type SyncService } from './sync-service';

/** Far above the life of any record; each write begins it anew. */
const MAP_SECONDS = 30 * 24 * 3600;
/** The most that Sync gives. */
export const PAGE_SIZE = 100;

/**
 * What an item holds: the record, and a mark of the very write that made it so. An answer may get lost, and the
 * same write be refused when it is tried again; the mark tells whether it was ours that came through.
 */
interface Marked<T> {
  readonly record: T;
  readonly mark: string;
}

/** A record as it was read, or written. */
export interface Stored<T> {
  readonly key: string;
  readonly data: T;
  /** For If-Match. */
  readonly revision: string;
}

export interface Page<T> {
  readonly records: readonly Stored<T>[];
  /** The key behind which it goes on; undefined at the end. */
  readonly next: string | undefined;
}

export class SyncRecords<T extends object> {
  /** Changes of this request that were refused. */
  private conflicts = 0;

  /** @param shards how many maps; changing it loses sight of what is stored */
  constructor(
    private readonly sync: SyncService,
    private readonly kind: string,
    readonly shards: number,
  ) {}

  /** Under which the record of `id` is stored: nobody can tell the id by it, whatever its characters. */
  keyOf(id: string): string {
    return this.sync.name(this.kind, id);
  }

  /** Cost: 1 read. */
  async find(key: string): Promise<Stored<T> | undefined> {
    const item = await foundOrUndefined(this.map(this.shardOf(key)).syncMapItems(key).fetch());
    return item && isOurs(item) ? storedFrom(item) : undefined;
  }

  /**
   * @param expiresAt ms since epoch
   * @returns undefined when there is one already.
   * Cost: 1 write, 1 read more when it is refused, and 2 calls more when its map is not there yet.
   */
  async create(key: string, record: T, expiresAt: number): Promise<Stored<T> | undefined> {
    const { data, itemTtl } = this.written(record, expiresAt);
    const item = { key, data, itemTtl, collectionTtl: MAP_SECONDS };
    const items = this.map(this.shardOf(key)).syncMapItems;
    try {
      const created = await foundOrUndefined(items.create(item));
      if (created) return storedFrom(created);
      await this.open(this.shardOf(key));
      return storedFrom(await items.create(item));
    } catch (error) {
      if (isTwilioError(error, 409)) return this.ifMarked(key, data.mark);
      throw error;
    }
  }

  /**
   * @returns undefined when the record has changed since it was read, or is gone.
   * Cost: 1 write, 1 read more when it is refused.
   */
  async replace(
    { key, revision }: Omit<Stored<T>, 'data'>,
    record: T,
    expiresAt: number,
  ): Promise<Stored<T> | undefined> {
    const { data, itemTtl } = this.written(record, expiresAt);
    const item = this.map(this.shardOf(key)).syncMapItems(key);
    try {
      return storedFrom(await item.update({ data, itemTtl, collectionTtl: MAP_SECONDS, ifMatch: revision }));
    } catch (error) {
      if (isTwilioError(error, 412)) return this.ifMarked(key, data.mark);
      if (isTwilioError(error, 404)) return undefined;
      throw error;
    }
  }

  private written(record: T, expiresAt: number): { readonly data: Marked<T>; readonly itemTtl: number } {
    const mark = randomBytes(6).toString('base64url');
    return { data: { record, mark }, itemTtl: this.sync.secondsUntil(expiresAt) };
  }

  /** A change was refused. @returns the record, if the refused change is the very one that made it so. */
  private async ifMarked(key: string, mark: string): Promise<Stored<T> | undefined> {
    const item = await foundOrUndefined(this.map(this.shardOf(key)).syncMapItems(key).fetch());
    if (item && isOurs(item) && (item.data as Marked<T>).mark === mark) return storedFrom(item);
    await this.yieldToOthers();
    return undefined;
  }

  /** Whoever tries and loses several times waits longer and longer. @throws FoyerError `try-again` when time is up. */
  private async yieldToOthers(): Promise<void> {
    this.conflicts += 1;
    if (this.conflicts > 1 && !(await this.sync.upstream.pause(this.conflicts - 1))) throw busy();
  }

  /** At most 100 records of one map in the order of their keys, from behind the key `after`. Cost: 1 read. */
  async page(shard: number, after?: string, pageSize = PAGE_SIZE): Promise<Page<T>> {
    const start = after === undefined ? {} : { from: after, bounds: 'exclusive' as const };
    const page = await foundOrUndefined(this.map(shard).syncMapItems.page({ pageSize, ...start }));
    if (!page) return { records: [], next: undefined };
    const records = page.instances.filter(isOurs).map((item) => storedFrom<T>(item));
    const next = page.nextPageUrl === undefined ? undefined : page.instances.at(-1)?.key;
    return { records, next };
  }

  /** Every record of one map. Cost: 1 read per 100. */
  async all(shard: number): Promise<readonly Stored<T>[]> {
    const records: Stored<T>[] = [];
    for (let page = await this.page(shard); ; page = await this.page(shard, page.next)) {
      records.push(...page.records);
      if (page.next === undefined) return records;
    }
  }

  shardOf(key: string): number {
    return Buffer.from(key.slice(-6), 'base64url').readUInt32BE() % this.shards;
  }

  private map(shard: number): ReturnType<SyncService['patient']['syncMaps']> {
    return this.sync.patient.syncMaps(this.nameOf(shard));
  }

  private async open(shard: number): Promise<void> {
    try {
      await this.sync.patient.syncMaps.create({ uniqueName: this.nameOf(shard), ttl: MAP_SECONDS });
    } catch (error) {
      if (!isTwilioError(error, 409)) throw error;
    }
  }

  private nameOf(shard: number): string {
    return this.sync.name(`${this.kind}-map`, String(shard));
  }
}

const storedFrom = <T>({ key, data, revision }: SyncMapItemInstance): Stored<T> => ({
  key,
  data: (data as Marked<T>).record,
  revision,
});
