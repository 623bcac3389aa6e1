/**
 * As whom one is present in rooms. Where an identity provider's token says who one is, that is the id. Otherwise it
 * carries the name, which is all that the others will ever know: `user-4f…:Ann`.
 */
import type { UserEntry } from '../../api/calls';
import { claimsIn, userToken } from '../api/user-token';
import { whoIs } from '../media/media';

/** In UTF-8: the server takes no longer id. */
const MOST_BYTES = 128;

export function userIdOf(me: UserEntry | undefined): string {
  const { sub } = claimsIn(userToken()) ?? {};
  return sub ?? shortened(`${me?.id ?? ''}:${me?.name ?? ''}`);
}

/** What somebody is called whose id this is. */
export const nameIn = (userId: string): string => whoIs(userId).name || userId;

function shortened(id: string): string {
  let bytes = 0;
  const kept = Array.from(id).filter((character) => {
    bytes += new TextEncoder().encode(character).length;
    return bytes <= MOST_BYTES;
  });
  return kept.join('');
}
