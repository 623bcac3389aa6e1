/**
 * Notices changes below folders by looking: names, times and sizes, a few times a second. File system events
 * miss new folders on some systems and whole mounts on others; a look at a few hundred files costs about a
 * millisecond and misses nothing.
 */
import { statSync } from 'node:fs';
import { filesBelow } from '../build/files-below';

const LOOK_MS = 250;

/**
 * Calls `changed` after a change has settled, never twice at once.
 * @returns stops watching
 */
export function watchSource(folders: readonly string[], changed: () => Promise<void>): () => void {
  let known = snapshot(folders);
  let previous = known;
  let busy = false;
  const look = (): void => {
    if (busy) return;
    const now = snapshot(folders);
    const settled = now === previous;
    previous = now;
    // Editors and version control write many files one after another: wait until two looks agree.
    if (now === known || !settled) return;
    known = now;
    busy = true;
    void changed().finally(() => {
      busy = false;
    });
  };
  const timer = setInterval(look, LOOK_MS);
  return () => clearInterval(timer);
}

function snapshot(folders: readonly string[]): string {
  return folders
    .flatMap(filesBelow)
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat ? `${file}\0${stat.mtimeMs}\0${stat.size}` : '';
    })
    .join('\n');
}
