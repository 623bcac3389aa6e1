/** What every page costs before anybody does anything: bytes, work for the processor, and nothing that moves. */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import words from '../../src/assets/texts/en.json';
import { type Address, addresses } from './pages/addresses';
import { isCalm } from './pages/calm';
import { named } from './pages/people';
import { PHONE, SIZES, type Tab, type TabOptions } from './pages/tab';
import { startWorld, type World } from './pages/world';

/** Compressed, before any vendor's SDK. */
const BUDGET_BYTES = 60_000;
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
}, 60_000);
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
    const bodies = await Promise.all(tab.received.values());
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    process.stderr.write(`${path}: ${bytes} bytes compressed, ${worked.toFixed(0)} ms of work\n`);
    expect(bodies.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
    // No vendor's SDK is among them.
    const scripts = [...tab.received].filter(([url]) => new URL(url).pathname.endsWith('.js'));
    const lengths = await Promise.all(scripts.map(async ([, body]) => (await body).length));
    expect(Math.max(...lengths)).toBeLessThan(50_000);
    expect(SLOWDOWN * worked).toBeLessThan(BUDGET_MS);
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
