import { inParallel } from '../domain/in-parallel';
import { type Check, socketName } from './connect-socket';
import { goOffline } from './go-offline';
import type { CallServices } from './services';

export interface DisconnectSockets {
  readonly gateway: string;
  /** Only those of calls have a user. */
  readonly sockets: readonly { readonly socket: string; readonly id?: string | undefined }[];
}

/**
 * Sockets have closed. Again is fine.
 * @returns when the gateway looks at the calls of those who have no other device.
 * @throws FoyerError `try-again`, after all were tried.
 * Cost for each user: 1 read, 1 write; 1 or 2 reads where it was the last device.
 */
export async function disconnectSockets(
  services: CallServices,
  { gateway, sockets }: DisconnectSockets,
): Promise<{ readonly checks: Check[] }> {
  const byUser = new Map<string, string[]>();
  for (const { socket, id } of sockets) {
    if (id !== undefined) byUser.set(id, [...(byUser.get(id) ?? []), socketName(gateway, socket)]);
  }
  const checks = await inParallel([...byUser], async ([userId, names]) => {
    const { left } = await goOffline(services, userId, names);
    return left ? [{ callId: left.call.id, at: left.at }] : [];
  });
  return { checks: checks.flat() };
}
