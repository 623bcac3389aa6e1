/**
 * Gateways and how long each is believed to live: one record each, renewed while it has sockets. A record outlives
 * its lease, so that it is known since when the devices of a dead gateway are gone.
 */
import type { Clock } from '../../../ports/clock';
import { busy } from '../../../upstream/upstream';
import type { MailboxSet } from './mailboxes';
import { type Stored, SyncRecords } from './records';
import type { SyncService } from './sync-service';

/** Gateways renew every 10 s; two renewals may fail. */
export const LEASE_MS = 30_000;
/** Nobody asks since when somebody is gone after so long. */
const REMEMBERED_MS = 10 * 60_000;

export interface GatewayRecord extends MailboxSet {
  readonly gateway: string;
  /** ms since epoch. */
  readonly until: number;
}

/**
 * Leases that this instance has read. One that is not over yet is valid whatever the store says by now, so these
 * are exact, and spare the store a read at each event. Times of different clocks do not compare.
 */
const knownBy = new WeakMap<Clock, Map<string, GatewayRecord>>();
const MAX_KNOWN = 10_000;

export class GatewayLeases {
  private readonly records: SyncRecords<GatewayRecord>;
  private readonly known: Map<string, GatewayRecord>;

  constructor(private readonly sync: SyncService) {
    this.records = new SyncRecords(sync, 'gateway', 1);
    this.known = knownBy.get(sync.clock) ?? new Map<string, GatewayRecord>();
    knownBy.set(sync.clock, this.known);
  }

  /**
   * Renews the lease, or begins one.
   * @param open makes mailboxes, or keeps those that there are. Cost: 1 read, 1 write.
   */
  async renew(
    gateway: string,
    open: (current: MailboxSet | undefined) => Promise<MailboxSet>,
  ): Promise<GatewayRecord> {
    const key = this.records.keyOf(gateway);
    for (let attempt = 1; ; attempt += 1) {
      const stored = await this.records.find(key);
      const until = this.sync.clock.now() + LEASE_MS;
      const data = { ...(await open(stored?.data)), gateway, until };
      const written = await this.store(key, stored, data);
      if (written) return this.remember(key, written.data);
      if (!(await this.sync.upstream.pause(attempt))) throw busy();
    }
  }

  private store(
    key: string,
    stored: Stored<GatewayRecord> | undefined,
    data: GatewayRecord,
  ): Promise<Stored<GatewayRecord> | undefined> {
    const expiresAt = data.until + REMEMBERED_MS;
    return stored ? this.records.replace(stored, data, expiresAt) : this.records.create(key, data, expiresAt);
  }

  /** Cost: none while the lease is known to last; else 1 read. @returns undefined when it ended long ago. */
  async find(gateway: string): Promise<GatewayRecord | undefined> {
    const key = this.records.keyOf(gateway);
    const known = this.known.get(key);
    if (known && known.until > this.sync.clock.now()) return known;
    const stored = await this.records.find(key);
    if (!stored) return undefined;
    return this.remember(key, stored.data);
  }

  /** Those that live. Cost: 1 read per 100 gateways. */
  async live(): Promise<GatewayRecord[]> {
    const records = await this.records.all(0);
    for (const { key, data } of records) this.remember(key, data);
    return records.map(({ data }) => data).filter(({ until }) => until > this.sync.clock.now());
  }

  private remember(key: string, record: GatewayRecord): GatewayRecord {
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.set(key, record);
    return record;
  }
}
