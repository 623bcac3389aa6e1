/** The gateways in Sync: their leases (gateway-leases.ts), mailboxes (mailboxes.ts), and tokens to read these. */
import type { LeaseEnds } from '../../../domain/presence';
import { type GatewayLease, type Gateways, LEASE_SECONDS } from '../../../ports/gateways';
import { GatewayLeases } from './gateway-leases';
import { gatewayIdentity, Mailboxes } from './mailboxes';
import type { SyncService } from './sync-service';

/** Each renewal brings another one. */
const TOKEN_MS = 3_600_000;

export class SyncGateways implements Gateways {
  private readonly leases: GatewayLeases;
  private readonly mailboxes: Mailboxes;

  constructor(private readonly sync: SyncService) {
    this.leases = new GatewayLeases(sync);
    this.mailboxes = new Mailboxes(sync);
  }

  async renew(gateway: string): Promise<GatewayLease> {
    const { record, before, others } = await this.leases.renew(gateway, (current) =>
      this.mailboxes.open(gateway, current),
    );
    const now = this.sync.clock.now();
    const identity = gatewayIdentity(gateway);
    // Somewhat longer than since the last renewal: its answer may have been lost.
    const since = Math.min(now, before?.until ?? now) - LEASE_SECONDS * 1000;
    return {
      lists: record.mailboxes,
      identity,
      token: this.sync.token(identity, now + TOKEN_MS),
      connectOptions: this.sync.connectOptions,
      hadLapsed: before === undefined || before.until <= now,
      othersEnded: others.some(({ until }) => until > since && until <= now),
    };
  }

  async ends(gateways: readonly string[]): Promise<LeaseEnds> {
    const records = await Promise.all(gateways.map((gateway) => this.leases.find(gateway)));
    return new Map(records.flatMap((record) => (record ? [[record.gateway, record.until]] : [])));
  }
}
