/** What people do on the page for rooms, by the names that everybody can see or hear. */
import type { Locator, Page } from 'playwright-core';
import { field, named, press, sees } from './people';
import type { Tab, TabOptions } from './tab';
import { inWordsOf } from './words';
import type { World } from './world';
import { PATIENCE_MS } from './patience';

/** Long enough for two busy cores. */

type Place = Pick<World, 'open'>;

export const roomsPage = '/rooms.html';

/** Somebody looks at the list, whose counts come by themselves from now on. */
export async function atTheList(world: Place, options?: TabOptions): Promise<Tab> {
  const tab = await world.open(roomsPage, options);
  await isLive(tab.page);
  return tab;
}

export const isLive = (page: Page): Promise<void> =>
  page.getByText(inWordsOf(page, 'Live'), { exact: true }).waitFor();

export async function createRoom({ page }: Tab, name: string): Promise<void> {
  await field(page, 'Name of the room').fill(name);
  await press(page, 'Create the room');
  await entry(page, name).waitFor();
}

const entry = (page: Page, name: string): Locator =>
  named(page, 'list', 'All rooms').getByRole('listitem').filter({ hasText: name });

/** Resolves when the list says so of the room. @param within ms */
export const counts = (page: Page, room: string, words: string, within = PATIENCE_MS): Promise<void> =>
  entry(page, room).getByText(words, { exact: true }).waitFor({ state: 'attached', timeout: within });

/** From the list, with a name that was never given before. */
export async function joinRoom({ page }: Tab, room: string, name: string): Promise<void> {
  await page.getByRole('button', { name: inWordsOf(page, `Join ${room}`), exact: true }).click();
  await sees(page, 'Who is joining?');
  await field(page, 'Your name').fill(name);
  await press(page, 'Continue');
}

/** Resolves when somebody is in the call that a room is. */
export const isPresent = (page: Page): Promise<void> =>
  named(page.getByRole('toolbar'), 'button', 'Leave the room').waitFor();

/** With a name, past the mirror, and in. */
export async function goIn({ page }: Tab): Promise<void> {
  await sees(page, 'Ready to join?');
  await press(page, 'Join now');
  await isPresent(page);
}

/** By the list and the mirror into the call. */
export async function meetIn(tab: Tab, room: string, name: string): Promise<void> {
  await joinRoom(tab, room, name);
  await goIn(tab);
}
