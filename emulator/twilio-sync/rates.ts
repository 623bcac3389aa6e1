/** How often an object may be read and written. Fan-out and subscribing cost nothing. */
import { TokenBucket } from '../twilio/token-bucket';
import { rateLimited } from './errors';
import * as limits from './limits';
import type { SyncObject } from './state';
import { spend, type World } from './world';

const RATES = {
  read: limits.READS_PER_SECOND,
  write: limits.WRITES_PER_SECOND,
  publish: limits.STREAM_MESSAGES_PER_SECOND,
  permission: limits.PERMISSION_REQUESTS_PER_SECOND,
} as const;

/** @throws {VendorError} 429/54009 once the object's burst is used up */
export function spendOn(world: World, object: SyncObject, what: keyof typeof RATES, cost = 1): void {
  if (!world.enforceRates) return;
  let bucket = object.buckets.get(what);
  if (!bucket) {
    bucket = new TokenBucket(world.clock, RATES[what]);
    object.buckets.set(what, bucket);
  }
  if (!spend(world, bucket, cost)) throw rateLimited();
}

/** What a write of so many bytes costs: one up to a KiB, ten from 10 KiB. */
export const writeCost = (bytes: number): number =>
  Math.min(Math.max(bytes / limits.CHEAP_WRITE_BYTES, 1), limits.DEAREST_WRITE);
