/** The one place that finds things by what they are: sound has no name, and a heading seen for a moment is looked for too late. */
import type { Page } from 'playwright-core';

/** Where each voice comes out: the id of a speaker, or nothing for the browser's choice. */
export const sinksOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.getElementsByTagName('audio')].map(({ sinkId }) => sinkId));

/** Notes every heading that is painted, from the first one on. To be called before the page is opened. */
export async function watchHeadings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = new Set<string>();
    Object.assign(window, { seen });
    const look = (): void => {
      for (const heading of document.querySelectorAll('h1'))
        if (heading.checkVisibility({ visibilityProperty: true })) seen.add(heading.textContent);
      requestAnimationFrame(look);
    };
    look();
  });
}

/** The headings that {@link watchHeadings} has noted. */
export const headingsSeen = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
