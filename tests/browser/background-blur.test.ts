/** A blurred background: for the others too, and where it cannot be had nobody sees the room without its owner's word. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { barriers } from './pages/barriers';
import {
  chooseDevice as pick,
  openDeviceSettings as openSettings,
  callWithAnn,
  seesAnnMove,
} from './pages/devices';
import { detailOf, writeDetailedPictures } from './pages/fake-camera';
import { inRoom, press, until } from './pages/people';
import { startWorld, type World } from './pages/world';

let world: World;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-background-'));
  const pictures = join(folder, 'squares.y4m');
  writeDetailedPictures(pictures);
  world = await startWorld({}, [`--use-file-for-fake-video-capture=${pictures}`]);
});
afterEach(() => world.closeTabs());
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sharp squares of four dots change at every fourth dot; blurred ones hardly at all. */
const SHARP = 25;
const BLURRED = 6;
const LONG_MS = 60_000;

const annAsSeen = (host: Page): Locator => host.getByLabel(/^Picture of /).first();

describe('a blurred background', () => {
  test('is blurred for the others too, and after a reload nobody sees a sharp picture, not for a moment', async () => {
    const { ann, host } = await callWithAnn(world);
    await until(async () => (await detailOf(annAsSeen(host))) > SHARP, 'sharp picture');
    await openSettings(ann.page);
    await pick(ann.page, 'Background', 'Strongly blurred');
    await until(async () => (await detailOf(annAsSeen(host))) < BLURRED, 'blurred picture');
    await seesAnnMove(host);

    const seen = keepLooking(host);
    await ann.page.reload();
    await inRoom(ann.page);
    await ann.page.getByLabel('Your camera picture').first().waitFor({ timeout: LONG_MS });
    await seesAnnMove(host);
    expect(Math.max(...(await seen()))).toBeLessThan(BLURRED);
    expect(await detailOf(ann.page.getByLabel('Your camera picture').first())).toBeLessThan(BLURRED);
    expect(await ann.faults()).toEqual([]);
  });

  test('works where pictures are not handed over one by one, and becomes less, and goes', async () => {
    const { ann, host } = await callWithAnn(world, {
      prepare: async (page) => {
        await page.addInitScript(() => {
          Object.assign(window, {
            MediaStreamTrackProcessor: undefined,
            MediaStreamTrackGenerator: undefined,
          });
        });
      },
    });
    await openSettings(ann.page);
    await pick(ann.page, 'Background', 'Strongly blurred');
    await until(async () => (await detailOf(annAsSeen(host))) < BLURRED, 'blurred picture');
    await seesAnnMove(host);
    await pick(ann.page, 'Background', 'As it is');
    await until(async () => (await detailOf(annAsSeen(host))) > SHARP, 'sharp picture');
  });

  const FAILURES = [
    [
      'its model does not come through',
      async (page: Page) => {
        await page.route('**/effects/blur/*.tflite', (route) => route.abort());
      },
      /could not be loaded/,
    ],
    [
      'the device has no graphics for it',
      (page: Page) =>
        page.addInitScript(() => {
          const native: unknown = Object.getOwnPropertyDescriptor(
            OffscreenCanvas.prototype,
            'getContext',
          )?.value;
          const without = function (this: OffscreenCanvas, ...given: unknown[]): unknown {
            return given[0] === 'webgl2' ? null : Reflect.apply(native as () => unknown, this, given);
          };
          Object.assign(OffscreenCanvas.prototype, { getContext: without });
        }),
      /This browser cannot blur your background/,
    ],
  ] as const;

  test.each(FAILURES)(
    'that cannot be had because %s hides the camera until one decides',
    async (_, prepare, words) => {
      const { ann, host } = await callWithAnn(world, { prepare: async (page) => void (await prepare(page)) });
      const dialog = await openSettings(ann.page);
      await pick(ann.page, 'Background', 'Slightly blurred');
      await dialog.getByText(words).waitFor({ timeout: LONG_MS });
      await host.getByLabel(/^Picture of /).waitFor({ state: 'detached' });
      expect(await barriers(ann.page)).toEqual([]);
      await press(dialog, 'Show me without blur');
      await seesAnnMove(host);
      expect(await detailOf(annAsSeen(host))).toBeGreaterThan(SHARP);

      await pick(ann.page, 'Background', 'Slightly blurred');
      await dialog.getByText(words).waitFor({ timeout: LONG_MS });
      await press(dialog, 'Keep camera off');
      await dialog.getByText('Your camera is off').waitFor();
      expect(await host.getByLabel(/^Picture of /).count()).toBe(0);
    },
  );
});

/** Looks at the picture of the other one again and again. @returns stops, and tells what was seen */
function keepLooking(host: Page): () => Promise<number[]> {
  const stop = new AbortController();
  const run = async (): Promise<number[]> => {
    const seen: number[] = [];
    while (!stop.signal.aborted) {
      const pictures = await host.getByLabel(/^Picture of /).all();
      for (const picture of pictures) {
        const detail = await detailOf(picture).catch(() => NaN);
        if (!Number.isNaN(detail)) seen.push(detail);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return seen;
  };
  const running = run();
  return () => {
    stop.abort();
    return running;
  };
}
