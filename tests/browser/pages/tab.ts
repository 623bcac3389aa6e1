/** One browser tab that keeps account of everything a page must not do. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { installLedger, type Ledger } from './ledger';
import { type Language, readsIn } from './words';
import { PATIENCE_MS } from './patience';

export interface Size {
  readonly width: number;
  readonly height: number;
  /** Fingers instead of a mouse. */
  readonly touch?: boolean;
}

export const PHONE: Size = { width: 390, height: 844, touch: true };
export const TABLET: Size = { width: 820, height: 1180, touch: true };
export const DESKTOP: Size = { width: 1366, height: 850 };

/** What every flow is tried on. */
export const SIZES = [
  ['phone', PHONE],
  ['tablet', TABLET],
  ['desktop', DESKTOP],
] as const;

export interface TabOptions {
  readonly size?: Size;
  readonly dark?: boolean;
  /** Pixels of the screen by one of the page's, in each direction. */
  readonly scale?: number;
  /** As the browser prefers it. */
  readonly language?: Language;
  /** Colours of the reader's own in place of the pages'. */
  readonly forcedColors?: boolean;
  /** The error by which the browser refuses each device, such as `NotAllowedError`. */
  readonly refuse?: Readonly<Partial<Record<'video' | 'audio', string>>>;
  /** Where the page comes from, if not from the world's own address. */
  readonly origin?: string;
  /** Before the page is opened. */
  readonly prepare?: (page: Page) => Promise<void>;
}

export interface Tab {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page did that no page of ours may do: errors, violations of the policy, strangers, secrets told. */
  faults(): Promise<string[]>;
  /** What has moved by itself so far. */
  shifts(): Promise<string[]>;
  /** What goes on moving: animations that do not end, though the reader wants none. */
  moving(): Promise<string[]>;
  /** By how many pixels the page is wider than its window. */
  overflow(): Promise<number>;
  /** What came over the network, by URL. */
  readonly received: ReadonlyMap<string, Promise<Buffer>>;
  close(): Promise<void>;
}

const touched = new WeakSet<Page>();

/** Whether fingers use this page. */
export const isTouched = (page: Page): boolean => touched.has(page);

export async function openTab(browser: Browser, url: string, options: TabOptions): Promise<Tab> {
  const { touch = false, ...viewport } = options.size ?? DESKTOP;
  const context = await browser.newContext({
    viewport,
    hasTouch: touch,
    isMobile: touch,
    deviceScaleFactor: options.scale ?? 1,
    colorScheme: options.dark ? 'dark' : 'light',
    forcedColors: options.forcedColors ? 'active' : 'none',
    locale: options.language ?? 'en',
    // Whatever moves by itself would make the tests wait for it.
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  // What runs in pages may come through tsx, which names functions by a helper of its own.
  await context.addInitScript('globalThis.__name ??= (named) => named');
  const page = await context.newPage();
  if (touch) touched.add(page);
  if (options.language) readsIn(page, options.language);
  const faults: string[] = [];
  const received = new Map<string, Promise<Buffer>>();
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const words = message.text();
    // The browser's own note names the address, in which LiveKit wants the token.
    const isLiveKits = /^WebSocket connection to '[^']+\/rtc(?:\/v1)?\?/.test(words);
    if (/eyJ[\w-]{10}|WyJ[\w-]{10}/.test(words) && !isLiveKits) {
      faults.push('a token or a ticket in the console');
    }
    // The browser's own note on an answer or a network that the page deals with.
    if (message.type() === 'error' && !/^Failed to load resource|WebSocket connection to/.test(words)) {
      faults.push(`console: ${words}`);
    }
  });
  page.on('request', (request) => {
    const asked = request.url();
    if (new URL(asked).origin !== new URL(url).origin && !/^(?:data|blob):/.test(asked)) {
      faults.push(`a stranger is asked: ${asked}`);
    }
    // LiveKit's own address to ask why a socket was refused takes the token in no other way.
    // The route of that name is asked by POST.
    if (
      /eyJ[\w-]{10}|WyJ[\w-]{10}|token|identity/.test(asked.replace(/\/token$/, '')) &&
      !/\/rtc\/(?:v1\/)?validate\?/.test(asked)
    ) {
      faults.push('a secret in an address');
    }
  });
  page.on('response', (response) => {
    received.set(
      response.url(),
      response.body().catch(() => Buffer.alloc(0)),
    );
  });
  await page.addInitScript(installLedger, { refuse: options.refuse ?? {} });
  await options.prepare?.(page);
  await page.goto(url);
  const ledger = <Key extends keyof Ledger>(key: Key): Promise<Ledger[Key]> =>
    page.evaluate((name) => (window as unknown as { ledger: Ledger }).ledger[name as Key], key);
  return {
    page,
    context,
    received,
    faults: async () => [...faults, ...(await ledger('violations'))],
    shifts: () => ledger('shifts'),
    moving: () =>
      page.evaluate(() =>
        document
          .getAnimations()
          .filter(({ playState }) => playState === 'running')
          .filter(({ effect }) => effect?.getComputedTiming().endTime === Infinity)
          .map(({ id, effect }) => id || String((effect as KeyframeEffect).target?.outerHTML.slice(0, 80))),
      ),
    overflow: () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    close: () => context.close(),
  };
}
