/** Marks of guests who were removed from a meeting: one-way, because guests can read where they stand. */
import { createHash } from 'node:crypto';

/** Marks of at most this many guests fit, with room to spare, into one 16 KiB Sync document. */
export const MAX_REMOVED_GUESTS = 1000;

/**
 * How a removed guest stands in the meeting's record, which every guest of an `auto` meeting can read: 66 bits
 * of a hash, so that nobody learns from it who was removed.
 */
export const removalMark = (meetingKey: string, guestId: string): string =>
  createHash('sha256').update(`removed:${meetingKey}:${guestId}`).digest('base64url').slice(0, 11);
