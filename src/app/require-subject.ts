/** On whose behalf a user may act: their own. */
import { notAllowed } from '../domain/errors';
import type { Caller } from './services';

/**
 * A guard for routes whose access is `user`. Anonymous users, where they are let in, act for any id.
 * @param id the `uid`, `id` or `userId` that is acted for
 * @param name how the route calls that parameter
 * @throws FoyerError `not-allowed` when `id` is not, to the letter, the subject of the caller's token.
 */
export function requireSubject({ user }: Caller, id: string, name = 'id'): void {
  // A route that forgot to ask who calls must not let anybody in.
  if (user === undefined)
    throw new Error('only a route whose access is user knows whom its caller may act for');
  if (user === 'anonymous' || user.subject === id) return;
  throw notAllowed(`you can act for yourself only: ${name} must be the subject (sub) of your token.`);
}
