/** Calls in Sync: a record each. */
import { type Call, isLive } from '../../../domain/call';
import type { CallStore } from '../../../ports/call-store';
import { type Stored, SyncRecords } from './records';
import type { SyncService } from './sync-service';

/** Each takes 20 writes a second; a call makes about eight. */
const MAPS = 32;
const HOUR_MS = 3_600_000;
const KEEP_LIVE_MS = 24 * HOUR_MS;
const KEEP_OVER_MS = HOUR_MS;

interface StoredCall extends Call {
  /** For If-Match. */
  readonly revision: string;
}

export class SyncCallStore implements CallStore {
  private readonly records: SyncRecords<Call>;

  constructor(private readonly sync: SyncService) {
    this.records = new SyncRecords(sync, 'call', MAPS);
  }

  async create(call: Call): Promise<StoredCall | undefined> {
    const key = this.records.keyOf(call.id);
    const stored = await this.records.create(key, dataOf(call), this.keepUntil(call));
    return stored && callFrom(stored);
  }

  async find(id: string): Promise<StoredCall | undefined> {
    const stored = await this.records.find(this.records.keyOf(id));
    return stored && callFrom(stored);
  }

  async replace(current: Call, next: Call): Promise<StoredCall | undefined> {
    const { revision } = current as StoredCall;
    const key = this.records.keyOf(current.id);
    const stored = await this.records.replace({ key, revision }, dataOf(next), this.keepUntil(next));
    return stored && callFrom(stored);
  }

  private keepUntil(call: Call): number {
    return this.sync.clock.now() + (isLive(call) ? KEEP_LIVE_MS : KEEP_OVER_MS);
  }
}

const callFrom = ({ data, revision }: Stored<Call>): StoredCall => ({ ...data, revision });

/** The record alone. */
function dataOf(call: Call): Call {
  const { revision: _, ...data } = call as StoredCall;
  return data;
}
