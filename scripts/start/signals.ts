/** When this process should end: told by a signal, or left alone by whoever started it. */
import { readFileSync } from 'node:fs';

/** npm waits for its script to end; a quarter second more is not noticed. */
const LOOK_MS = 250;

/** Calls `end` once. A launcher between the terminal and us may repeat a signal: the second changes nothing. */
export function onEnd(end: () => void): void {
  let ended = false;
  const once = (): void => {
    if (ended) return;
    ended = true;
    end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once);
  // The TypeScript launcher talks to us over a channel, which breaks when it is killed.
  if (process.connected) process.on('disconnect', once);
  watchLaunchers(once);
}

/**
 * npm hands a SIGTERM to the shell that runs its script, and most shells die of it without telling anybody.
 * Every link of the chain from us to npm is therefore watched: when one of them dies, its child gets another
 * parent. Started without npm we are nobody's to end.
 */
function watchLaunchers(once: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const chain = chainToNpm();
  const links = chain.slice(0, -1).map((pid, i) => ({ pid, parent: chain[i + 1] }));
  // npm went while we were being loaded: at most the TypeScript launcher is left between us and the reaper.
  if (chain.length <= 3 && isReaper(chain.at(-1) ?? 0)) once();
  setInterval(() => {
    if (links.some(({ pid, parent }) => parentOf(pid) !== parent)) once();
  }, LOOK_MS).unref();
}

/** Process ids from ours up to npm's, as far as this system tells. */
function chainToNpm(): number[] {
  const chain = [process.pid];
  for (let pid = process.pid; isNpmsChild(pid);) {
    const parent = parentOf(pid);
    if (parent === undefined) break;
    chain.push(parent);
    pid = parent;
  }
  return chain;
}

/** Who becomes the parent of processes that lost theirs; in a container that can be npm itself. */
function isReaper(pid: number): boolean {
  const command = readProc(pid, 'cmdline') ?? '';
  return pid === 1 ? !/npm|yarn|bun/.test(command) : /systemd/.test(command);
}

/** npm marks the environment of its script, and of everything that the script starts. */
function isNpmsChild(pid: number): boolean {
  if (pid === process.pid) return true;
  return (readProc(pid, 'environ') ?? '').includes('npm_lifecycle_event=');
}

/** Linux tells of any process; elsewhere we know our own parent only, and shells make way for their last command. */
function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  // `pid (name) state ppid …`, and the name may hold anything.
  const fields = readProc(pid, 'stat')?.replace(/^.*\)/s, '').trim().split(' ');
  return fields === undefined ? undefined : Number(fields[1]);
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
