/** Keys of items of which the newest are wanted first: Sync has the items of a map in the order of their keys. */
import type { SyncService } from './sync-service';

/** Later times have smaller keys. */
const LAST_TIME = 9_999_999_999_999;

/**
 * @param time ms since epoch
 * @param parts what tells it apart from others of the same time
 */
export function newestFirst(sync: SyncService, time: number, ...parts: readonly string[]): string {
  const place = String(Math.max(0, LAST_TIME - time)).padStart(13, '0');
  return `${place}.${sync.name('', ...parts).slice(1, 23)}`;
}

/** Whether a page may begin behind it. */
export const isNewestFirst = (key: string): boolean => /^\d{13}\.[\w-]{1,64}$/.test(key);
