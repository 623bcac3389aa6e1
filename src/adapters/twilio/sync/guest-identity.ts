/**
 * The Sync identity of a guest who has a document of its own. It says who that is, so that the webhook that
 * tells of a connection is enough to put the guest back on the host's list.
 */
import type { Arrival } from '../../../ports/waiting-room';

/** Keeps the whole identity below 256 characters. */
const MAX_NAME_BYTES = 120;

export function guestIdentity(meetingId: string, { id, name, enteredAt, place }: Arrival): string {
  const bytes = Buffer.from(name).subarray(0, MAX_NAME_BYTES);
  const parts = ['guest', meetingId, id, Math.floor(enteredAt).toString(36), bytes.toString('base64url')];
  return (place === undefined ? parts : [...parts, place.toString(36)]).join('.');
}

/** @returns undefined when the identity is not a guest's. */
export function parseGuestIdentity(identity: string): { meetingId: string; guest: Arrival } | undefined {
  const [kind, meetingId, id, enteredAt, name, place] = identity.split('.');
  if (kind !== 'guest' || !meetingId || !id || !enteredAt || name === undefined) return undefined;
  const text = Buffer.from(name, 'base64url').toString().replace(/�+$/, '');
  const guest = { id, name: text, enteredAt: Number.parseInt(enteredAt, 36) };
  return { meetingId, guest: place ? { ...guest, place: Number.parseInt(place, 36) } : guest };
}
