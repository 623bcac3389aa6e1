/** From the host's "Admit" to the guest's first picture of the host, on our pages, against the SDK on a bare page. */
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { buildProject, type Build } from '../scripts/build/project';
import { launchChromium } from '../tests/support/chromium';
import { hostOnBarePage, serveBarePage } from './bare-page';
import { startChild } from './child';
import { missingChromium } from './chromium';
import { hostOnOurPages, type Steps } from './meeting-pages';
import type { LocalStackCalls } from './processes/local-stack';
import type { Part } from './report';
import { median } from './statistics';

const GOAL = 1.5;
const WARM_UP = 1;
const ROUNDS = 9;
const TITLE = 'Admitted guest sees the host';

export async function firstFrame({ folder }: Build): Promise<Part> {
  const missing = missingChromium();
  if (missing !== undefined) return { title: TITLE, method: missing, comparisons: [] };
  const build = await buildProject(process.cwd(), join(dirname(folder), 'pages'), { compact: true });
  const bare = await serveBarePage();
  const stack = startChild<LocalStackCalls>(require.resolve('./processes/local-stack.ts'));
  let browser: Browser | undefined;
  try {
    const { frontPort } = await stack.call('start', { build, paths: [] });
    const origin = `http://localhost:${frontPort}`;
    browser = await launchChromium();
    const admitted = await hostOnOurPages(browser, origin);
    const connected = await hostOnBarePage(browser, origin, bare.url);
    const ours: Steps[] = [];
    const peer: number[] = [];
    for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
      const [steps, alone] = [await admitted(), await connected()];
      if (round < WARM_UP) continue;
      ours.push(steps);
      peer.push(alone);
    }
    return report(ours, median(peer));
  } finally {
    bare.close();
    await Promise.all([browser?.close(), stack.end()]);
  }
}

function report(rounds: readonly Steps[], alone: number): Part {
  const middle = (of: (steps: Steps) => number): number => median(rounds.map(of));
  const whole = middle(({ decision, token, code, picture }) => decision + token + code + picture);
  const shown = (step: keyof Steps): string => `${middle((steps) => steps[step]).toFixed(0)} ms`;
  const peer = { name: 'SDK on a bare page, connect to first frame', value: alone };
  return {
    title: TITLE,
    method:
      `${ROUNDS} rounds in turn, every guest in a fresh tab; ours is ${shown('decision')} admit and Sync event, ` +
      `${shown('token')} /user/join, ${shown('code')} fetching the SDK, ${shown('picture')} from there on`,
    comparisons: [
      {
        name: 'admit to first frame',
        unit: 'ms',
        ours: whole,
        peer,
        goal: { text: `<= ${GOAL} x`, met: whole <= GOAL * alone },
      },
      { name: '… once token and SDK are there', unit: 'ms', ours: middle(({ picture }) => picture), peer },
    ],
  };
}
