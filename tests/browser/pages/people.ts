/** What hosts and guests do on the pages, by the names that everybody can see or hear. */
import type { Locator, Page } from 'playwright-core';
import { heardIn, shownIn } from './frames';
import type { Line } from './line';
import { isTouched, type Tab, type TabOptions } from './tab';
import { inWordsOf } from './words';
import type { World } from './world';
import { PATIENCE_MS } from './patience';

/** Where meetings are held, whoever has started it. */
type Place = Pick<World, 'open'>;

/** Long enough for two busy cores. */

export interface Meeting {
  readonly id: string;
  readonly host: Tab;
}

/** A host starts a meeting on the start page, and is on the page before the call. */
export async function startMeeting(
  world: Place,
  admission: 'auto' | 'manual',
  options?: TabOptions,
): Promise<Meeting> {
  const host = await world.open('/', options);
  const { page } = host;
  await field(page, admission === 'auto' ? 'Everybody with the link' : 'I let each guest in').check();
  await press(page, 'Start a meeting');
  await sees(page, 'Your meeting is ready');
  return { id: new URL(page.url()).hash.slice(1), host };
}

export async function joinAsHost({ host }: Meeting, name = 'Dr. Noor'): Promise<void> {
  const own = field(host.page, 'Your name (shown to guests)');
  await own.fill(name);
  // By the keyboard, as a phone's has it: a knock that comes at this moment lies over the button.
  await own.press('Enter');
  await inRoom(host.page);
}

/** A guest opens the link and asks to join; what comes then depends on the meeting. */
export async function askToJoin(world: Place, id: string, name: string, options?: TabOptions): Promise<Tab> {
  const guest = await world.open(`/meeting.html#${id}`, options);
  await field(guest.page, 'Your name').fill(name);
  await press(guest.page, 'Ask to join');
  return guest;
}

/** Resolves when the view with this heading is shown. */
export const sees = (page: Page, heading: string | RegExp): Promise<void> =>
  page.getByRole('heading', { name: inWordsOf(page, heading), level: 1 }).waitFor();

export const inRoom = (page: Page): Promise<void> => named(page, 'button', 'Leave the meeting').waitFor();

/** What is called so in the language of the tab, and plays this part. */
export const named = (within: Page | Locator, role: Role, name: string | RegExp): Locator =>
  within.getByRole(role, { name: inWordsOf(pageOf(within), name) });

export const field = (page: Page, label: string): Locator => page.getByLabel(inWordsOf(page, label));

type Role = Parameters<Page['getByRole']>[0];

const pageOf = (within: Page | Locator): Page => ('page' in within ? within.page() : within);

export const waits = (page: Page): Promise<void> => sees(page, 'You are in the waiting room');

/** With the finger or the mouse, as the tab is used. A name that is a string may be the beginning of a longer one. */
export async function press(within: Page | Locator, name: string | RegExp): Promise<void> {
  await touch(named(within, 'button', name));
}

async function touch(what: Locator): Promise<void> {
  await (isTouched(what.page()) ? what.tap() : what.click());
}

/** Says yes in the dialog that asks, which may be in another. */
export const confirm = (page: Page, name: string): Promise<void> =>
  press(page.getByRole('dialog').last(), name);

/** On a desktop the people are shown from the start; elsewhere they are opened when they are wanted. */
export async function openPeople(page: Page): Promise<void> {
  const people = named(page, 'list', 'In the meeting').nth(1);
  if (await people.isVisible()) return;
  await touch(named(page, 'button', 'Show people').or(named(page, 'button', 'People, 1 waiting')));
  await people.waitFor();
}

/** Where a panel lies over the call, it has to be closed before anything below can be pressed. */
export async function closePanel(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog');
  if (await sheet.isVisible()) await press(sheet, 'Close');
}

/** Somebody's place among the tiles, or a screen's. */
export const tileOf = (page: Page, name: string | RegExp): Locator =>
  named(page, 'list', 'In the meeting').first().getByRole('listitem').filter({ hasText: name });

/** The browser asks nobody which window to show: it is a canvas on which something moves. */
export async function shareScreen(page: Page): Promise<void> {
  await page.evaluate(() => {
    navigator.mediaDevices.getDisplayMedia = () => {
      const canvas = document.createElement('canvas');
      setInterval(() => canvas.getContext('2d')?.fillRect(Math.random() * 100, 0, 1, 1), 50);
      return Promise.resolve(canvas.captureStream(10));
    };
  });
  await choose(page, 'Share your screen');
}

/** By its button in the bar; where there is none, in the menu of what has no room there. */
export async function choose(page: Page, name: string): Promise<void> {
  const button = named(page, 'button', name);
  if (await button.isVisible()) return touch(button);
  await press(page, 'More options');
  await touch(named(page, 'menuitem', name));
}

/** Cuts the line of somebody in a call for so long, and resolves when the page says that it is connected again. */
export async function goOnWithoutNetwork(page: Page, line: Line, ms: number): Promise<void> {
  line.cut();
  await page.getByText('The connection is interrupted. Connecting again.').first().waitFor();
  await new Promise((resolve) => setTimeout(resolve, ms));
  line.mend();
  await page.getByText('You are connected again.').waitFor({ state: 'attached' });
}

/** Resolves when this is what screen readers were told last. */
export const tells = (page: Page, words: string): Promise<void> =>
  page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' });

/** What the page says over everything else, about what has just happened. */
export const message = (page: Page): Locator => named(page, 'group', 'Message');

/** Whether one can be reached, and as whom. */
export const ownLine = (page: Page): Locator => named(page, 'group', 'Your connection');

/** Resolves when so many pictures of others have each shown ten frames more than now. */
export async function watches(page: Page, others: number): Promise<void> {
  const frames = (): Promise<number[]> => shownIn(field(page, 'Picture of *'));
  await until(async () => (await frames()).length === others, `${others} pictures`);
  const before = await frames();
  await until(async () => {
    const now = await frames();
    return now.length === others && now.every((count, index) => count >= (before[index] ?? 0) + 10);
  }, 'moving pictures');
}

/** Resolves when so many voices have been heard, and not only silence. */
export async function hears(page: Page, others: number): Promise<void> {
  await until(
    async () => (await heardIn(page)).filter((energy) => energy > 0).length >= others,
    `${others} voices`,
  );
}

/** Asks until it is so. */
export async function until(ask: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`no ${what} within ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
