/** One's own camera and microphone: given back when nobody wants them any more, whatever was under way then. */
import type { createOwnMedia as CreateOwnMedia, OwnMedia } from '../../../src/assets/devices/own-media';
import { pageCode } from '../../support/page-code';

type Kind = 'video' | 'audio';

/** As a browser gives it. */
class Track extends EventTarget {
  readyState = 'live';
  enabled = true;

  constructor(
    readonly kind: Kind,
    readonly deviceId: string,
  ) {
    super();
    given.push(this);
  }

  getSettings(): { readonly deviceId: string } {
    return { deviceId: this.deviceId };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  pulledOut(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

/** The page waits for the browser, which waits for the person. */
interface Request {
  readonly kinds: readonly Kind[];
  give(): Promise<void>;
  refuse(name: string): Promise<void>;
}

let given: Track[];
let requests: Request[];
let plugged: {
  readonly kind: 'videoinput' | 'audioinput';
  readonly deviceId: string;
  readonly label: string;
}[];
let isGranted: boolean;
let mediaDevices: ReturnType<typeof createMediaDevices>;
let media: OwnMedia;
const kept = new Map<string, string>();

/** Each page has its own. */
const createMediaDevices = () =>
  Object.assign(new EventTarget(), {
    enumerateDevices: () => Promise.resolve(plugged),
    getUserMedia: (wanted: MediaStreamConstraints) =>
      new Promise((give, refuse) => {
        const kinds = (['video', 'audio'] as const).filter((kind) => wanted[kind]);
        requests.push({
          kinds,
          async give() {
            const tracks = kinds.map((kind) => new Track(kind, idOf(wanted, kind)));
            const of = (kind: Kind): Track[] => tracks.filter((track) => track.kind === kind);
            give({
              getTracks: () => tracks,
              getVideoTracks: () => of('video'),
              getAudioTracks: () => of('audio'),
            });
            await settled();
          },
          async refuse(name) {
            refuse(new DOMException('refused by the test', name));
            await settled();
          },
        });
      }),
  });
const { createOwnMedia } = inBrowser();

function inBrowser(): { readonly createOwnMedia: typeof CreateOwnMedia } {
  const sessionStorage: Partial<Storage> = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
  const permissions = { query: () => Promise.resolve({ state: isGranted ? 'granted' : 'prompt' }) };
  const navigator = Object.defineProperty({ permissions }, 'mediaDevices', { get: () => mediaDevices });
  for (const [name, value] of Object.entries({ sessionStorage, navigator })) {
    Object.defineProperty(globalThis, name, { value });
  }
  return pageCode('devices/own-media') as { readonly createOwnMedia: typeof CreateOwnMedia };
}

/** The one that was asked for; else the first there is. */
function idOf(wanted: MediaStreamConstraints, kind: Kind): string {
  const { deviceId } = wanted[kind] as { readonly deviceId?: { readonly exact: string } };
  return deviceId?.exact ?? plugged.find((one) => one.kind === `${kind}input`)?.deviceId ?? '';
}

/** Everything that waits neither for the browser nor for time is done. */
const settled = (): Promise<void> => jest.advanceTimersByTimeAsync(0);
const live = (): string[] =>
  given.filter(({ readyState }) => readyState === 'live').map(({ deviceId }) => deviceId);
const asked = (): string[] => requests.map(({ kinds }) => kinds.join());
const last = (): Request => requests.at(-1) as Request;

const CAMERAS = ['front', 'back'].map(
  (deviceId) => ({ kind: 'videoinput', deviceId, label: deviceId }) as const,
);
const HEADSETS = ['ear', 'desk'].map(
  (deviceId) => ({ kind: 'audioinput', deviceId, label: deviceId }) as const,
);

async function pullOut(...ids: readonly string[]): Promise<void> {
  plugged = plugged.filter(({ deviceId }) => !ids.includes(deviceId));
  for (const track of given) if (ids.includes(track.deviceId)) track.pulledOut();
  mediaDevices.dispatchEvent(new Event('devicechange'));
  await settled();
}

async function plugIn(...what: typeof plugged): Promise<void> {
  plugged.push(...what);
  mediaDevices.dispatchEvent(new Event('devicechange'));
  await settled();
}

/** As in a call: both are on. */
async function openBoth(): Promise<void> {
  void media.openBoth();
  await last().give();
  requests.length = 0;
}

beforeEach(() => {
  jest.useFakeTimers();
  given = [];
  requests = [];
  plugged = [...CAMERAS, ...HEADSETS];
  isGranted = false;
  kept.clear();
  mediaDevices = createMediaDevices();
  media = createOwnMedia();
});
afterEach(() => jest.useRealTimers());

describe('closed while', () => {
  test('both are being opened, neither stays open', async () => {
    void media.openBoth();
    media.close();
    await last().give();
    expect(live()).toEqual([]);
    expect([media.camera.isOn.value, media.microphone.isOn.value]).toEqual([false, false]);
  });

  test('both are being opened, which fails, neither is tried for itself', async () => {
    void media.openBoth();
    media.close();
    await last().refuse('NotReadableError');
    expect(asked()).toEqual(['video,audio']);
  });

  test('each is tried for itself, the second is not any more', async () => {
    void media.openBoth();
    await last().refuse('NotReadableError');
    expect(asked()).toEqual(['video,audio', 'audio']);
    media.close();
    await last().give();
    expect(asked()).toEqual(['video,audio', 'audio']);
    expect(live()).toEqual([]);
  });

  test('a reloaded page opens the microphone again, the camera stays dark', async () => {
    kept.set('foyer.camera.on', 'yes').set('foyer.microphone.on', 'yes');
    void media.resume();
    await settled();
    expect(asked()).toEqual(['audio']);
    media.close();
    await last().give();
    expect(asked()).toEqual(['audio']);
    expect(live()).toEqual([]);
  });

  test('it is not known yet whether the browser would ask, it is not asked', async () => {
    isGranted = true;
    void media.resume();
    media.close();
    await settled();
    expect(asked()).toEqual([]);
  });

  test('both are being opened, and opened again at once, the first does not disturb the second', async () => {
    void media.openBoth();
    media.close();
    void media.openBoth();
    const [first, second] = requests;
    await first?.give();
    expect(media.camera.isOpening.value).toBe(true);
    await second?.give();
    expect(live()).toEqual(['front', 'ear']);
    expect([media.camera.isOn.value, media.microphone.isOn.value]).toEqual([true, true]);
    expect(media.camera.isOpening.value).toBe(false);
  });
});

describe('a camera that was pulled out', () => {
  /** Until then the list may still name what has gone. */
  const LOOKED_FOR_MS = 1_000;

  test('is opened again when it is back, as long as there is a call', async () => {
    plugged = [...CAMERAS.slice(0, 1), ...HEADSETS];
    await openBoth();
    await pullOut('front');
    expect(media.camera.failure.value).toBe('lost');
    await plugIn(...CAMERAS.slice(0, 1));
    expect(asked()).toEqual(['video']);
  });

  test('stays dark when it is back after the call', async () => {
    plugged = [...CAMERAS.slice(0, 1), ...HEADSETS];
    await openBoth();
    await pullOut('front');
    media.close();
    await plugIn(...CAMERAS.slice(0, 1));
    expect(asked()).toEqual([]);
  });

  test('is replaced by another one', async () => {
    await openBoth();
    await pullOut('front');
    await last().give();
    expect(live()).toEqual(['ear', 'back']);
  });

  test.each([
    ['closed', () => media.close()],
    ['turned off', () => media.camera.turnOff()],
  ])('and %s while another one is looked for is not replaced', async (_, act) => {
    await openBoth();
    const [front] = given;
    front?.pulledOut();
    act();
    plugged = [...CAMERAS.slice(1), ...HEADSETS];
    await jest.advanceTimersByTimeAsync(LOOKED_FOR_MS);
    expect(asked()).toEqual([]);
    expect(media.camera.failure.value).toBeUndefined();
  });

  test.each([
    ['closed', () => media.close()],
    ['turned off', () => media.camera.turnOff()],
  ])('and %s while another one is opened is not waited for', async (_, act) => {
    await openBoth();
    await pullOut('front');
    expect(asked()).toEqual(['video']);
    act();
    await last().give();
    expect(live()).not.toContain('back');
    expect(media.camera.failure.value).toBeUndefined();
    await plugIn(...CAMERAS.slice(0, 1));
    expect(asked()).toEqual(['video']);
  });
});

test('a microphone that is muted while another one is opened, in vain, is muted when it is back', async () => {
  await openBoth();
  await pullOut('ear');
  expect(asked()).toEqual(['audio']);
  media.microphone.turnOff();
  await last().refuse('NotReadableError');
  expect(media.microphone.failure.value).toBe('lost');
  await plugIn(...HEADSETS.slice(0, 1));
  await last().give();
  const microphone = given.at(-1);
  expect([microphone?.deviceId, microphone?.readyState, microphone?.enabled]).toEqual(['ear', 'live', false]);
  expect(media.microphone.isOn.value).toBe(false);
});
