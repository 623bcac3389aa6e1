/** Who somebody is in a room, when all that is known is a name. */
import { randomBytes } from 'node:crypto';

const MAX_SLUG = 40;

/**
 * The name in the letters that every address takes, white space and signs as `_`: `John Doe` → `john_doe`.
 * Of a name in another script nothing may be left.
 */
const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, MAX_SLUG)
    .replace(/^_+|_+$/g, '');

/** `john_doe_a1b2c3d4`: two people of one name are two. */
export const newUserId = (name: string): string =>
  `${slugOf(name) || 'user'}_${randomBytes(4).toString('hex')}`;
