/** A hand on its way: `{"v":1,"type":"hand","up":true}`. Whose it is, the provider says. */
import { fieldsOf } from '../fields-of';

const VERSION = 1;
/** Whatever is longer is something else. */
const MOST_CHARACTERS = 100;

export const handEnvelope = (isUp: boolean): string => JSON.stringify({ v: VERSION, type: 'hand', up: isUp });

/** @returns whether it is up; undefined for whatever is no hand of ours, of this version */
export function readHand(raw: string): boolean | undefined {
  if (raw.length > MOST_CHARACTERS) return undefined;
  const { v, type, up } = fieldsOf(raw);
  return v === VERSION && type === 'hand' && typeof up === 'boolean' ? up : undefined;
}
