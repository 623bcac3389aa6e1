/** What the others are sent of one's devices, whatever happens to devices and to the connection meanwhile. */
import type { Signal, signal as createSignal } from '@preact/signals';
import type { OwnMedia } from '../../../src/assets/devices/own-media';
import type { Call } from '../../../src/assets/media/media';
import type * as Sendings from '../../../src/assets/room/sending';
import { pageCode } from '../../support/page-code';

const { keepSending, signal } = pageCode(
  'room/sending',
  '../../node_modules/@preact/signals',
) as typeof Sendings & { readonly signal: typeof createSignal };

const track = (label: string): MediaStreamTrack => ({ label }) as MediaStreamTrack;

interface Devices {
  readonly camera: Signal<MediaStreamTrack | undefined>;
  readonly microphone: Signal<MediaStreamTrack | undefined>;
  readonly screen: Signal<MediaStreamTrack | undefined>;
  readonly isOn: Signal<boolean>;
  readonly connection: Signal<'connected' | 'reconnecting'>;
  /** What the provider was given, in words. */
  readonly given: string[];
  fault: Error | undefined;
  stop: () => void;
}

function start(): Devices {
  const devices: Devices = {
    camera: signal<MediaStreamTrack | undefined>(track('cam')),
    microphone: signal<MediaStreamTrack | undefined>(track('mic')),
    screen: signal<MediaStreamTrack | undefined>(undefined),
    isOn: signal(true),
    connection: signal<'connected' | 'reconnecting'>('connected'),
    given: [],
    fault: undefined,
    stop: () => undefined,
  };
  const call: Pick<Call, 'send' | 'mute'> = {
    async send(source, sent) {
      await Promise.resolve();
      if (devices.fault) throw devices.fault;
      devices.given.push(`${source} ${sent?.label ?? 'none'}`);
    },
    mute: (muted) => void devices.given.push(muted ? 'muted' : 'unmuted'),
  };
  const { camera, microphone, isOn } = devices;
  const media = { camera: { track: camera }, microphone: { track: microphone, isOn } };
  devices.stop = keepSending(call as Call, media as OwnMedia, devices.screen, devices.connection);
  return devices;
}

/** Everything that has been begun is done. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

test('whatever is on is sent, and what comes in its place', async () => {
  const devices = start();
  await settled();
  expect(devices.given.toSorted()).toEqual(['camera cam', 'microphone mic', 'screen none', 'unmuted']);
  devices.given.length = 0;
  devices.camera.value = track('other cam');
  devices.screen.value = track('slides');
  devices.isOn.value = false;
  await settled();
  expect(devices.given.toSorted()).toEqual(['camera other cam', 'muted', 'screen slides']);
});

test('of several in quick succession the last one is sent', async () => {
  const devices = start();
  for (const label of ['one', 'two', 'three']) devices.camera.value = track(label);
  await settled();
  const cameras = devices.given.filter((words) => words.startsWith('camera'));
  expect(cameras.at(-1)).toBe('camera three');
  expect(cameras.length).toBeLessThanOrEqual(2);
});

test('what is changed while the connection is away is sent when it is back', async () => {
  const devices = start();
  await settled();
  devices.given.length = 0;
  devices.connection.value = 'reconnecting';
  devices.microphone.value = track('headset');
  devices.camera.value = undefined;
  devices.screen.value = track('slides');
  await settled();
  expect(devices.given).toEqual([]);
  devices.connection.value = 'connected';
  await settled();
  expect(devices.given.toSorted()).toEqual(['camera none', 'microphone headset', 'screen slides']);
});

test('what could not be sent is tried again when the connection is back', async () => {
  const devices = start();
  await settled();
  devices.given.length = 0;
  devices.fault = new Error('no way');
  devices.camera.value = track('other cam');
  await settled();
  devices.connection.value = 'reconnecting';
  devices.fault = undefined;
  devices.connection.value = 'connected';
  await settled();
  expect(devices.given).toContain('camera other cam');
});

test('after the call nothing is sent', async () => {
  const devices = start();
  devices.stop();
  await settled();
  devices.given.length = 0;
  devices.camera.value = track('other cam');
  devices.isOn.value = false;
  await settled();
  expect(devices.given).toEqual([]);
});
