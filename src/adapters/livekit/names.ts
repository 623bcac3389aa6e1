/** Names as LiveKit takes them. */
import type { ParticipantInfo } from './room-service';

/** `max_participant_name_length` and `max_participant_identity_length` of livekit-server: bytes, not characters. */
const MOST_BYTES = 256;

/** The text, or as many of its first characters as fit; what a reader sees as one character is not cut. */
export function fitting(text: string): string {
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  // Made here: it takes milliseconds, and hardly a name needs it.
  const graphemes = new Intl.Segmenter();
  let bytes = 0;
  let fits = '';
  for (const { segment } of graphemes.segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > MOST_BYTES) break;
    fits += segment;
  }
  return fits;
}

/** The attribute that carries a name in full which is longer than LiveKit's own. */
const FULL_NAME = 'full_name';

type Shown = Pick<ParticipantInfo, 'name' | 'attributes'>;

/** What the others see of somebody. */
export function shownAs(name: string | undefined, attributes?: Shown['attributes']): Partial<Shown> {
  if (name === undefined) return attributes === undefined ? {} : { attributes };
  const short = fitting(name);
  const whole = short === name ? attributes : { ...attributes, [FULL_NAME]: name };
  return { name: short, ...(whole === undefined ? {} : { attributes: whole }) };
}

export const nameIn = ({ name, attributes }: Shown): string => attributes[FULL_NAME] ?? name;
