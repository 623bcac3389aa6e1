/** The API's reference: what developers do on it, its size, its place, and that nothing stands in anybody's way. */
import { gzipSync } from 'node:zlib';
import { ROUTES } from '../../src/api/routes';
import { barriers } from './pages/barriers';
import { DESKTOP, PHONE, type Tab } from './pages/tab';
import { startWorld, type World } from './pages/world';

const BUDGET_BYTES = 60_000;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

async function open(size: typeof PHONE, dark = false): Promise<Tab> {
  const tab = await world.open('/docs.html', { size, dark });
  await tab.page.getByText('/admin/create').first().waitFor();
  return tab;
}

test('loads within its budget, in its place, from this origin alone', async () => {
  const tab = await open(PHONE);
  const bodies = await Promise.all(tab.received.values());
  expect(bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)).toBeLessThan(BUDGET_BYTES);
  expect(
    [...tab.received.keys()].filter((url) => url.includes('://') && !url.startsWith(world.origin)),
  ).toEqual([]);
  expect(await tab.shifts()).toEqual([]);
  expect(await tab.faults()).toEqual([]);
});

test('shows every route, finds one by its words, and opens it by keyboard', async () => {
  const { page } = await open(DESKTOP);
  for (const { path } of ROUTES) await page.getByText(path, { exact: true }).first().waitFor();
  await page.getByLabel('Find an address').fill('post waiting leave');
  const found = page.getByRole('group');
  expect(await found.count()).toBe(1);
  await page.getByLabel('Find an address').press('Tab');
  await page.keyboard.press('Enter');
  await page.getByLabel('Example of a request, /user/leave-waiting-room').waitFor();
  await found.getByText('meeting_id', { exact: true }).first().waitFor();
  await page.getByLabel('Find an address').fill('no such words');
  await page.getByText('No address has these words.').waitFor();
});

test('an address among them has an address of its own, that a reload keeps', async () => {
  const tab = await open(DESKTOP);
  await tab.page.getByText('/calls/answer').first().click();
  await tab.page.getByText('The caller has hung up meanwhile.').waitFor();
  expect(tab.page.url()).toMatch(/#postCallsAnswer$/);
  await tab.page.reload();
  await tab.page.getByText('The caller has hung up meanwhile.').waitFor();
  expect(await tab.page.getByText('The caller has hung up meanwhile.').isVisible()).toBe(true);
});

test.each([
  ['light', false],
  ['dark', true],
] as const)('nothing stands in anybody’s way, %s, with everything open', async (_, dark) => {
  for (const size of [PHONE, DESKTOP]) {
    const tab = await open(size, dark);
    const { page } = tab;
    await page.getByLabel('Find an address').fill('calls');
    for (const address of await page.getByText(/^\/calls/).all()) await address.click();
    expect(await barriers(page)).toEqual([]);
    expect(await tab.overflow()).toBeLessThanOrEqual(0);
  }
});
