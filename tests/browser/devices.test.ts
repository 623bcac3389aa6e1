/** One's own devices in a call: changed, lost and found again, and without noise. */
import type { Page } from 'playwright-core';
import { barriers } from './pages/barriers';
import { isCalm } from './pages/calm';
import {
  callWithAnn,
  chooseDevice as pick,
  deviceList as select,
  openDeviceSettings as openSettings,
  seesAnnMove,
} from './pages/devices';
import { hears, inRoom, named, press, until } from './pages/people';
import { PHONE } from './pages/tab';
import { startWorld, type World } from './pages/world';
import { sinksOf } from './pages/unnamed';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, ['--use-fake-device-for-media-stream=device-count=3']);
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

const picked = (page: Page, label: string): Promise<string> =>
  select(page, label).evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.label ?? '');

test('another camera and microphone are used in the call without leaving it, and again after a reload', async () => {
  const { ann, host } = await callWithAnn(world);
  const dialog = await openSettings(ann.page);
  expect(await barriers(ann.page)).toEqual([]);
  const before = await picked(ann.page, 'Camera');
  await pick(ann.page, 'Camera', { index: 2 });
  await pick(ann.page, 'Microphone', { index: 1 });
  await until(async () => (await picked(ann.page, 'Camera')) !== before, 'another camera');
  const after = [await picked(ann.page, 'Camera'), await picked(ann.page, 'Microphone')];
  await seesAnnMove(host);
  await hears(host, 1);
  await press(dialog, 'Close');
  await ann.page.reload();
  await inRoom(ann.page);
  await openSettings(ann.page);
  expect([await picked(ann.page, 'Camera'), await picked(ann.page, 'Microphone')]).toEqual(after);
  await seesAnnMove(host);
  expect(await ann.faults()).toEqual([]);
});

describe('noise', () => {
  /** Ids of the sound that goes out. */
  const sent = (page: Page): Promise<string[]> =>
    page.evaluate(() =>
      (window as unknown as { ledger: { connections: RTCPeerConnection[] } }).ledger.connections.flatMap(
        (one) => one.getSenders().flatMap(({ track }) => (track?.kind === 'audio' ? [track.id] : [])),
      ),
    );

  test('is taken out of what is sent, and put back, while one is heard all the time', async () => {
    const { ann, host } = await callWithAnn(world);
    await hears(host, 1);
    const [raw] = await sent(ann.page);
    await openSettings(ann.page);
    await pick(ann.page, 'Background noise', 'Reduce as much noise as possible');
    await until(async () => (await sent(ann.page)).some((id) => id !== raw), 'another sound');
    await hears(host, 1);
    const [treated] = await sent(ann.page);
    await pick(ann.page, 'Background noise', 'Keep everything (for music)');
    await until(async () => (await sent(ann.page)).every((id) => id !== treated), 'the sound as it is');
    await hears(host, 1);
    expect(await ann.faults()).toEqual([]);
  });

  test('that cannot be taken out is said, and one is heard as before', async () => {
    const { ann, host } = await callWithAnn(world, {
      prepare: async (page) => {
        await page.route('**/effects/noise/**', (route) => route.abort());
      },
    });
    await hears(host, 1);
    const before = await sent(ann.page);
    await openSettings(ann.page);
    await pick(ann.page, 'Background noise', 'Reduce as much noise as possible');
    await ann.page.getByText(/This browser cannot reduce more noise/).waitFor();
    expect(await sent(ann.page)).toEqual(before);
    await hears(host, 1);
  });
});

/** Lets a test pull out devices of a page and plug them in again, as the browser would tell of it. */
const plugs = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const gone = new Set<string>();
    const open = new Set<MediaStreamTrack>();
    const { mediaDevices } = navigator;
    const list = mediaDevices.enumerateDevices.bind(mediaDevices);
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.enumerateDevices = async () => (await list()).filter(({ deviceId }) => !gone.has(deviceId));
    mediaDevices.getUserMedia = async (wanted = {}) => {
      for (const kind of ['audio', 'video'] as const) {
        const constraints = wanted[kind];
        const named =
          typeof constraints === 'object'
            ? (constraints.deviceId as ConstrainDOMStringParameters)?.exact
            : undefined;
        if (named && gone.has(String(named))) throw new DOMException('gone', 'NotFoundError');
      }
      const stream = await ask(wanted);
      for (const track of stream.getTracks()) open.add(track);
      return stream;
    };
    const change = (): unknown => mediaDevices.dispatchEvent(new Event('devicechange'));
    Object.assign(window, {
      unplug(deviceId: string) {
        gone.add(deviceId);
        for (const track of open) {
          if (track.readyState !== 'live' || track.getSettings().deviceId !== deviceId) continue;
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
        change();
      },
      plug(deviceId: string) {
        gone.delete(deviceId);
        change();
      },
    });
  });

type Plugs = Record<'plug' | 'unplug', (deviceId: string) => void>;
const unplug = (page: Page, id: string): Promise<void> =>
  page.evaluate((one) => (window as unknown as Plugs).unplug(one), id);
const plug = (page: Page, id: string): Promise<void> =>
  page.evaluate((one) => (window as unknown as Plugs).plug(one), id);

test.each(['Camera', 'Microphone'])(
  'a %s that is pulled out is replaced, which is said, and used again when it is back',
  async (label) => {
    const { ann, host } = await callWithAnn(world, { prepare: async (page) => void (await plugs(page)) });
    const dialog = await openSettings(ann.page);
    // Chromium's second made-up camera gives depths, not pictures.
    await pick(ann.page, label, { index: 2 });
    await seesAnnMove(host);
    const id = await select(ann.page, label).inputValue();
    await press(dialog, 'Close');
    await unplug(ann.page, id);
    await ann.page
      .getByText(new RegExp(`Your ${label.toLowerCase()} was disconnected. You are now`))
      .waitFor();
    await seesAnnMove(host);
    await hears(host, 1);
    await plug(ann.page, id);
    await ann.page.getByText(new RegExp(`Your ${label.toLowerCase()} is back`)).waitFor();
    await seesAnnMove(host);
    await openSettings(ann.page);
    expect(await select(ann.page, label).inputValue()).toBe(id);
    expect(await ann.faults()).toEqual([]);
  },
);

test('a speaker is chosen for everything that is heard, and a lost one falls back to the browser’s choice', async () => {
  const { ann } = await callWithAnn(world, { prepare: async (page) => void (await plugs(page)) });
  const dialog = await openSettings(ann.page);
  await pick(ann.page, 'Speaker', { index: 1 });
  const id = await select(ann.page, 'Speaker').inputValue();
  const sinks = (): Promise<string[]> => sinksOf(ann.page);
  await until(
    async () => (await sinks()).length > 0 && (await sinks()).every((sink) => sink === id),
    'that speaker',
  );
  await press(dialog, 'Play a test sound');
  await press(dialog, 'Close');
  await unplug(ann.page, id);
  await ann.page.getByText(/Your speaker was disconnected/).waitFor();
  await until(async () => (await sinks()).every((sink) => sink === ''), 'the browser’s choice');
  await plug(ann.page, id);
  await until(async () => (await sinks()).every((sink) => sink === id), 'that speaker again');
});

test('the settings fit a telephone, before the call as in it', async () => {
  const ann = await world.open('/meeting.html#123456', { size: PHONE, dark: true });
  await press(ann.page, 'Devices and background');
  await named(ann.page, 'dialog', 'Camera, microphone and sound').waitFor();
  await ann.page.getByLabel('Your camera picture').first().waitFor();
  expect(await barriers(ann.page)).toEqual([]);
  await isCalm(ann);
});
