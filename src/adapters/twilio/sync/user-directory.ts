/** Who is online, in Sync: a record for each user, in few enough maps to read them all. */
import type { Presence } from '../../../domain/presence';
import type { UserDirectory } from '../../../ports/user-directory';
import { keyInDeviceIdentity } from './device-identity';
import { PAGE_SIZE, type Stored, SyncRecords } from './records';
import type { SyncService } from './sync-service';

/**
 * Reading all costs one read of each map at least; a call that is placed, answered and ended costs twelve of any. So
 * 5,000 users are some 60 reads, 16 at a time, and 26 calls a second can be made for long, in bursts of 260.
 */
const MAPS = 16;

interface StoredPresence extends Presence {
  /** For If-Match. */
  readonly revision: string;
}

export class SyncUserDirectory implements UserDirectory {
  private readonly records: SyncRecords<Presence>;

  constructor(sync: SyncService) {
    this.records = userRecords(sync);
  }

  find(userId: string): Promise<StoredPresence | undefined> {
    return this.findByKey(this.records.keyOf(userId));
  }

  async findByIdentity(identity: string): Promise<StoredPresence | undefined> {
    const key = keyInDeviceIdentity(identity);
    return key === undefined ? undefined : this.findByKey(key);
  }

  private async findByKey(key: string): Promise<StoredPresence | undefined> {
    const stored = await this.records.find(key);
    return stored && presenceFrom(stored);
  }

  async replace(current: Presence | undefined, next: Presence): Promise<StoredPresence | undefined> {
    const { revision: _, ...data } = next as StoredPresence;
    const key = this.records.keyOf(next.user.id);
    const stored = current
      ? await this.records.replace(
          { key, revision: (current as StoredPresence).revision },
          data,
          next.keepUntil,
        )
      : await this.records.create(key, data, next.keepUntil);
    return stored && presenceFrom(stored);
  }

  async list(page?: { readonly limit: number; readonly after?: string | undefined }): Promise<Presence[]> {
    if (page) return this.page(page.limit, page.after);
    const maps = Array.from({ length: MAPS }, (_, map) => this.records.all(map));
    return (await Promise.all(maps)).flat().map(presenceFrom);
  }

  /** One map after the other. */
  private async page(limit: number, after: string | undefined): Promise<Presence[]> {
    const found: Presence[] = [];
    let behind = after === undefined ? undefined : this.records.keyOf(after);
    let map = behind === undefined ? 0 : this.records.shardOf(behind);
    while (found.length < limit && map < MAPS) {
      const { records, next } = await this.records.page(
        map,
        behind,
        Math.min(limit - found.length, PAGE_SIZE),
      );
      found.push(...records.map(presenceFrom));
      behind = next;
      if (next === undefined) map += 1;
    }
    return found;
  }
}

/** The key of a user's record is also in the identities of the user's devices on the push channel. */
export const userRecords = (sync: SyncService): SyncRecords<Presence> => new SyncRecords(sync, 'user', MAPS);

const presenceFrom = ({ data, revision }: Stored<Presence>): StoredPresence => ({ ...data, revision });
