/** The real Chromium that tests and benchmarks look at pages with: Debian's, with fake devices. */
import { chromium, type Browser } from 'playwright-core';

export const CHROMIUM = '/usr/bin/chromium';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // With nothing but loopback, as in a container, Chromium gathers no candidates otherwise.
  '--allow-loopback-in-peer-connection',
];

/** The browser ends when its pipe to this process breaks, whichever way that one ends. */
export const launchChromium = (...flags: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] });
