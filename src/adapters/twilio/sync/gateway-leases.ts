/**
 * Gateways and how long each is believed to live: one record each, renewed while it has sockets. A record outlives
 * its lease, so that it is known since when the devices of a dead gateway are gone.
 */
import type { Clock } from '../../../ports/clock';
import { LEASE_SECONDS } from '../../../ports/gateways';
import type { MailboxSet } from './mailboxes';
import { type Stored, SyncRecords } from './records';
import type { SyncService } from './sync-service';

const LEASE_MS = LEASE_SECONDS * 1000;
/** Nobody asks since when somebody is gone after so long. */
const REMEMBERED_MS = 3_600_000;

export interface GatewayRecord extends MailboxSet {
  readonly gateway: string;
  /** ms since epoch. */
  readonly until: number;
}

interface Renewal {
  readonly record: GatewayRecord;
  /** Its record as it was. */
  readonly before: GatewayRecord | undefined;
  /** The other gateways that are known. */
  readonly others: readonly GatewayRecord[];
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
   * @param open makes mailboxes, or keeps those that there are. Cost: 1 read per 100 gateways, 1 write.
   */
  async renew(
    gateway: string,
    open: (current: MailboxSet | undefined) => Promise<MailboxSet>,
  ): Promise<Renewal> {
    const key = this.records.keyOf(gateway);
    for (;;) {
      const all = await this.readAll();
      const before = all.find((stored) => stored.key === key);
      const until = this.sync.clock.now() + LEASE_MS;
      const { mailboxes, mailboxesUntil } = await open(before?.data);
      const written = await this.store(key, before, { gateway, until, mailboxes, mailboxesUntil });
      if (written) {
        const others = all.flatMap((stored) => (stored === before ? [] : [stored.data]));
        return { record: this.remember(written), before: before?.data, others };
      }
    }
  }

  private async readAll(): Promise<readonly Stored<GatewayRecord>[]> {
    const all = await this.records.all(0);
    for (const stored of all) this.remember(stored);
    return all;
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
    const known = this.lasting(gateway);
    if (known) return known;
    const stored = await this.records.find(this.records.keyOf(gateway));
    return stored && this.remember(stored);
  }

  /** One of which this instance knows that it lives. Cost: none. */
  lasting(gateway: string): GatewayRecord | undefined {
    const known = this.known.get(this.records.keyOf(gateway));
    return known && known.until > this.sync.clock.now() ? known : undefined;
  }

  /** Those of which this instance knows that they live. Cost: none. */
  knownToLive(): GatewayRecord[] {
    return [...this.known.values()].filter(({ until }) => until > this.sync.clock.now());
  }

  /** Those that live. Cost: 1 read per 100 gateways. */
  async live(): Promise<GatewayRecord[]> {
    const all = await this.readAll();
    return all.map(({ data }) => data).filter(({ until }) => until > this.sync.clock.now());
  }

  private remember({ key, data }: Stored<GatewayRecord>): GatewayRecord {
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.set(key, data);
    return data;
  }
}
