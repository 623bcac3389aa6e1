/** The way through a page with nothing but a keyboard. */
import type { Locator, Page } from 'playwright-core';

/** No page has as many controls one after another. */
const MOST = 40;

const hasFocus = (element: Element): boolean => element === document.activeElement;

const holdsFocus = (element: Element): boolean => element.contains(document.activeElement);

/** Presses Tab until the control has the focus; a toolbar is one stop, with arrow keys in it. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  const bar = page.getByRole('toolbar').filter({ has: control });
  for (let presses = 0; !(await control.evaluate(hasFocus)); presses += 1) {
    if (presses === MOST) throw new Error(`${control.toString()} cannot be reached by the Tab key`);
    const isInBar = (await bar.count()) > 0 && (await bar.evaluate(holdsFocus));
    await page.keyboard.press(isInBar ? 'ArrowRight' : 'Tab');
  }
}

/** The words of what has the focus. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => document.activeElement?.textContent ?? '');
