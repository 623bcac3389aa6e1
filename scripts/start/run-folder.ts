/** The private folder of one running copy, `.foyer/<pid>`, gone when the copy ends. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface RunFolder {
  readonly path: string;
  remove(): void;
}

export function createRunFolder(root: string): RunFolder {
  const all = join(root, '.foyer');
  mkdirSync(all, { recursive: true });
  for (const pid of readdirSync(all)) {
    // Left behind by a copy that was killed outright.
    if (/^\d+$/.test(pid) && !isAlive(Number(pid))) remove(join(all, pid));
  }
  const path = join(all, String(process.pid));
  remove(path);
  mkdirSync(path, { mode: 0o700 });
  // However this process ends by itself; after a SIGKILL the next copy tidies up.
  process.once('exit', () => remove(path));
  return { path, remove: () => remove(path) };
}

const remove = (path: string): void => rmSync(path, { recursive: true, force: true, maxRetries: 2 });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, so there is one.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
