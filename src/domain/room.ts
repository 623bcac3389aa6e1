/** A room that lasts: its name is given once, its media room is the provider's. */
import { createHash } from 'node:crypto';

export interface Room {
  /** As the provider calls it. */
  readonly id: string;
  /** As it was asked for. */
  readonly name: string;
  /** ms since epoch. */
  readonly createdAt: number;
}

/** ms: what was heard of the provider may be this old before it is asked who is there. */
export const STALE_AFTER_MS = 30_000;

/** Longer names than this are shortened for the provider, never for people. */
const LONGEST_PLAIN = 64;
const PLAIN = new RegExp(`^[a-zA-Z0-9.:_-]{1,${LONGEST_PLAIN}}$`);
/** What {@link mediaNameOf} makes of names that are not plain; and the rooms of meetings, which have their own doors. */
const RESERVED = /^(room-|meeting-|[a-z]{3}-[a-z]{4}-[a-z]{3}-)/i;

/**
 * The name of its media room, where the provider has no rule of its own: a plain name is its own, any other is its
 * Latin letters, for people, and a hash, so that different names of any script are different rooms.
 */
export function mediaNameOf(name: string): string {
  if (PLAIN.test(name) && !RESERVED.test(name)) return name;
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24);
  const hash = createHash('sha256').update(name).digest('base64url').slice(0, 22);
  return `room-${slug}${slug === '' ? '' : '-'}${hash}`;
}
