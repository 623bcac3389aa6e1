/** Foyer as somebody runs it who has a livekit-server on the PATH: `npm start`, in a checkout of its own. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installedLiveKitServer } from '../../real/installed-livekit-server';
import { createWholeCheckout, run, until } from '../../start/checkout';
import { launchChromium } from '../../support/chromium';
import { visit, type World } from './world';

/** Two busy cores, which bundle all vendors' SDKs. */
const READY_MS = 60_000;

export type InstalledWorld = Omit<World, 'restart'>;

export async function startInstalledWorld(
  environment: Readonly<Record<string, string>> = {},
): Promise<InstalledWorld> {
  const checkout = createWholeCheckout();
  const bin = join(checkout.root, 'bin');
  mkdirSync(bin);
  symlinkSync(installedLiveKitServer(), join(bin, 'livekit-server'));
  const start = run(checkout, 'start.ts', {
    PATH: [bin, process.env['PATH']].join(delimiter),
    ...environment,
  });
  const ready = /^Foyer is ready: (\S+)$/;
  const line = await until(() => start.out.find((text) => ready.test(text)), READY_MS);
  const port = Number(new URL(ready.exec(line)?.[1] ?? '').port);
  const world = visit(await launchChromium(), port);
  return {
    ...world,
    async close() {
      await world.close();
      start.child.kill('SIGTERM');
      await start.exit;
      checkout.remove();
    },
  };
}
