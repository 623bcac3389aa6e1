/** One secret, many purposes: keyed hashes that cannot be guessed and tell nothing about each other. */
import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export type Purpose = 'ticket' | 'guest-id' | 'object-name' | 'client';

export class Secrets {
  private readonly keys = new Map<Purpose, Buffer>();

  /** @param root at least 128 bits of entropy; never used itself, only keys derived from it (RFC 5869). */
  constructor(private readonly root: string) {}

  /** HMAC-SHA256 of `message` under the key of `purpose`: 32 bytes. */
  mac(purpose: Purpose, message: string): Buffer {
    return createHmac('sha256', this.key(purpose)).update(message).digest();
  }

  private key(purpose: Purpose): Buffer {
    let key = this.keys.get(purpose);
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.root, 'foyer', purpose, 32));
      this.keys.set(purpose, key);
    }
    return key;
  }
}

/** Whether two secrets are the same, in a time that tells nothing of either: their hashes are compared. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
