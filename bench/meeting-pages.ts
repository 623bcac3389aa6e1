/** Our own pages as people use them: a host in the room, and guests who wait until they are let in. */
import type { Browser, Page } from 'playwright-core';
import { ask } from './ask';
import { firstFrameIn, openTab } from './chromium';

/** A guest's page is at rest when its watch on the waiting room stands and has been silent for so long. */
const REST_MS = 300;

/** From "Admit" to the guest's first picture, in milliseconds, each from the end of the one before. */
export interface Steps {
  /** The host's request, and the event that tells the guest's page. */
  readonly decision: number;
  /** The guest's request for a token. */
  readonly token: number;
  /** Until the last byte of the SDK's code is there. */
  readonly code: number;
  /** Running that code, connecting, and the picture's way. */
  readonly picture: number;
}

/** @returns lets another guest in, each time it is called */
export async function hostOnOurPages(browser: Browser, origin: string): Promise<() => Promise<Steps>> {
  const { meeting_id: id } = await ask<{ meeting_id: number }>(origin, '/admin/create', {
    admission: 'manual',
  });
  const host = await openTab(browser, `${origin}/host.html#${id}`);
  await host.getByRole('button', { name: 'Join the meeting' }).click();
  await host.getByRole('button', { name: 'Leave the meeting' }).waitFor();
  let guests = 0;
  return async () => {
    const name = `Guest ${(guests += 1)}`;
    const guest = await openTab(browser, `${origin}/meeting.html#${id}`);
    await Promise.all([rest(guest), askToJoin(guest, name)]);
    const begun = await admit(host, name);
    const seen = await firstFrameIn(guest);
    const steps = await stepsIn(guest, begun, seen);
    await guest.getByRole('button', { name: 'Leave the meeting' }).click();
    await guest.context().close();
    return steps;
  };
}

async function askToJoin(guest: Page, name: string): Promise<void> {
  await guest.getByLabel('Your name').fill(name);
  await guest.getByRole('button', { name: 'Ask to join' }).click();
}

async function rest(guest: Page): Promise<void> {
  const socket = await guest.waitForEvent('websocket', (one) => one.url().includes('/v3/wsconnect'));
  await new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    socket.on('framereceived', () => {
      clearTimeout(timer);
      timer = setTimeout(resolve, REST_MS);
    });
    socket.on('close', () => resolve());
  });
}

/** @returns when the button was pressed */
async function admit(host: Page, name: string): Promise<number> {
  const button = host.getByRole('button', { name: `Admit ${name}`, exact: true }).first();
  return button.evaluate((element: { click(): void }) => {
    const now = performance.timeOrigin + performance.now();
    element.click();
    return now;
  });
}

/** Read off the page's own list of what it fetched, and when. */
async function stepsIn(guest: Page, begun: number, seen: number): Promise<Steps> {
  const fetched = await guest.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => ({
      path: new URL(entry.name).pathname,
      from: performance.timeOrigin + entry.startTime,
      to: performance.timeOrigin + entry.startTime + entry.duration,
    })),
  );
  const joining = fetched.find(({ path }) => path === '/user/join');
  if (!joining) throw new Error('the guest has not asked for a token');
  const scripts = fetched.filter(({ path }) => path.endsWith('.js')).map(({ to }) => to);
  const ready = Math.max(joining.to, ...scripts);
  return {
    decision: joining.from - begun,
    token: joining.to - joining.from,
    code: ready - joining.to,
    picture: seen - ready,
  };
}
