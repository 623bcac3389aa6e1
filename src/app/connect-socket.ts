import type { CallMessage } from '../domain/call';
import { FoyerError } from '../domain/errors';
import { comeOnline } from './come-online';
import { requireSubject } from './require-subject';
import type { Caller, CallServices } from './services';
import { nextLook } from './tell-call';

/** "Look at this call at that time", ms since epoch. */
export interface Check {
  readonly callId: string;
  readonly at: number;
}

export interface ConnectSocket {
  readonly gateway: string;
  readonly socket: string;
  readonly id: string;
  readonly name?: string | undefined;
  readonly location?: string | undefined;
  /** Of the last message that the client has had. */
  readonly lastEventId?: string | undefined;
}

/** How a socket is called in its user's record. */
export const socketName = (gateway: string, socket: string): string => `${gateway}.${socket}`;

/**
 * A socket at a gateway: its user is online. Again is fine.
 * @returns what the socket must be told at once, and when its gateway looks at the call that is going on.
 * @throws FoyerError `not-allowed` for somebody else's id and for one device too many; `try-again`, also where
 *   the gateway has no lease.
 * Cost: 1 read, 1 write, 1 read; 3 reads more in 2 steps where there is a call.
 */
export async function connectSocket(
  services: CallServices,
  caller: Caller,
  { gateway, socket, id, name = id, location = '', lastEventId }: ConnectSocket,
): Promise<{ readonly events: CallMessage[]; readonly checks: Check[] }> {
  requireSubject(caller, id);
  const { gateways, clock } = services;
  const ends = await gateways.ends([gateway]);
  if ((ends.get(gateway) ?? 0) <= clock.now()) {
    throw new FoyerError('try-again', 'the gateway has to renew its lease first.');
  }
  const device = { via: 'gateway', gateway } as const;
  const { news, live } = await comeOnline(
    services,
    { id, name, location },
    () => Promise.resolve({ name: socketName(gateway, socket), device }),
    lastEventId,
  );
  return { events: news, checks: live ? [{ callId: live.id, at: nextLook(live, clock.now()) }] : [] };
}
