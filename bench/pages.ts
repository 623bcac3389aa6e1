/** From opening a page to being able to use it, on a processor of a quarter of this one's speed, against a second. */
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { buildProject, type Build } from '../scripts/build/project';
import { type Address, addresses } from '../tests/browser/pages/addresses';
import { launchChromium } from '../tests/support/chromium';
import { startChild } from './child';
import { missingChromium } from './chromium';
import type { LocalStackCalls } from './processes/local-stack';
import type { Comparison, Part } from './report';
import { median } from './statistics';

/** Beyond this people lose the thread, says Jakob Nielsen ("Response Times: The 3 Important Limits"). */
const LIMIT_MS = 1_000;
const SLOWDOWN = 4;
const ROUNDS = 7;
/** A page is usable when nothing has kept its main thread for as long after what people came for was drawn. */
const QUIET_MS = 300;
const TITLE = 'Pages, from opening to use';

export async function pages({ folder }: Build): Promise<Part> {
  const missing = missingChromium();
  if (missing !== undefined) return { title: TITLE, method: missing, comparisons: [] };
  const build = await buildProject(process.cwd(), join(dirname(folder), 'opened'), { compact: true });
  const stack = startChild<LocalStackCalls>(require.resolve('./processes/local-stack.ts'));
  let browser: Browser | undefined;
  try {
    const { frontPort } = await stack.call('start', { build, paths: [] });
    browser = await launchChromium();
    const comparisons: Comparison[] = [];
    for (const address of addresses) {
      // Whoever has a link to a meeting: this one is of none, and the page says so.
      const path = address.path.replace('{id}', 'abc-defg-hij');
      const control = path === address.path ? address.control : undefined;
      const times: number[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const time = await usableAfter(browser, `http://localhost:${frontPort}${path}`, control);
        // The first one warms up what is not the page: the server's caches, the browser's processes.
        if (round > 0) times.push(time);
      }
      comparisons.push(compared(address, median(times)));
    }
    return {
      title: TITLE,
      method:
        `median of ${ROUNDS}, each in a fresh context with an empty cache, processor slowed down ${SLOWDOWN} times: ` +
        'until what the page is for is drawn and the main thread is free',
      comparisons,
    };
  } finally {
    await Promise.all([browser?.close(), stack.end()]);
  }
}

const compared = ({ path }: Address, ours: number): Comparison => ({
  name: path,
  unit: 'ms',
  ours,
  peer: { name: 'a second', value: LIMIT_MS },
  goal: { text: `<= ${LIMIT_MS} ms`, met: ours <= LIMIT_MS },
});

/** @param control the name of what people came for; undefined: the page's heading */
async function usableAfter(browser: Browser, url: string, control: string | undefined): Promise<number> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await page.addInitScript({ content: STOPWATCH });
    await page.goto(url, { waitUntil: 'commit' });
    const point = control
      ? page.getByRole('button', { name: control }).or(page.getByRole('textbox', { name: control }))
      : page.getByRole('heading', { level: 1 });
    await point.first().waitFor();
    return await page.evaluate<number>(`usable(${JSON.stringify(control ?? '')}, ${QUIET_MS})`);
  } finally {
    await context.close();
  }
}

/** What the page said in each frame that changed it, and every task that kept the main thread for 50 ms or more. */
const STOPWATCH = `
const frames = [];
const tasks = [];
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) tasks.push([startTime, startTime + duration]);
}).observe({ type: 'longtask', buffered: true });
new MutationObserver(() =>
  requestAnimationFrame(() => frames.push([performance.now(), document.body?.textContent ?? ''])),
).observe(document, { childList: true, subtree: true });
window.usable = async (control, quiet) => {
  await new Promise((resolve) => setTimeout(resolve, quiet * 4));
  // By then a heading is the one that stays.
  const words = control || document.querySelector('h1').textContent;
  const [drawn] = frames.find(([, said]) => said.includes(words)) ?? [performance.now()];
  return tasks.reduce((free, [from, to]) => (to > free && from - free < quiet ? to : free), drawn);
};
`;
