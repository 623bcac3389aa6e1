/** What people do in the chat beside a call, by the names that everybody can see or hear. */
import type { Locator, Page } from 'playwright-core';
import { field, named, press, until } from './people';

/** After a reload it is as it was before. */
export async function openChat(page: Page): Promise<void> {
  if (!(await log(page).isVisible())) await press(page, /^Show chat/);
  await log(page).waitFor();
}

/** In a sheet over the call it has a button of its own. */
export async function closeChat(page: Page): Promise<void> {
  const close = named(page.getByRole('dialog'), 'button', 'Close');
  await press(page, (await close.isVisible()) ? 'Close' : 'Hide chat');
  await log(page).waitFor({ state: 'detached' });
}

export const log = (page: Page): Locator => named(page, 'log', 'Messages');

export const draft = (page: Page): Locator => field(page, 'Message to everybody');

/** Whether what is typed now goes into its field. */
export const isWritten = (page: Page): Promise<boolean> =>
  draft(page).evaluate((element) => element === document.activeElement);

/** Key by key: a field that grows under somebody's fingers is no jump. */
export async function write(page: Page, words: string): Promise<void> {
  await draft(page).waitFor();
  await draft(page).focus();
  for (const [index, line] of words.split('\n').entries()) {
    if (index > 0) await page.keyboard.press('Shift+Enter');
    await page.keyboard.type(line);
  }
  await press(page, 'Send message');
}

/** Resolves when these were said, in this order, each once, whatever else was said. */
export const hasRead = (page: Page, ...messages: readonly string[]): Promise<void> =>
  until(
    async () => {
      const said = await log(page).innerText();
      const places = messages.map((words) => said.indexOf(words));
      const isOnce = messages.every((words, index) => said.lastIndexOf(words) === places[index]);
      const isInOrder = places.every((place, index) => place > (places[index - 1] ?? -1));
      return isOnce && isInOrder;
    },
    `chat with ${messages.join(', ')} in this order`,
  );

/** Resolves when so many are said to be new. */
export const isTold = (page: Page, count: number): Promise<void> =>
  page
    .getByRole('button', { name: `Show chat, ${count} new message${count === 1 ? '' : 's'}`, exact: true })
    .waitFor();

/** What this tab writes from now on goes out as something else: one of these in place of each message. */
export const becomesHostile = (page: Page, instead: readonly string[]): Promise<void> =>
  page.evaluate((all) => {
    const waiting = [...all];
    const native = JSON.stringify.bind(JSON);
    JSON.stringify = (value: unknown): string => {
      const isMessage = (value as { type?: unknown } | null)?.type === 'chat';
      return (isMessage ? waiting.shift() : undefined) ?? native(value);
    };
  }, instead);

/** What the tab has kept of a chat. */
export const kept = (page: Page): Promise<string[]> =>
  page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('chat')));
