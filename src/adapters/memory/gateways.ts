/** Leases of gateways in this process: what the port promises, without a vendor. For tests of use cases. */
import type { LeaseEnds } from '../../domain/presence';
import type { Clock } from '../../ports/clock';
import { type GatewayLease, type Gateways, LEASE_SECONDS } from '../../ports/gateways';

interface Lease {
  readonly renewedAt: number;
  readonly until: number;
}

export class MemoryGateways implements Gateways {
  private readonly leases = new Map<string, Lease>();

  constructor(private readonly clock: Clock) {}

  async renew(gateway: string): Promise<GatewayLease> {
    await this.clock.sleep(0);
    const now = this.clock.now();
    const before = this.leases.get(gateway);
    const othersEnded = [...this.leases].some(
      ([other, { until }]) => other !== gateway && until <= now && until > (before?.renewedAt ?? now),
    );
    this.leases.set(gateway, { renewedAt: now, until: now + LEASE_SECONDS * 1000 });
    return {
      lists: [`mailbox-${gateway}`],
      identity: gateway,
      token: `in-process:${gateway}`,
      connectOptions: {},
      hadLapsed: before === undefined || before.until <= now,
      othersEnded,
    };
  }

  async ends(gateways: readonly string[]): Promise<LeaseEnds> {
    await this.clock.sleep(0);
    return this.known(gateways);
  }

  /** As {@link ends}, at once. */
  known(gateways: readonly string[]): LeaseEnds {
    return new Map(
      gateways.flatMap((gateway) => {
        const lease = this.leases.get(gateway);
        return lease ? [[gateway, lease.until] as const] : [];
      }),
    );
  }
}
