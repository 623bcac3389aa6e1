/** Makes text harmless to show: what is left reads as it is written, whoever wrote it. */

/** Controls but for the line break; and what turns the direction of the text after it, within and beyond the message. */
const UNSEEN = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;
const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/gu;
const EMPTY_LINES = /\n(?:[^\S\n]*\n){2,}/gu;
/** Accents piled up until they run over the lines around. No script needs as many. */
const PILES = /(\p{M}{6})\p{M}+/gu;
const HALF_CHARACTERS = /\p{Cs}/gu;

export const plain = (text: string): string =>
  text
    .replace(LINE_BREAKS, '\n')
    .replaceAll('\t', ' ')
    .replace(UNSEEN, '')
    .replace(HALF_CHARACTERS, '\ufffd')
    .replace(PILES, '$1')
    .replace(EMPTY_LINES, '\n\n')
    .trim();

/** Whether anything can be seen of it: joiners, fillers and marks alone are nothing. */
export const isVisible = (text: string): boolean =>
  /[^\s\p{Cf}\p{M}\u115f\u1160\u3164\uffa0\u2800]/u.test(text);
