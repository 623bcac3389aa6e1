/** What every page costs before anybody does anything: bytes, work for the processor, and nothing that moves. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import words from '../../src/assets/texts/en.json';
import { type Address, addresses } from './pages/addresses';
import { isCalm } from './pages/calm';
import { askToJoin, named, startMeeting, until } from './pages/people';
import { PHONE, SIZES, type Tab, type TabOptions } from './pages/tab';
import { startWorld, type World } from './pages/world';

/** Compressed, before any vendor's SDK. */
const BUDGET_BYTES = 60_000;
/** Of a script, as it is, in bytes. */
const LARGEST_OF_OURS = 50_000;
/**
 * Until a page is used, on a processor of a quarter of this one's speed. What is counted is the main thread's own
 * time, which is the same however busy this machine is; how long people wait is measured by `npm run bench -- pages`.
 */
const BUDGET_MS = 1_000;
const SLOWDOWN = 4;

let world: World;
let id: string;
beforeAll(async () => {
  world = await startWorld();
  const { text } = await world.call('/api/v1/meetings/create', {});
  id = (JSON.parse(text) as { meeting_id: string }).meeting_id;
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

/** Resolves when what the page is for can be pressed, and nothing more is loaded. */
async function arrived({ page }: Tab, control: string): Promise<void> {
  const point = named(page, 'button', control)
    .or(named(page, 'textbox', control))
    .first();
  await point.click({ trial: true });
  await page.waitForLoadState('networkidle');
}

/** @returns tells how long the page's main thread has worked so far, ms */
async function workOf(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
  };
}

/** What came so far: bytes, compressed, and vendors' SDKs, which are larger than anything of ours and not among them. */
async function loadOf({ received }: Tab): Promise<{ readonly bytes: number; readonly sdks: string[] }> {
  const bodies = await Promise.all([...received].map(async ([url, body]) => [url, await body] as const));
  expect(bodies.length).toBeGreaterThan(3);
  const isSdk = (url: string, body: Buffer): boolean =>
    new URL(url).pathname.endsWith('.js') && body.length > LARGEST_OF_OURS;
  return {
    bytes: bodies.reduce((sum, [url, body]) => sum + (isSdk(url, body) ? 0 : gzipSync(body).length), 0),
    sdks: bodies.flatMap(([url, body]) => (isSdk(url, body) ? [new URL(url).pathname] : [])),
  };
}

test.each(['en', 'de', 'ar'] as const)(
  'a host sees the meeting before any SDK has come, and little has come by then: %s',
  async (language) => {
    const { id } = await startMeeting(world, 'manual');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const tab = await world.open(`/host.html#${id}`, {
      size: PHONE,
      language,
      prepare: async (page) => {
        await page.route(/\/app\/lobby-/, (route) => held.then(() => route.continue()));
      },
    });
    await named(tab.page, 'button', 'Join the meeting').click({ trial: true });
    await until(
      () => Promise.resolve([...tab.received.keys()].some((url) => /\/app\/squares-/.test(url))),
      'QR code of the link',
    );
    const { bytes, sdks } = await loadOf(tab);
    process.stderr.write(`/host.html with a meeting, ${language}: ${bytes} bytes compressed\n`);
    expect(sdks).toEqual([]);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
    release();
    await askToJoin(world, id, 'Ann');
    await named(tab.page, 'button', 'Admit Ann').first().waitFor();
    await isCalm(tab);
  },
);

describe.each(addresses)('$path', ({ path, control }: Address) => {
  const open = async (options: TabOptions): Promise<Tab> => {
    const tab = await world.open(path.replace('{id}', id), options);
    await arrived(tab, control);
    return tab;
  };

  test('is light: few bytes, and little work', async () => {
    let work = (): Promise<number> => Promise.resolve(NaN);
    const prepare = async (page: Page): Promise<void> => void (work = await workOf(page));
    const tab = await open({ size: PHONE, prepare });
    const worked = await work();
    const { bytes, sdks } = await loadOf(tab);
    process.stderr.write(`${path}: ${bytes} bytes compressed, ${worked.toFixed(0)} ms of work\n`);
    expect(sdks).toEqual([]);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
    expect(SLOWDOWN * worked).toBeLessThan(BUDGET_MS);
  });

  test('is light in the language of the most bytes', async () => {
    const { bytes, sdks } = await loadOf(await open({ size: PHONE, language: 'ar' }));
    process.stderr.write(`${path}, in Arabic: ${bytes} bytes compressed\n`);
    expect(sdks).toEqual([]);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
  });

  test.each(SIZES)('stays in its place on a %s', async (_, size) => {
    await isCalm(await open({ size }));
  });
});

test('the start page says what it is before any script has run', async () => {
  const html = await (await fetch(`${world.origin}/`)).text();
  expect(html).toContain(`<h1>${words['home.title']}</h1>`);
  expect(html).not.toContain('{{');
  expect(html).not.toMatch(/'unsafe-(?:inline|eval)'/);
});
