/** A real Chromium with fake devices, and a stopwatch in every one of its pages. */
import { existsSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM } from '../tests/support/chromium';

/** What to do about a browser that is not there; undefined when it is. */
export const missingChromium = (): string | undefined =>
  existsSync(CHROMIUM) ? undefined : `not measured, for want of ${CHROMIUM}: apt-get install chromium`;

/** How the element is called that shows somebody else: on our pages, and so on the bare page. */
export const PICTURE_LABEL = 'Picture of ';
const PATIENCE_MS = 15_000;

/** Every camera is small and slow, so that two busy cores are no measure of encoders. */
const STOPWATCH = `
window.firstFrame = new Promise((seen) => {
  const watched = new WeakSet();
  new MutationObserver(() => {
    for (const video of document.querySelectorAll('video[aria-label^="${PICTURE_LABEL}"]')) {
      if (watched.has(video)) continue;
      watched.add(video);
      video.requestVideoFrameCallback(() => seen(performance.timeOrigin + performance.now()));
    }
  }).observe(document, { childList: true, subtree: true, attributeFilter: ['aria-label'] });
});
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = ({ audio, video }) =>
  open({ audio: Boolean(audio), video: video ? { width: 320, height: 180, frameRate: 10 } : false });
`;

/** As on a machine of its own: no cache is shared with any other tab. */
export async function openTab(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript({ content: STOPWATCH });
  await page.goto(url);
  return page;
}

/**
 * When the page showed the first picture of somebody else.
 * @returns milliseconds since 1970, on a clock that all tabs share
 * @throws Error when there is none within {@link PATIENCE_MS} from now
 */
export const firstFrameIn = (page: Page): Promise<number> =>
  page.evaluate<number>(`Promise.race([
    window.firstFrame,
    new Promise((_, fail) => setTimeout(fail, ${PATIENCE_MS}, new Error('no picture within ${PATIENCE_MS} ms'))),
  ])`);
