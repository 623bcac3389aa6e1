/** Takes pictures of tabs, as small files: WebP, which every browser shows. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tab } from '../pages/tab';

const QUALITY = 82;
/** No picture is larger, so that the folder stays small. */
const MOST_BYTES = 150_000;
/** Whatever slides, glides or fades has done so. */
const REST_MS = 700;

export interface Photographer {
  /** From the top of the page, or where it is now. */
  take(name: string, tab: Tab, from?: 'top' | 'here'): Promise<void>;
}

/** @param anew whether the folder is emptied first */
export function photographerIn(folder: string, anew: boolean): Photographer {
  if (anew) rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return {
    async take(name, { page, context }, from = 'top') {
      await page.evaluate(() => {
        (document.activeElement as HTMLElement | null)?.blur();
      });
      if (from === 'top') await page.evaluate(() => scrollTo(0, 0));
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
      const session = await context.newCDPSession(page);
      let picture = Buffer.alloc(0);
      for (let quality = QUALITY; quality > 0; quality -= 12) {
        const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
        picture = Buffer.from(data, 'base64');
        if (picture.length <= MOST_BYTES) break;
      }
      await session.detach();
      writeFileSync(join(folder, `${name}.webp`), picture);
      process.stdout.write(`${name}: ${(picture.length / 1_000).toFixed(0)} kB\n`);
    },
  };
}
