/** The private folder of one running copy, `.foyer/<pid>-<any>`, gone when the copy ends. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface RunFolder {
  readonly path: string;
  remove(): void;
}

export function createRunFolder(root: string): RunFolder {
  const all = join(root, '.foyer');
  mkdirSync(all, { recursive: true });
  for (const name of readdirSync(all)) {
    const [, pid] = /^(\d+)-/.exec(name) ?? [];
    // Left behind by a copy that was killed outright.
    if (pid !== undefined && !isAlive(Number(pid))) remove(join(all, name));
  }
  // Several copies may run in one process, as in tests.
  const path = mkdtempSync(join(all, `${process.pid}-`));
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
