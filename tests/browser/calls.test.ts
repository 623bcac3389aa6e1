/** The page for calls that ring, as `npm start` runs it beside an installed livekit-server: people call each other. */
import { BUILD_MS } from '../real/installed-livekit-server';
import { goOnline, rings } from './pages/callers';
import { type InstalledWorld, startInstalledWorld } from './pages/installed-world';
import { hears, press, sees, watches } from './pages/people';
import { PHONE, type Tab } from './pages/tab';

/** Short enough to wait for, long enough for two busy cores to answer in. */
const RING_SECONDS = 12;

let world: InstalledWorld;
beforeAll(async () => {
  world = await startInstalledWorld({ RING_TIMEOUT_SECONDS: String(RING_SECONDS) });
}, BUILD_MS);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

const clean = async (...tabs: readonly Tab[]): Promise<void> => {
  for (const tab of tabs) {
    expect(await tab.faults()).toEqual([]);
    expect(await tab.shifts()).toEqual([]);
  }
};

const inCall = ({ page }: Tab): Promise<void> =>
  page.getByRole('toolbar').getByRole('button', { name: 'Hang up' }).waitFor({ timeout: 20_000 });

const says = ({ page }: Tab, words: string | RegExp): Promise<void> =>
  page.locator('.toast').getByText(words).waitFor({ timeout: 20_000 });

test('two who are online see each other, one calls, and both see and hear each other until one hangs up', async () => {
  const ann = await goOnline(world, 'Ann', { size: PHONE, place: 'Nairobi' });
  const ben = await goOnline(world, 'Ben');
  await ben.page.getByText('Nairobi').first().waitFor();
  await press(ann.page, 'Call Ben');
  await sees(ann.page, 'Calling Ben');
  await rings(ben.page, 'Ann');
  expect(await ben.page.title()).toContain('Ann is calling');
  await press(ben.page, 'Accept');
  await Promise.all([inCall(ann), inCall(ben)]);
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await Promise.all([hears(ann.page, 1), hears(ben.page, 1)]);
  await ann.page.getByText('Ben', { exact: true }).first().waitFor();
  await press(ben.page, 'Hang up');
  await says(ann, 'The call with Ben has ended.');
  await sees(ben.page, 'Call somebody');
  await clean(ann, ben);
});
