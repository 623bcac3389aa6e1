/** The lines of users in Sync: a record each, from somebody's first call on. */
import type { Line } from '../../../domain/line';
import type { Lines } from '../../../ports/lines';
import { type Stored, SyncRecords } from './records';
import type { SyncService } from './sync-service';

/** Each takes 20 writes a second; a call makes four. */
const MAPS = 32;
const KEEP_MS = 24 * 3_600_000;

interface StoredLine extends Line {
  /** For If-Match; undefined while there is no record. */
  readonly revision?: string;
}

export class SyncLines implements Lines {
  private readonly records: SyncRecords<Line>;

  constructor(private readonly sync: SyncService) {
    this.records = new SyncRecords(sync, 'line', MAPS);
  }

  async find(userId: string): Promise<StoredLine> {
    const stored = await this.records.find(this.records.keyOf(userId));
    return stored ? lineFrom(stored) : { userId };
  }

  async replace(current: Line, next: Line): Promise<StoredLine | undefined> {
    const { revision } = current as StoredLine;
    const { revision: _, ...data } = next as StoredLine;
    const key = this.records.keyOf(current.userId);
    const until = this.sync.clock.now() + KEEP_MS;
    const stored =
      revision === undefined
        ? await this.records.create(key, data, until)
        : await this.records.replace({ key, revision }, data, until);
    return stored && lineFrom(stored);
  }
}

const lineFrom = ({ data, revision }: Stored<Line>): StoredLine => ({ ...data, revision });
