/** Use cases' outcomes in the words of gateways. */
import type { GatewayLeaseResponse } from '../api/gateway';
import { type GatewayLease, LEASE_SECONDS, RENEW_SECONDS } from '../ports/gateways';

export const leaseResponse = (lease: GatewayLease, now: number): GatewayLeaseResponse => ({
  lists: lease.lists,
  identity: lease.identity,
  token: lease.token,
  connect_options: lease.connectOptions,
  lease_seconds: LEASE_SECONDS,
  renew_seconds: RENEW_SECONDS,
  now,
  had_lapsed: lease.hadLapsed,
  look_now: lease.othersEnded,
});
