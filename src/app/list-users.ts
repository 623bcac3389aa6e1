import { isOnline, type Presence } from '../domain/presence';
import type { User } from '../domain/user';
import { leasesOf } from './parties';
import type { PresenceServices } from './services';

export interface ListUsers {
  /** At most so many; undefined: all. */
  readonly limit?: number | undefined;
  /** The id of the last user of the page before. */
  readonly after?: string | undefined;
}

/** What is read at once of a directory in which few may be online. */
const MIN_READ = 100;

/**
 * Who is online, each once however many devices there are, in an order that stays. A page of fewer than `limit`
 * is the last.
 * @throws FoyerError `try-again`. Cost: 1 read per 100 records, many at once without a limit; 1 read for leases.
 */
export async function listUsers(
  services: PresenceServices,
  { limit, after }: ListUsers = {},
): Promise<User[]> {
  const { directory } = services;
  if (limit === undefined && after === undefined) return online(services, await directory.list());
  const wanted = limit ?? Infinity;
  const users: User[] = [];
  let last = after;
  while (users.length < wanted) {
    const size = Math.max(MIN_READ, Math.min(wanted - users.length, 1000));
    const page = await directory.list({ limit: size, after: last });
    users.push(...(await online(services, page)));
    if (page.length < size) break;
    last = page.at(-1)?.user.id;
  }
  return users.slice(0, limit);
}

async function online(services: PresenceServices, presences: readonly Presence[]): Promise<User[]> {
  const leases = await leasesOf(services, presences);
  const now = services.clock.now();
  return presences.filter((presence) => isOnline(presence, leases, now)).map(({ user }) => user);
}
