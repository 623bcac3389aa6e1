/** Finds what can be followed in a message. */

export interface Link {
  readonly href: string;
  readonly words: string;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+/giu;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?'’”»)\]}…]+$/u;

/** The text in pieces, of which the joined words are the text. */
export function withLinks(text: string): (string | Link)[] {
  const pieces: (string | Link)[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const words = withoutTail(found);
    const href = hrefOf(words);
    if (href === undefined) continue;
    if (index > end) pieces.push(text.slice(end, index));
    pieces.push({ href, words });
    end = index + words.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** A bracket belongs to the address that opened it. */
function withoutTail(found: string): string {
  const tail = TRAILING.exec(found)?.[0] ?? '';
  const words = found.slice(0, found.length - tail.length);
  return tail.startsWith(')') && words.includes('(') ? `${words})` : words;
}

/** Whoever puts a name before the host wants the address to look like another one. */
function hrefOf(words: string): string | undefined {
  if (!URL.canParse(words)) return undefined;
  const { protocol, username, password, hostname, href } = new URL(words);
  const isPlain = (protocol === 'https:' || protocol === 'http:') && !username && !password && hostname;
  return isPlain ? href : undefined;
}
