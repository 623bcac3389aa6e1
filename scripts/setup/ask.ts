/** Asks for what is missing, on a terminal; a secret is not shown as it is typed. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export const canAsk = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

/** @throws Error (`AbortError`) when whoever is asked presses Ctrl-C */
export async function ask(question: string, { hidden = false } = {}): Promise<string> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({
    input: process.stdin,
    // The terminal's own echo is off while a line is edited: what is shown is what we write.
    output: hidden ? silence : process.stdout,
    terminal: true,
  });
  const interrupted = new AbortController();
  line.once('SIGINT', () => interrupted.abort());
  try {
    if (hidden) process.stdout.write(question);
    return (await line.question(hidden ? '' : question, { signal: interrupted.signal })).trim();
  } finally {
    if (hidden) process.stdout.write('\n');
    line.close();
  }
}
