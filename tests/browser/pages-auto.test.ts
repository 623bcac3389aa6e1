/** Meetings that let everybody in: from the link into the room, through lost networks, and out of it. */
import {
  askToJoin,
  hears,
  inRoom,
  joinAsHost,
  press,
  sees,
  startMeeting,
  waits,
  watches,
} from './pages/people';
import { startWorld, type World } from './pages/world';
import { PHONE } from './pages/tab';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

test('guests who came early are in as soon as the host joins, and all see and hear each other', async () => {
  const meeting = await startMeeting(world, 'auto');
  const ann = await askToJoin(world, meeting.id, 'Ann', { size: PHONE });
  await waits(ann.page);
  await joinAsHost(meeting);
  await inRoom(ann.page);
  await Promise.all([watches(meeting.host.page, 1), watches(ann.page, 1)]);
  await Promise.all([hears(meeting.host.page, 1), hears(ann.page, 1)]);

  const ben = await askToJoin(world, meeting.id, 'Ben');
  await inRoom(ben.page);
  await Promise.all([watches(meeting.host.page, 2), watches(ann.page, 2), watches(ben.page, 2)]);
  await Promise.all([hears(meeting.host.page, 2), hears(ben.page, 2)]);
  await meeting.host.page.getByRole('list', { name: 'In the meeting' }).getByText('Ann').first().waitFor();

  for (const tab of [meeting.host, ann, ben]) {
    expect(await tab.faults()).toEqual([]);
    expect(await tab.shifts()).toEqual([]);
  }
});

test('who mutes, turns the camera off or closes the tab is seen to do so', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const { page } = meeting.host;
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await watches(page, 1);
  await press(ann.page, 'Turn camera off');
  await page.getByLabel('Picture of Ann').waitFor({ state: 'detached' });
  await press(ann.page, 'Turn microphone off');
  await page.getByRole('list', { name: 'In the meeting' }).getByText('Microphone off').first().waitFor();
  await press(ann.page, 'Turn camera on');
  await press(ann.page, 'Turn microphone on');
  await Promise.all([watches(page, 1), hears(page, 1)]);
  await ann.page.close({ runBeforeUnload: true });
  await page.getByLabel('Picture of Ann').waitFor({ state: 'detached', timeout: 5_000 });
});

test('a shared screen is shown to the others, large, until it is no longer shared', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await watches(ann.page, 1);
  const { page } = meeting.host;
  await page.evaluate(() => {
    navigator.mediaDevices.getDisplayMedia = () => {
      const canvas = document.createElement('canvas');
      setInterval(() => canvas.getContext('2d')?.fillRect(Math.random() * 100, 0, 1, 1), 50);
      return Promise.resolve(canvas.captureStream(10));
    };
  });
  await press(page, 'Share your screen');
  const screen = ann.page.getByRole('listitem').filter({ hasText: 'Screen of Dr. Noor' });
  await screen.waitFor();
  const [large, small] = await Promise.all([
    screen.boundingBox(),
    ann.page.getByRole('listitem').filter({ hasText: 'Dr. Noor (host)' }).boundingBox(),
  ]);
  expect(large?.width).toBeGreaterThan(3 * (small?.width ?? Infinity));
  await press(page, 'Stop sharing your screen');
  await screen.waitFor({ state: 'detached' });
  await watches(ann.page, 1);
  expect(await ann.faults()).toEqual([]);
});

test('a reload in the room leads back into it', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await inRoom(ann.page);
  await ann.page.reload();
  await inRoom(ann.page);
  await watches(meeting.host.page, 1);
  await meeting.host.page.reload();
  await inRoom(meeting.host.page);
  await Promise.all([watches(meeting.host.page, 1), watches(ann.page, 1)]);
});

test('a network that is gone for ten seconds is said to be, and the call goes on', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const line = await world.line();
  const ann = await askToJoin(world, meeting.id, 'Ann', { origin: line.origin });
  await watches(ann.page, 1);
  line.cut();
  const notice = ann.page.getByText('The connection is interrupted. Connecting again.');
  await notice.first().waitFor();
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  line.mend();
  await ann.page.getByText('You are connected again.').waitFor({ state: 'attached', timeout: 20_000 });
  await Promise.all([watches(ann.page, 1), watches(meeting.host.page, 1)]);
  expect(await ann.faults()).toEqual([]);
});

test('the same guest in another tab takes over, and the first tab says so', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const first = await askToJoin(world, meeting.id, 'Ann');
  await inRoom(first.page);
  const storage = await first.page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage)));
  const second = await world.open(`/meeting.html#${meeting.id}`, {
    prepare: async (page) => {
      await page.addInitScript((items) => {
        for (const [key, value] of Object.entries(items)) sessionStorage.setItem(key, String(value));
      }, storage);
    },
  });
  await inRoom(second.page);
  await sees(first.page, 'You have joined from another tab');
  await press(first.page, 'Continue here');
  await inRoom(first.page);
  await sees(second.page, 'You have joined from another tab');
});

test('everything behind the pages is restarted: the meeting is gone, and the pages say so', async () => {
  const meeting = await startMeeting(world, 'auto');
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await waits(ann.page);
  await world.restart();
  await sees(ann.page, 'There is no meeting with this number');
  await sees(meeting.host.page, 'There is no meeting with this number');
});
