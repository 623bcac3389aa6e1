/** The way through a page with nothing but a keyboard. */
import type { Locator, Page } from 'playwright-core';

/** No page has as many controls one after another. */
const MOST = 40;

const hasFocus = (element: Element): boolean => element === document.activeElement;

/** Presses Tab until the control has the focus. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let presses = 0; !(await control.evaluate(hasFocus)); presses += 1) {
    if (presses === MOST) throw new Error(`${control.toString()} cannot be reached by the Tab key`);
    await page.keyboard.press('Tab');
  }
}

/** The words of what has the focus. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? '');
