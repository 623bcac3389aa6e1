/** One's own screen: asked for once at a time, and never shown longer than its owner knows of. */
import type { createOwnScreen as CreateOwnScreen, OwnScreen } from '../../../src/assets/devices/own-screen';
import { pageCode } from '../../support/page-code';

class Track extends EventTarget {
  isLive = true;

  stop(): void {
    this.isLive = false;
  }
}

/** What the browser asks; the test answers. */
interface Picker {
  pick(): Promise<Track>;
  cancel(): Promise<void>;
}

let pickers: Picker[];
let screen: OwnScreen;

const { createOwnScreen } = inBrowser();

function inBrowser(): { readonly createOwnScreen: typeof CreateOwnScreen } {
  const mediaDevices = { getDisplayMedia: () => new Promise(ask) };
  Object.defineProperty(globalThis, 'navigator', { value: { mediaDevices } });
  return pageCode('devices/own-screen') as { readonly createOwnScreen: typeof CreateOwnScreen };
}

function ask(give: (stream: unknown) => void, refuse: (why: Error) => void): void {
  pickers.push({
    async pick() {
      const track = new Track();
      give({ getVideoTracks: () => [track] });
      await settled();
      return track;
    },
    async cancel() {
      refuse(new DOMException('cancelled by the test', 'NotAllowedError'));
      await settled();
    },
  });
}

/** Everything that waits for nobody is done. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const last = (): Picker => pickers.at(-1) as Picker;

beforeEach(() => {
  pickers = [];
  screen = createOwnScreen();
});

test('whoever presses twice is asked once, and shows one screen', async () => {
  void screen.share();
  void screen.share();
  expect(pickers).toHaveLength(1);
  const track = await last().pick();
  expect(screen.track.value).toBe(track);
  screen.stop();
  expect(track.isLive).toBe(false);
  expect(screen.track.value).toBeUndefined();
});

test.each(['pick', 'cancel'] as const)('after a %s one is asked again', async (how) => {
  void screen.share();
  await last()[how]();
  void screen.share();
  expect(pickers).toHaveLength(2);
});

test('what was shown ends with what is shown in its place', async () => {
  void screen.share();
  const former = await last().pick();
  void screen.share();
  expect(former.isLive).toBe(true);
  const latter = await last().pick();
  expect([former.isLive, latter.isLive]).toEqual([false, true]);
  // The browser may tell late that it is over.
  former.dispatchEvent(new Event('ended'));
  expect(screen.track.value).toBe(latter);
});

test('the browser’s own button ends it, too', async () => {
  void screen.share();
  const track = await last().pick();
  track.dispatchEvent(new Event('ended'));
  expect(screen.track.value).toBeUndefined();
});

test('after the call nothing is shown, neither what was nor what is picked only then', async () => {
  void screen.share();
  const track = await last().pick();
  void screen.share();
  screen.close();
  expect(track.isLive).toBe(false);
  expect((await last().pick()).isLive).toBe(false);
  expect(screen.track.value).toBeUndefined();
});
