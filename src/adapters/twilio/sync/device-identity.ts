/**
 * The Sync identity of one device of a user. It names the user's record, so that the webhook that tells of a
 * connection is enough to find it, and tells nobody whose it is.
 */
import { randomBytes } from 'node:crypto';

const KIND = 'caller';

/** @param userKey of the user's record */
export const newDeviceIdentity = (userKey: string): string =>
  `${KIND}.${userKey}.${randomBytes(8).toString('hex')}`;

/** @returns undefined when the identity is not one of a user's device. */
export function keyInDeviceIdentity(identity: string): string | undefined {
  return /^caller\.(user\.[\w-]{43})\.[0-9a-f]{16}$/.exec(identity)?.[1];
}
