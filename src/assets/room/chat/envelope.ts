/**
 * A message on its way: `{"v":1,"type":"chat","id":"…","text":"…"}`. Who wrote it and when is not in it: the provider
 * says who, and the clock of whoever receives it says when.
 */
import { MOST_DATA_BYTES } from '../../media/media';
import { fieldsOf } from '../fields-of';
import { MOST_CHARACTERS } from './message';
import { isVisible, plain } from './plain';

export interface Said {
  /** The same when it is sent again. */
  readonly id: string;
  readonly text: string;
}

const VERSION = 1;
const ID = /^[\w-]{8,64}$/;

export const envelope = ({ id, text }: Said): string =>
  JSON.stringify({ v: VERSION, type: 'chat', id, text });

/** @returns undefined for whatever is not a message of ours, of this version and within its limits */
export function readEnvelope(raw: string): Said | undefined {
  if (raw.length > MOST_DATA_BYTES) return undefined;
  const { v, type, id, text } = fieldsOf(raw);
  if (v !== VERSION || type !== 'chat' || typeof id !== 'string' || !ID.test(id)) return undefined;
  if (typeof text !== 'string' || text.length > MOST_CHARACTERS) return undefined;
  const shown = plain(text);
  return isVisible(shown) ? { id, text: shown } : undefined;
}
