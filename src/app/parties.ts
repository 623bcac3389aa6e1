/** Where the two parties of a call are. */
import type { Call } from '../domain/call';
import { gatewaysOf, isOnline, type LeaseEnds, onlineUntil, type Presence } from '../domain/presence';
import type { CallServices, PresenceServices } from './services';

/** Their records; one who is gone for long has none. Cost: 2 reads at once. */
export async function presencesOf(
  { directory }: Pick<PresenceServices, 'directory'>,
  { caller, receiver }: Pick<Call, 'caller' | 'receiver'>,
): Promise<Presence[]> {
  const found = await Promise.all([directory.find(caller.id), directory.find(receiver.id)]);
  return found.filter((presence) => presence !== undefined);
}

/** How long the gateways of these people may be relied on. Cost: none without a gateway; else what `ends` costs. */
export async function leasesOf(
  { gateways }: Pick<PresenceServices, 'gateways'>,
  presences: readonly (Presence | undefined)[],
): Promise<LeaseEnds> {
  const names = new Set(presences.flatMap((presence) => (presence ? gatewaysOf(presence) : [])));
  return names.size === 0 ? new Map() : gateways.ends([...names]);
}

/**
 * When a party that is offline now will have been so for the whole grace, and the call with it is over: ms since
 * epoch, of two the earlier; Infinity while both are online.
 * Cost: 2 reads at once, and what {@link leasesOf} costs.
 */
export async function vanishesAt(services: CallServices, call: Call): Promise<number> {
  const { clock, settings } = services;
  const presences = await presencesOf(services, call);
  const leases = await leasesOf(services, presences);
  const since = [call.caller, call.receiver].map(({ id }) => {
    const presence = presences.find(({ user }) => user.id === id);
    if (!presence) return 0;
    return isOnline(presence, leases, clock.now()) ? Infinity : onlineUntil(presence, leases);
  });
  return Math.min(...since) + settings.graceMs;
}
