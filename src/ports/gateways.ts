/** The gateways that hold people's sockets: how long each may be relied on, and how it hears from us. */
import type { LeaseEnds } from '../domain/presence';

export interface GatewayLease {
  /** Its mailboxes: SIDs of lists. What concerns one call or one room always comes by the same one. */
  readonly lists: readonly string[];
  readonly identity: string;
  readonly token: string;
  readonly connectOptions: Readonly<Record<string, unknown>>;
  /** It was not known, or its lease had ended: its sockets have to be connected anew. */
  readonly hadLapsed: boolean;
  /** The lease of another gateway has ended since this one was last renewed. */
  readonly othersEnded: boolean;
}

export interface Gateways {
  /** Begins or renews a lease of {@link LEASE_SECONDS}. Cost: 1 read, 1 write; 16 writes more for a new gateway. */
  renew(gateway: string): Promise<GatewayLease>;

  /** When the leases of these gateways end or ended. Cost: none for one that is known to last; else 1 read. */
  ends(gateways: readonly string[]): Promise<LeaseEnds>;
}

/** A gateway that was killed leaves ghosts for no longer than that. */
export const LEASE_SECONDS = 30;
export const RENEW_SECONDS = 10;
