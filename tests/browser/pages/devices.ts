/** What people do in the settings of their devices. */
import type { Locator, Page } from 'playwright-core';
import { shownIn } from './frames';
import { askToJoin, choose, inRoom, joinAsHost, named, startMeeting, until, watches } from './people';
import type { Tab, TabOptions } from './tab';
import type { World } from './world';

/** Ann is in a call with the host, who sees her. */
export async function callWithAnn(world: World, options: TabOptions = {}): Promise<{ ann: Tab; host: Page }> {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const ann = await askToJoin(world, meeting.id, 'Ann', options);
  await inRoom(ann.page);
  await watches(meeting.host.page, 1);
  return { ann, host: meeting.host.page };
}

/** In a call. @returns their dialog */
export async function openDeviceSettings(page: Page): Promise<Locator> {
  await choose(page, 'Camera, microphone and sound');
  const dialog = named(page, 'dialog', 'Camera, microphone and sound');
  await dialog.waitFor();
  return dialog;
}

export const deviceList = (page: Page, label: string): Locator =>
  page.getByRole('combobox', { name: label, exact: true });

export async function chooseDevice(
  page: Page,
  label: string,
  option: string | { index: number },
): Promise<void> {
  await deviceList(page, label).selectOption(typeof option === 'string' ? { label: option } : option);
}

/** Resolves when Ann's picture moves, however often what is sent of her has been exchanged: counts begin anew then. */
export async function seesAnnMove(host: Page): Promise<void> {
  const shown = async (): Promise<number> => (await shownIn(host.getByLabel(/^Picture of /)))[0] ?? 0;
  let before = Infinity;
  await until(async () => {
    const now = await shown();
    const moves = now >= before + 3;
    before = now;
    await host.waitForTimeout(1_000);
    return moves;
  }, 'moving picture of Ann');
}
