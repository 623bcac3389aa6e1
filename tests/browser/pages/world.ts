/** Foyer as `npm start` runs it, and a real Chromium to look at its pages with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { createCopy } from '../../../scripts/start/copy';
import { readSettings } from '../../../scripts/start/settings';
import { launchChromium } from '../../support/chromium';
import { createLine, type Line } from './line';
import { openTab, type Tab, type TabOptions } from './tab';

const ROOT = join(__dirname, '../../..');

export interface World {
  readonly origin: string;
  /** A tab of a browser of its own: nothing is shared with any other. */
  open(path: string, options?: TabOptions): Promise<Tab>;
  /** A network of its own, that can be cut. */
  line(): Promise<Line>;
  /** Calls the API beside the pages. */
  call(path: string, parameters: object): Promise<{ status: number; text: string }>;
  /** Ends every emulator and function, and starts them anew, empty, at the same address. */
  restart(): Promise<void>;
  closeTabs(): Promise<void>;
  close(): Promise<void>;
}

/** @param flags of the browser */
export async function startWorld(
  environment: Record<string, string> = {},
  flags: readonly string[] = [],
): Promise<World> {
  // No developer's .env may lead these tests to a real account.
  const empty = mkdtempSync(join(tmpdir(), 'foyer-pages-'));
  const start = async (port: number) => {
    const read = readSettings(empty, { PORT: String(port), ...environment });
    if ('faults' in read) throw new Error(read.faults.join('\n'));
    const copy = createCopy(ROOT, read.settings, () => undefined);
    const { PATH } = process.env;
    // Whatever vendors' servers are installed on this machine: everything is emulated.
    process.env['PATH'] = '';
    try {
      return { copy, port: (await copy.start()).port };
    } finally {
      process.env['PATH'] = PATH;
    }
  };
  const quiet = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const browser = await launchChromium(...flags);
  const first = await start(0);
  let running = first;
  const visited = visit(browser, first.port);
  return {
    ...visited,
    async restart() {
      await running.copy.stop();
      running = await start(first.port);
    },
    async close() {
      await visited.close();
      await running.copy.stop();
      rmSync(empty, { recursive: true, force: true });
      quiet.mockRestore();
    },
  };
}

/** The same for a Foyer that somebody else has started, and ends. */
export function visit(browser: Browser, port: number): Omit<World, 'restart'> {
  const origin = `http://localhost:${port}`;
  const tabs: Tab[] = [];
  const lines: Line[] = [];
  const closeTabs = async (): Promise<void> => {
    await Promise.all(tabs.splice(0).map((tab) => tab.close()));
    await Promise.all(lines.splice(0).map((line) => line.close()));
  };
  return {
    origin,
    async open(path, options = {}) {
      const tab = await openTab(browser, `${options.origin ?? origin}${path}`, options);
      tabs.push(tab);
      return tab;
    },
    async line() {
      const line = await createLine(port);
      lines.push(line);
      return line;
    },
    async call(path, parameters) {
      const response = await fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(parameters),
      });
      return { status: response.status, text: await response.text() };
    },
    closeTabs,
    async close() {
      await closeTabs();
      await browser.close();
    },
  };
}
