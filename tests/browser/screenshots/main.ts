/**
 * `npm run screenshots [-- <scene> …]`: takes the pictures in docs/screenshots anew, from pages as `npm start` runs
 * them, with drawn people before the cameras. Needs `/usr/bin/chromium` and nothing beyond this machine.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCopy } from '../../../scripts/start/copy';
import { readSettings } from '../../../scripts/start/settings';
import { launchChromium } from '../../support/chromium';
import { visit } from '../pages/world';
import { photographerIn } from './photographer';
import { SCENES } from './scenes';

const ROOT = join(__dirname, '../../..');

/** Everything is emulated, so that the pictures are the same on any machine. */
const ENVIRONMENT = { PORT: '0', CALLS_PROVIDER: 'twilio', RING_TIMEOUT_SECONDS: '60' };

async function main(wanted: readonly string[]): Promise<void> {
  const scenes = Object.entries(SCENES).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  if (scenes.length === 0) throw new Error(`There are the scenes ${Object.keys(SCENES).join(', ')}`);
  const empty = mkdtempSync(join(tmpdir(), 'foyer-screenshots-'));
  const read = readSettings(empty, ENVIRONMENT);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  const { PATH } = process.env;
  process.env['PATH'] = '';
  const copy = createCopy(ROOT, read.settings, () => undefined);
  try {
    const { port } = await copy.start();
    process.env['PATH'] = PATH;
    const camera = photographerIn(join(ROOT, 'docs/screenshots'), wanted.length === 0);
    for (const [, play] of scenes) {
      const world = visit(await launchChromium(), port);
      try {
        await play({ world, camera });
      } finally {
        await world.close();
      }
    }
  } finally {
    await copy.stop();
    rmSync(empty, { recursive: true, force: true });
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
