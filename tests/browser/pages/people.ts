/** What hosts and guests do on the pages, by the names that everybody can see or hear. */
import type { Page } from 'playwright-core';
import type { Ledger } from './ledger';
import type { Tab, TabOptions } from './tab';
import type { World } from './world';

/** Where meetings are held, whoever has started it. */
type Place = Pick<World, 'open'>;

/** Long enough for two busy cores. */
const PATIENCE_MS = 20_000;

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
  await page.getByLabel(admission === 'auto' ? 'Everybody with the link' : 'I let each guest in').check();
  await page.getByRole('button', { name: 'Start a meeting' }).click();
  await sees(page, 'Your meeting is ready');
  return { id: new URL(page.url()).hash.slice(1), host };
}

export async function joinAsHost({ host }: Meeting, name = 'Dr. Noor'): Promise<void> {
  await host.page.getByLabel('Your name').fill(name);
  await host.page.getByRole('button', { name: 'Join the meeting' }).click();
  await inRoom(host.page);
}

/** A guest opens the link and asks to join; what comes then depends on the meeting. */
export async function askToJoin(world: Place, id: string, name: string, options?: TabOptions): Promise<Tab> {
  const guest = await world.open(`/meeting.html#${id}`, options);
  await guest.page.getByLabel('Your name').fill(name);
  await guest.page.getByRole('button', { name: 'Ask to join' }).click();
  return guest;
}

/** Resolves when the view with this heading is shown. */
export const sees = (page: Page, heading: string | RegExp): Promise<void> =>
  page.getByRole('heading', { name: heading, level: 1 }).waitFor({ timeout: PATIENCE_MS });

export const inRoom = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Leave the meeting' }).waitFor({ timeout: PATIENCE_MS });

export const waits = (page: Page): Promise<void> => sees(page, 'You are in the waiting room');

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).click({ timeout: PATIENCE_MS });

/** Resolves when so many pictures of others have each shown ten frames more than now. */
export async function watches(page: Page, others: number): Promise<void> {
  const pictures = page.getByLabel(/^Picture of /);
  const frames = (): Promise<number[]> =>
    pictures.evaluateAll((all) =>
      (all as HTMLVideoElement[]).map((video) => video.getVideoPlaybackQuality().totalVideoFrames),
    );
  await until(async () => (await frames()).length === others, `${others} pictures`);
  const before = await frames();
  await until(async () => {
    const now = await frames();
    return now.length === others && now.every((count, index) => count >= (before[index] ?? 0) + 10);
  }, 'moving pictures');
}

/** Resolves when so many voices have been heard, and not only silence. */
export async function hears(page: Page, others: number): Promise<void> {
  await until(async () => {
    const energies = await page.evaluate(async () => {
      const { connections } = (window as unknown as { ledger: Ledger }).ledger;
      const reports = await Promise.all(connections.map((connection) => connection.getStats()));
      return reports.flatMap((report) =>
        [...report.values()]
          .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio')
          .map(({ totalAudioEnergy }) => Number(totalAudioEnergy)),
      );
    });
    return energies.filter((energy) => energy > 0).length >= others;
  }, 'voices');
}

/** Asks until it is so. */
export async function until(ask: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`no ${what} within ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
