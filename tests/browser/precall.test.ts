/** The test before a call: what works is said to work, and of what does not the page says what it is and what to do. */
import type { Page } from 'playwright-core';
import { barriers } from './pages/barriers';
import { isCalm } from './pages/calm';
import { named, press, startMeeting } from './pages/people';
import { dropEveryPacket, MEASURED, says } from './pages/precall';
import { PHONE, type Tab, type TabOptions } from './pages/tab';
import { startWorld, type World } from './pages/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

const openTest = (id: string, options: TabOptions = {}): Promise<Tab> =>
  world.open(`/test.html#${id}`, options);

test('somebody with a link finds everything in order, and goes on to the meeting', async () => {
  const { id } = await startMeeting(world, 'manual');
  const ann = await openTest(id, { size: PHONE });
  await says(ann.page, 'Camera', /^Your picture is/);
  await says(ann.page, 'Microphone', 'Your microphone hears you.');
  await says(ann.page, 'Connection', MEASURED);
  await says(ann.page, 'Connection', /\d+ ms there and back · \d+ % lost · [\d,]+ kbit\/s sent/);

  await press(ann.page, 'Record four seconds');
  await says(ann.page, 'Microphone', /^This is how the others hear you/);
  const recording = ann.page.getByLabel('Your recording');
  expect(await recording.evaluate((audio) => (audio as HTMLAudioElement).src.startsWith('blob:'))).toBe(true);
  await press(ann.page, 'Hear it again');
  await press(ann.page, 'Play a test sound');
  await press(ann.page, 'Yes');
  await says(ann.page, 'Speaker', 'You will hear the others.');

  expect(await barriers(ann.page)).toEqual([]);
  await isCalm(ann);
  await ann.page.getByRole('link', { name: 'Go to the meeting' }).tap();
  await named(ann.page, 'button', 'Ask to join').waitFor();
});

test('somebody who hears nothing is told what to try, and tries again', async () => {
  const ann = await world.open('/test.html', { size: PHONE });
  await press(ann.page, 'Play a test sound');
  await press(ann.page, 'No');
  await says(ann.page, 'Speaker', /^Turn up the volume/);
  await press(ann.page, 'Play a test sound');
  await press(ann.page, 'Yes');
  await says(ann.page, 'Speaker', 'You will hear the others.');
  expect(await ann.faults()).toEqual([]);
});

test('in the preview it is at hand, and nobody in the meeting notices', async () => {
  const { host } = await startMeeting(world, 'auto');
  await press(host.page, 'Test first');
  await named(host.page, 'dialog', 'Test camera, microphone and connection').waitFor();
  await says(host.page, 'Connection', MEASURED);
  expect(await barriers(host.page)).toEqual([]);
  expect(await host.faults()).toEqual([]);
});

test('without a meeting, or with one that is not there any more, it says what it could not find out', async () => {
  const ann = await world.open('/test.html');
  await says(ann.page, 'Connection', 'You are connected.');
  await says(ann.page, 'Connection', /shows once you have joined/);
  const bob = await openTest('987654321');
  await says(bob.page, 'Connection', /there is no meeting with this number/);
});

describe('the truth is said of', () => {
  const FAULTS: readonly (readonly [string, (page: Page) => Promise<unknown>, string, RegExp])[] = [
    [
      'a network that lets the pages through and not the provider',
      (page) => page.routeWebSocket(/\/signaling/, (socket) => socket.close()),
      'The video service cannot be reached from here.',
      /ask whoever looks after the network/,
    ],
    [
      'a network that lets neither pictures nor sound through',
      dropEveryPacket,
      'Your network blocks video calls.',
      /switch off a VPN/,
    ],
    [
      'no network at all',
      (page) => page.route(/\/health\b/, (route) => route.abort()),
      'You are not connected.',
      /Check whether your device is online/,
    ],
  ];

  test.each(FAULTS)('%s', async (_, fault, words, advice) => {
    const { id } = await startMeeting(world, 'manual');
    const ann = await openTest(id, { prepare: async (page) => void (await fault(page)) });
    await says(ann.page, 'Connection', words);
    await says(ann.page, 'Connection', advice);
    expect(await barriers(ann.page)).toEqual([]);
    await press(ann.page, 'Test again');
    // Without a network that is known too soon for anybody to see that it is looked for.
    if (words !== 'You are not connected.') await says(ann.page, 'Connection', /being measured/);
    await says(ann.page, 'Connection', words);
  });

  test('devices that are missing or blocked', async () => {
    const ann = await openTest('987654321', { refuse: { video: 'NotFoundError', audio: 'NotAllowedError' } });
    await says(ann.page, 'Camera', /^No camera was found/);
    await says(ann.page, 'Microphone', /^Your microphone is blocked/);
    expect(await barriers(ann.page)).toEqual([]);
    await isCalm(ann);
  });

  test('a camera whose cover is shut', async () => {
    const ann = await openTest('987654321', {
      prepare: async (page) => {
        await page.addInitScript(() => {
          navigator.mediaDevices.getUserMedia = (wanted = {}) => {
            if (wanted.audio) return Promise.reject(new DOMException('none', 'NotFoundError'));
            const canvas = document.createElement('canvas');
            setInterval(() => canvas.getContext('2d')?.fillRect(0, 0, 300, 150), 50);
            return Promise.resolve(canvas.captureStream(10));
          };
        });
      },
    });
    await says(ann.page, 'Camera', 'Your picture is very dark.');
    await says(ann.page, 'Camera', /^Open the cover/);
  });
});
