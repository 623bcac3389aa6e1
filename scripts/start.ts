/** `npm start`: everything that Foyer needs on this machine, behind one port, until Ctrl-C. */
import { createCopy, linesOf, type Copy } from './start/copy';
import { onEnd } from './start/signals';
import { readSettings, type Settings } from './start/settings';

/** Ends in any case: what has not stopped by then never will. */
const LAST_RESORT_MS = 1_700;

async function main(root: string): Promise<void> {
  const read = readSettings(root, process.env);
  if ('faults' in read) return fail(read.faults);
  const { settings } = read;

  const copy = createCopy(root, settings, (line) => console.log(line));
  let ending = false;
  onEnd(() => {
    ending = true;
    void end(copy, 0);
  });
  try {
    const { port, lines } = await copy.start();
    for (const line of lines) console.log(line);
    console.log(`Foyer is ready: http://localhost:${port}`);
  } catch (error) {
    if (ending) return;
    fail(explain(error, settings));
    await end(copy, 1);
  }
}

async function end(copy: Copy, code: number): Promise<void> {
  setTimeout(() => process.exit(code), LAST_RESORT_MS).unref();
  await copy.stop();
  process.exit(code);
}

function fail(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}

function explain(error: unknown, { host, port }: Settings): readonly string[] {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return [`PORT ${port} is taken on ${host}: stop what listens there, or choose another PORT`];
    case 'EACCES':
      return [`PORT ${port} is not allowed to this user: choose one above 1023`];
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [`HOST ${host} is no address of this machine`];
    default:
      return linesOf(error);
  }
}

// What nobody foresaw, an unreadable .env for one, is still one line and no stack.
main(process.cwd()).catch((error: unknown) => fail(linesOf(error)));
