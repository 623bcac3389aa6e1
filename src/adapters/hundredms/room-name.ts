/**
 * Any name as 100ms takes room names: letters, digits and `. - : _`, upper and lower case the same. So that
 * different names stay different, small letters, digits and the hyphen stand for themselves and every other byte
 * of UTF-8 is written `_xx`. What would become too long is cut, and a hash of the whole stands for the rest.
 * https://www.100ms.live/docs/server-side/v2/api-reference/Rooms/create-via-api
 *
 * Which of a name's rooms: the first is called by the name itself, a later one by the name, a dot, and the id of the
 * room before it. Rooms do not go away at 100ms, they are disabled; a token names its room by id. Whoever finds
 * a room closed thus knows what the next one is called, and the vendor makes one room of one name: two hosts who find
 * the same room closed open the same one, and no token for the old one is a token for the new one.
 */
import { createHash } from 'node:crypto';

/** No limit is documented; this, with the id of a predecessor, stays below 128. */
const MOST_CHARACTERS = 100;
const HASH_CHARACTERS = 64;

const PLAIN = /^[a-z0-9-]$/;

export function vendorName(name: string): string {
  const bytes = Array.from(Buffer.from(name), (byte) => {
    const character = String.fromCharCode(byte);
    return PLAIN.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
  });
  const encoded = bytes.join('');
  if (encoded.length <= MOST_CHARACTERS) return encoded;
  const hash = createHash('sha256').update(name).digest('hex');
  return `${encoded.slice(0, MOST_CHARACTERS - HASH_CHARACTERS - 1)}:${hash}`;
}

export const nextVendorName = (name: string, lastId: string): string => `${vendorName(name)}.${lastId}`;

/** What {@link vendorName} or {@link nextVendorName} was given; undefined for what was cut, or is not ours. */
export function nameOf(vendorName: string): string | undefined {
  const [encoded = ''] = vendorName.split('.', 1);
  if (!/^(?:[a-z0-9-]|_[0-9a-f]{2})+$/.test(encoded)) return undefined;
  const bytes = encoded
    .match(/_..|./g)
    ?.map((part) => (part.length > 1 ? parseInt(part.slice(1), 16) : part));
  return Buffer.concat(
    (bytes ?? []).map((part) => Buffer.from(typeof part === 'number' ? [part] : part)),
  ).toString();
}
