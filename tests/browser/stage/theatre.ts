/** Opens the page of the stage, bundled from its source, in a real Chromium. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Browser } from 'playwright-core';
import { languagesIn } from '../../../scripts/build/languages';
import { launchChromium } from '../../support/chromium';
import { openTab, type Tab, type TabOptions } from '../pages/tab';
import type { Puppeteer, Somebody } from './page';

const ROOT = join(__dirname, '../../..');

export interface Theatre {
  readonly origin: string;
  open(options?: TabOptions & { readonly path?: string }): Promise<Tab>;
  closeTabs(): Promise<void>;
  close(): Promise<void>;
}

export async function openTheatre(): Promise<Theatre> {
  const files = await bundle();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://here').pathname;
    const [type, content] = files[path] ?? ['text/plain', ''];
    response.writeHead(content === '' ? 404 : 200, { 'content-type': type }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  return over(browser, server);
}

function over(browser: Browser, server: Server): Theatre {
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const tabs: Tab[] = [];
  const closeTabs = async (): Promise<void> => {
    await Promise.all(tabs.splice(0).map((tab) => tab.close()));
  };
  return {
    origin,
    async open({ path = '/', ...options } = {}) {
      const tab = await openTab(browser, `${origin}${path}`, options);
      tabs.push(tab);
      await tab.page.getByRole('toolbar').waitFor();
      return tab;
    },
    closeTabs,
    async close() {
      await closeTabs();
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundle(): Promise<Readonly<Record<string, readonly [type: string, content: string]>>> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: {
      page: 'tests/browser/stage/page.tsx',
      style: 'src/assets/design/site.css',
      stage: 'src/assets/room/stage.css',
    },
    outdir: 'nowhere',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'chrome120',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
    // Of nobody in particular.
    define: { BRAND: JSON.stringify('{}') },
    plugins: [inAllWords],
  });
  const html = (language: string, direction: string): string =>
    `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Stage</title>' +
    '<link rel="stylesheet" href="/style.css"><link rel="stylesheet" href="/stage.css"><script type="module" src="/page.js"></script></head>' +
    '<body><div id="app"></div><div id="status" class="unseen" role="status"></div>' +
    '<div id="alerts" class="unseen" role="alert"></div></body></html>';
  return {
    '/': ['text/html', html('en', 'ltr')],
    '/ar': ['text/html', html('ar', 'rtl')],
    ...Object.fromEntries(
      outputFiles.map(({ path, text }) => [
        `/${basename(path)}`,
        [path.endsWith('.css') ? 'text/css' : 'text/javascript', text] as const,
      ]),
    ),
  };
}

/** What is not translated yet is read in English, as the product's build has it. */
const inAllWords: Plugin = {
  name: 'in-all-words',
  setup: (bundler) => {
    const languages = languagesIn(join(ROOT, 'src/assets'), undefined);
    bundler.onLoad({ filter: /[\\/]texts[\\/](?:en|de|ar)\.json$/ }, ({ path }) => ({
      contents: JSON.stringify(languages.get(basename(path, '.json'))?.words ?? {}),
      loader: 'json',
    }));
  },
};

interface Staged {
  readonly puppeteer: Puppeteer;
}

export const show = ({ page }: Tab, everybody: readonly Somebody[]): Promise<void> =>
  page.evaluate((all) => (window as unknown as Staged).puppeteer.show(all), everybody);

export const speak = ({ page }: Tab, id: string | undefined): Promise<void> =>
  page.evaluate((one) => (window as unknown as Staged).puppeteer.speak(one), id);

export const connect = ({ page }: Tab, state: 'connected' | 'reconnecting'): Promise<void> =>
  page.evaluate((now) => (window as unknown as Staged).puppeteer.connect(now), state);

/** What somebody sends to everybody. */
export const say = ({ page }: Tab, from: string, words: string): Promise<void> =>
  page.evaluate(
    ([who = '', what = '']) => (window as unknown as Staged).puppeteer.say(who, what),
    [from, words],
  );

/** What one has sent to everybody. */
export const sent = ({ page }: Tab): Promise<readonly string[]> =>
  page.evaluate(() => (window as unknown as Staged).puppeteer.sent);

export const end = ({ page }: Tab): Promise<void> =>
  page.evaluate(() => (window as unknown as Staged).puppeteer.end());

const NAMES = [
  'Ann',
  'Ben',
  'Chloé',
  'Dmitri',
  'Esra',
  'Farid',
  'Grace',
  'Hanna',
  'Ivo',
  'Jun',
  'Kemal',
  'Lena',
];

/** So many others, some with a phone's picture, some without any. */
export const crowd = (count: number): Somebody[] =>
  Array.from({ length: count }, (_, index) => {
    const name = NAMES[index] ?? `Guest ${index + 1}`;
    return {
      id: name,
      name,
      camera:
        index % 5 === 2 ? ('upright' as const) : index % 5 === 4 ? ('none' as const) : ('wide' as const),
      isHost: index === 0,
      isMuted: index % 3 === 1,
      quality: [5, 4, 3, 1, 5][index % 5],
    };
  });
