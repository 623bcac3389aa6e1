import { withSyncDevice } from '../domain/presence';
import { endIfVanished } from './come-online';
import { callLeft, remindOf } from './go-offline';
import { leasesOf } from './parties';
import type { CallServices } from './services';

/**
 * The push channel says that somebody's browser connected or went away. What it is told meanwhile waits for it in
 * its list.
 * Cost: none for anybody else; 1 read, 1 write; for the last device as in `disconnectUser`.
 */
export async function noteUserPresence(
  services: CallServices,
  { identity, connected }: { readonly identity: string; readonly connected: boolean },
): Promise<void> {
  const { directory, clock } = services;
  for (;;) {
    const before = await directory.findByIdentity(identity);
    if (!before) return;
    const leases = await leasesOf(services, [before]);
    const next = withSyncDevice(before, identity, connected, leases, clock.now());
    if (next === before) return;
    if (connected) await endIfVanished(services, before, leases);
    const after = await directory.replace(before, next);
    if (!after) continue;
    const left = connected ? undefined : await callLeft(services, after, leases);
    if (left) await remindOf(services, left);
    return;
  }
}
