/** Compares secrets without telling by the time it takes how much of one was right. */
import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** An empty secret is nobody's. */
export function isSecret(given: string | string[] | undefined, secret: string): boolean {
  return typeof given === 'string' && secret !== '' && timingSafeEqual(digest(given), digest(secret));
}
