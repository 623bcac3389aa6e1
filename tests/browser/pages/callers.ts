/** What people who call each other do on the page for calls, by the names that everybody can see or hear. */
import type { Page } from 'playwright-core';
import { field, message, named, ownLine, press } from './people';
import type { Tab, TabOptions } from './tab';
import { inWordsOf } from './words';
import type { World } from './world';

const callsPage = '/calls.html';

export interface CallerOptions extends TabOptions {
  readonly place?: string;
}

/** Somebody gives a name, and is online. */
export async function goOnline(
  world: Pick<World, 'open'>,
  name: string,
  { place = '', ...options }: CallerOptions = {},
): Promise<Tab> {
  const tab = await world.open(callsPage, {
    ...options,
    prepare: async (page) => {
      await page.addInitScript(countNotes);
      await options.prepare?.(page);
    },
  });
  const { page } = tab;
  await field(page, 'Your name').fill(name);
  await field(page, 'Your place (optional)').fill(place);
  await press(page, 'Go online');
  await isOnline(page);
  return tab;
}

export const isOnline = (page: Page): Promise<void> =>
  ownLine(page).getByText(inWordsOf(page, 'You are online as *.')).waitFor();

/** Resolves when it rings. */
export const rings = (page: Page, caller: string): Promise<void> =>
  named(page, 'alertdialog', `${caller} is calling`).waitFor();

/** Another device of the same person: what the first one's browser keeps, a second one has as well. */
export async function secondDevice(
  world: Pick<World, 'open'>,
  first: Tab,
  options: TabOptions = {},
): Promise<Tab> {
  const me = await first.page.evaluate(() => localStorage.getItem('foyer.me') ?? '');
  const tab = await world.open(callsPage, {
    ...options,
    prepare: async (page) => {
      await page.addInitScript((kept) => localStorage.setItem('foyer.me', kept), me);
    },
  });
  await isOnline(tab.page);
  return tab;
}

export const ringsNoMore = (page: Page): Promise<void> =>
  page.getByRole('alertdialog').waitFor({ state: 'detached' });

export const inCall = ({ page }: Tab): Promise<void> =>
  named(page.getByRole('toolbar'), 'button', 'Hang up').waitFor();

/** Resolves when the page says so of the last call. */
export const says = ({ page }: Tab, words: string | RegExp): Promise<void> =>
  message(page).getByText(inWordsOf(page, words)).waitFor();

/** How many notes this page has let sound so far. */
export const notes = ({ page }: Tab): Promise<number> =>
  page.evaluate(() => (window as unknown as { notes: number }).notes);

function countNotes(): void {
  const counted = window as unknown as { notes: number };
  counted.notes = 0;
  const native: unknown = Object.getOwnPropertyDescriptor(AudioScheduledSourceNode.prototype, 'start')?.value;
  AudioScheduledSourceNode.prototype.start = function noted(when?: number) {
    counted.notes += 1;
    Reflect.apply(native as (when?: number) => void, this, [when]);
  };
}

/** Before the page is opened: its address speaks no WebSocket, as that of functions alone. */
export const withoutGateway = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    window.WebSocket = class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        const url = new URL(address);
        if (url.pathname === '/') url.pathname = '/no-gateway';
        super(url, protocols);
      }
    };
  });
};

/** Before the page is opened: while `fate.isDead` nothing comes through its gateway's socket, and nobody is told. */
export const socketThatMayDie = (page: Page, fate: { readonly isDead: boolean }): Promise<void> =>
  page.routeWebSocket(
    ({ pathname }) => pathname === '/',
    (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        if (!fate.isDead) socket.send(message);
      });
    },
  );
