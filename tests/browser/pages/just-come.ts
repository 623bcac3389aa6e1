/** What has only just come takes no presses for a moment: time stands still here, so that the moment can be tried. */
import type { Locator, Page } from 'playwright-core';

/** Whatever comes from now on is as if it had only just come. @returns lets it have been there for a while */
export async function standsStill(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() =>
    document.addEventListener('animationstart', () => {
      for (const one of document.getAnimations()) one.pause();
    }),
  );
  return () =>
    page.evaluate(() => {
      for (const one of document.getAnimations())
        if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish();
    });
}

/** Presses where it is, whatever takes the press. @returns the paths of what was asked for because of it */
export async function pressWhere(target: Locator): Promise<string[]> {
  const page = target.page();
  const asked: string[] = [];
  const note = (request: { url(): string }): number => asked.push(new URL(request.url()).pathname);
  page.on('request', note);
  const { x, y, width, height } = (await target.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(x + width / 2, y + height / 2);
  // Long enough for the page to ask, were it to.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  page.off('request', note);
  return asked;
}
