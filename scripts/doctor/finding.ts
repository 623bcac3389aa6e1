/** What the doctor says of one thing, in one line. */

export interface Finding {
  readonly about: string;
  readonly state: 'works' | 'wrong' | 'absent';
  /** Never with a value of a variable in it that is not public. */
  readonly words: string;
  /** How to mend what is wrong. */
  readonly mend?: string;
}

export type Variables = Readonly<Record<string, string>>;

export const works = (about: string, words: string): Finding => ({ about, state: 'works', words });
export const absent = (about: string, words: string): Finding => ({ about, state: 'absent', words });
export const wrong = (about: string, words: string, mend: string): Finding => ({
  about,
  state: 'wrong',
  words,
  mend,
});

/** Milliseconds that one live call may take: somebody is waiting in front of the screen. */
export const PATIENCE_MS = 6_000;

const SIGNS = { works: '✓', wrong: '✗', absent: '-' } as const;

/** One screen. */
export function report(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ about }) => about.length));
  const lines = findings.flatMap(({ about, state, words, mend }) => [
    `${SIGNS[state]} ${about.padEnd(width)}  ${words}`,
    ...(mend === undefined ? [] : [`  ${' '.repeat(width)}  → ${mend}`]),
  ]);
  const count = findings.filter(({ state }) => state === 'wrong').length;
  return [...lines, '', count === 0 ? 'Nothing is wrong.' : `${count} to mend.`];
}
