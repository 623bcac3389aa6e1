import { together } from '../domain/in-parallel';
import { requireOwnDevice } from './connect-user';
import { goOffline, remindOf } from './go-offline';
import { requireSubject } from './require-subject';
import type { Caller, CallServices } from './services';

/**
 * A browser on the push channel says goodbye. Again is fine.
 * @throws FoyerError `not-allowed` for somebody else's id or identity; `try-again`.
 * Cost: 1 read, 1 write, 2 calls; for the last device 1 read and, where there is a call, 3 reads in 2 steps and 1 write to
 * each gateway of the other side.
 */
export async function disconnectUser(
  services: CallServices,
  caller: Caller,
  { id, identity }: { readonly id: string; readonly identity: string },
): Promise<void> {
  requireSubject(caller, id);
  requireOwnDevice(services, id, identity);
  const { presence, left } = await goOffline(services, id, [identity]);
  await together([
    presence?.channel ? services.events.close(presence.channel, identity) : undefined,
    left ? remindOf(services, left) : undefined,
  ]);
}
