/** A throw-away checkout with functions of its own, and real `npm start` processes that run in it. */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const REPOSITORY = join(__dirname, '../..');

/** A function that says which version of it answered, in which process, and with which variables. */
export const functionOf = (version: number): string => `
export const handler = (context: Record<string, unknown>, event: { wait?: string }, callback: Function) =>
  void setTimeout(
    () => callback(null, { version: ${version}, pid: process.pid, context: { ...context } }),
    Number(event.wait ?? 0),
  );
`;

export interface Checkout {
  readonly root: string;
  write(path: string, text: string): void;
  /** The private folders of running copies. */
  runFolders(): string[];
  remove(): void;
}

export function createCheckout(): Checkout {
  const root = mkdtempSync(join(tmpdir(), 'foyer-checkout-'));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  for (const file of ['package.json', '.twilioserverlessrc'])
    copyFileSync(join(REPOSITORY, file), join(root, file));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('src/functions/admin/create.ts', functionOf(1));
  write('src/functions/webhooks/sync.ts', functionOf(1));
  write('src/assets/assets/index.html', '<h1>Foyer</h1>');
  const runFolders = (): string[] => {
    const all = join(root, '.foyer');
    return existsSync(all) ? readdirSync(all).filter((name) => /^\d+-/.test(name)) : [];
  };
  return { root, write, runFolders, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** One that holds all that a build reads. */
export function createWholeCheckout(): Checkout {
  const checkout = createCheckout();
  for (const folder of ['src', 'client'])
    cpSync(join(REPOSITORY, folder), join(checkout.root, folder), { recursive: true });
  return checkout;
}

export interface Running {
  readonly child: ChildProcess;
  /** What it printed so far, line by line. */
  readonly out: readonly string[];
  readonly err: readonly string[];
  readonly exit: Promise<number | null>;
  /** Resolves with the origin of its front port. */
  ready(): Promise<string>;
  /** Resolves when a line on standard output matches. */
  line(pattern: RegExp): Promise<string>;
}

/** Every process of the tests, so that none outlives them. */
const running: Running[] = [];

export async function endAll(): Promise<void> {
  for (const { child } of running) child.kill('SIGTERM');
  await Promise.all(running.map(({ exit }) => exit));
  running.length = 0;
}

/** Runs a script in a checkout, with nothing of this environment but the path. PORT is any free one. */
export function run(
  checkout: Checkout,
  script: string,
  environment: Record<string, string> = {},
  words: readonly string[] = [],
): Running {
  const command = ['--import', 'tsx', join(REPOSITORY, 'scripts', script), ...words];
  return observe(checkout, process.execPath, command, environment);
}

export function observe(
  checkout: Checkout,
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
): Running {
  const child = spawn(command, args, {
    cwd: checkout.root,
    env: { PATH: process.env['PATH'], HOME: checkout.root, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out = linesFrom(child.stdout);
  const err = linesFrom(child.stderr);
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const line = async (pattern: RegExp): Promise<string> => {
    let ended = false;
    void exit.then(() => (ended = true));
    const matching = (): string | undefined => out.find((text) => pattern.test(text));
    await until(() => matching() ?? ended).catch(() => undefined);
    const found = matching();
    if (found !== undefined) return found;
    throw new Error(`${ended ? 'ended' : 'goes on'} without ${pattern}: ${[...out, ...err].join('\n')}`);
  };
  const ready = async (): Promise<string> =>
    (await line(/^Foyer is ready: http:\/\/localhost:\d+$/)).replace('Foyer is ready: ', '');
  const result: Running = { child, out, err, exit, ready, line };
  running.push(result);
  return result;
}

function linesFrom(stream: NodeJS.ReadableStream): string[] {
  const lines: string[] = [];
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  return lines;
}

/** Asks until there is an answer that is not falsy. */
export async function until<T>(ask: () => T | Promise<T>, patienceMs = 45_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`still not so after ${patienceMs} ms: ${ask.toString()}`);
    await sleep(20);
  }
}

export interface Answered {
  readonly version: number;
  readonly pid: number;
  readonly context: Record<string, string>;
}

/** Calls a function through the front port. */
export async function call(origin: string, path = '/admin/create'): Promise<Answered> {
  const response = await fetch(`${origin}${path}`, { method: 'POST' });
  if (response.status !== 200)
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answered;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
