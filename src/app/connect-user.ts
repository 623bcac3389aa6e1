import { notAllowed } from '../domain/errors';
import { isKnownConnected } from '../domain/presence';
import type { ChannelPass } from '../ports/call-events';
import { comeOnline } from './come-online';
import { requireSubject } from './require-subject';
import type { Caller, CallServices } from './services';

export interface ConnectUser {
  readonly id: string;
  readonly name?: string | undefined;
  readonly location?: string | undefined;
  /** A device that was given one before, and now wants another token. */
  readonly identity?: string | undefined;
}

/**
 * A browser on the push channel: its user is online. What is going on is in the list and the document.
 * @throws FoyerError `not-allowed` for somebody else's id or identity, and for one device too many; `try-again`.
 * Cost: 1 read, 4 calls for the user's first device, 1 write, 1 read; telling it where there is a call.
 */
export async function connectUser(
  services: CallServices,
  caller: Caller,
  { id, name = id, location = '', identity }: ConnectUser,
): Promise<ChannelPass> {
  requireSubject(caller, id);
  const { events } = services;
  requireOwnDevice(services, id, identity);
  let pass: ChannelPass | undefined;
  const { presence, news } = await comeOnline(services, { id, name, location }, async (known) => {
    // Another first device may have been faster: all of somebody's devices watch the one channel in the record.
    if (!pass || (known?.channel && known.channel.list !== pass.list))
      pass = await events.open(id, known?.channel, pass?.identity ?? identity);
    const { list, document, tokenUntil } = pass;
    // One that is connected already, and only wants another token, does not connect again.
    const until = isKnownConnected(known?.devices[pass.identity]) ? tokenUntil : pass.until;
    return {
      name: pass.identity,
      device: { via: 'sync', until, tokenUntil },
      channel: { list, document },
    };
  });
  const devices = pass ? onlyDevice(presence.devices, pass.identity) : {};
  for (const message of news) await events.deliver([{ ...presence, devices }], message);
  if (!pass) throw new Error('comeOnline asks for the device');
  return pass;
}

const onlyDevice = <T>(devices: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> => {
  const device = devices[name];
  return device === undefined ? {} : { [name]: device };
};

/** A guard: @throws FoyerError `not-allowed` for the identity of somebody else's device. */
export function requireOwnDevice(
  { events }: Pick<CallServices, 'events'>,
  userId: string,
  identity: string | undefined,
): void {
  if (identity === undefined || events.isDeviceOf(identity, userId)) return;
  throw notAllowed('this identity is not one of yours. Use the one that /users/connect answered.');
}
