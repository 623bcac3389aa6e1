/** The waiting room and its calls on LiveKit, as `npm start` runs them beside an installed livekit-server. */
import { BUILD_MS } from '../real/installed-livekit-server';
import { type InstalledWorld, startInstalledWorld } from './pages/installed-world';
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
import { PHONE, type Tab } from './pages/tab';
import { startWorld } from './pages/world';

let world: InstalledWorld;
beforeAll(async () => {
  world = await startInstalledWorld({ MEETINGS_PROVIDER: 'livekit' });
}, BUILD_MS);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

const clean = async (...tabs: readonly Tab[]): Promise<void> => {
  for (const tab of tabs) expect(await tab.faults()).toEqual([]);
};

test('a guest waits, is admitted, and both see and hear each other', async () => {
  const meeting = await startMeeting(world, 'manual');
  const { page } = meeting.host;
  await joinAsHost(meeting);
  const ann = await askToJoin(world, meeting.id, 'Ann', { size: PHONE });
  await waits(ann.page);
  await press(page, 'Admit Ann');
  await inRoom(ann.page);
  await Promise.all([watches(page, 1), watches(ann.page, 1)]);
  await Promise.all([hears(page, 1), hears(ann.page, 1)]);
  await page.getByRole('list', { name: 'In the meeting' }).getByText('Ann').first().waitFor();
  await ann.page.getByText('Dr. Noor (host)').first().waitFor();
  await clean(meeting.host, ann);
  expect(await ann.shifts()).toEqual([]);
});

test('who mutes, turns the camera off, shows a screen or closes the tab is seen to do so', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const { page } = meeting.host;
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await watches(page, 1);
  const people = page.getByRole('list', { name: 'In the meeting' });
  await people.getByText('Microphone on').first().waitFor();
  await press(ann.page, 'Turn microphone off');
  await people.getByText('Microphone off').first().waitFor();
  await press(ann.page, 'Turn camera off');
  await page.getByLabel('Picture of Ann').waitFor({ state: 'detached' });
  await press(ann.page, 'Turn camera on');
  await press(ann.page, 'Turn microphone on');
  await Promise.all([watches(page, 1), hears(page, 1)]);

  await showScreenOf(ann);
  const screen = page.getByRole('listitem').filter({ hasText: 'Screen of Ann' });
  await screen.waitFor();
  await press(ann.page, 'Stop sharing your screen');
  await screen.waitFor({ state: 'detached' });
  await clean(meeting.host, ann);
  await ann.page.close({ runBeforeUnload: true });
  await people.getByText('Ann').first().waitFor({ state: 'detached', timeout: 5_000 });
});

test('who joins with camera and microphone off is seen as such, and can turn them on', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const { page } = meeting.host;
  const ann = await world.open(`/meeting.html#${meeting.id}`);
  await press(ann.page, 'Turn microphone off');
  await press(ann.page, 'Turn camera off');
  await ann.page.getByLabel('Your name').fill('Ann');
  await press(ann.page, 'Ask to join');
  const tile = page.getByRole('listitem').filter({ hasText: 'Ann' });
  await tile.getByText('Microphone off').first().waitFor();
  await press(ann.page, 'Turn microphone on');
  await tile.getByText('Microphone off').first().waitFor({ state: 'detached' });
  await hears(page, 1);
  await press(ann.page, 'Turn camera on');
  await watches(page, 1);
});

test('who is removed is told so and stays out; the end is told to everybody', async () => {
  const meeting = await startMeeting(world, 'manual');
  const { page } = meeting.host;
  await joinAsHost(meeting);
  const ann = await askToJoin(world, meeting.id, 'Ann');
  const ben = await askToJoin(world, meeting.id, 'Ben');
  await page.getByText('Ben').first().waitFor();
  await press(page, 'Admit all');
  await Promise.all([inRoom(ann.page), inRoom(ben.page)]);
  await press(page, 'Remove Ann');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await sees(ann.page, 'You were removed from this meeting');
  await ann.page.reload();
  await sees(ann.page, 'You were removed from this meeting');
  await watches(page, 1);

  await press(page, 'End for everyone');
  await page.getByRole('dialog').getByRole('button', { name: 'End for everyone' }).click();
  for (const tab of [meeting.host, ben]) await sees(tab.page, 'The meeting has ended');
  await clean(meeting.host, ann, ben);
});

test('a host who leaves and a guest who reloads meet again', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const { page } = meeting.host;
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await watches(ann.page, 1);
  await ann.page.reload();
  await inRoom(ann.page);
  await watches(page, 1);
  await press(page, 'Leave the meeting');
  await sees(page, 'You have left');
  await press(page, 'Come back');
  await joinAsHost(meeting);
  await Promise.all([watches(page, 1), watches(ann.page, 1)]);
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

test('a network that is gone for a while is said to be, and the call goes on', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const line = await world.line();
  const ann = await askToJoin(world, meeting.id, 'Ann', { origin: line.origin });
  await watches(ann.page, 1);
  line.cut();
  await ann.page.getByText('The connection is interrupted. Connecting again.').first().waitFor();
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  line.mend();
  await ann.page.getByText('You are connected again.').waitFor({ state: 'attached', timeout: 20_000 });
  await Promise.all([watches(ann.page, 1), watches(meeting.host.page, 1)]);
});

test('a network that is gone for more than a minute ends the call; all are led back when it is there again', async () => {
  const line = await world.line();
  const { origin } = line;
  const meeting = await startMeeting(world, 'auto', { origin });
  await joinAsHost(meeting);
  const ann = await askToJoin(world, meeting.id, 'Ann', { origin });
  const created = await world.call('/api/v1/meetings/create', {});
  const { meeting_link } = JSON.parse(created.text) as { meeting_link: string };
  const visitor = await world.open(new URL(meeting_link).pathname, { origin });
  await visitor.page.getByLabel('Your name').fill('Vera');
  await press(visitor.page, 'Join now');
  const tabs = [meeting.host, ann, visitor];
  for (const tab of tabs) await inRoom(tab.page);
  // Longer than what the pages take for a stay that had hardly begun.
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  line.cut();
  for (const tab of [ann, visitor]) {
    await tab.page.getByRole('heading', { name: 'One moment', level: 1 }).waitFor({ timeout: 70_000 });
  }
  await meeting.host.page
    .getByRole('heading', { name: 'Your meeting is ready', level: 1 })
    .waitFor({ timeout: 70_000 });
  line.mend();
  for (const tab of tabs) {
    await tab.page.getByRole('button', { name: 'Leave the meeting' }).waitFor({ timeout: 40_000 });
  }
  await Promise.all([watches(meeting.host.page, 1), watches(ann.page, 1)]);
  for (const tab of tabs)
    expect((await tab.faults()).filter((fault) => fault.startsWith('error'))).toEqual([]);
}, 240_000);

test('a full room is said to be, and joined once there is room', async () => {
  const created = await world.call('/admin/create', { max_participants: 2 });
  const { meeting_id: number } = JSON.parse(created.text) as { meeting_id: number };
  const host = await world.open(`/host.html#${number}`);
  await joinAsHost({ id: String(number), host });
  const ann = await askToJoin(world, String(number), 'Ann');
  await inRoom(ann.page);
  const ben = await askToJoin(world, String(number), 'Ben');
  await ben.page.getByText(/The meeting is full/).waitFor();
  await press(ann.page, 'Leave the meeting');
  await sees(ann.page, 'You have left');
  await host.page.getByLabel('Picture of Ann').waitFor({ state: 'detached' });
  await press(ben.page, 'Try again');
  await inRoom(ben.page);
});

test('a token that the server does not take is explained, and another one joins', async () => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const ann = await world.open(`/meeting.html#${meeting.id}`);
  await ann.page.route('**/user/join', async (route) => {
    const answer = (await (await route.fetch()).json()) as { token: string };
    await route.fulfill({ json: { ...answer, token: answer.token.replace(/.{6}$/, 'AAAAAA') } });
  });
  await ann.page.getByLabel('Your name').fill('Ann');
  await press(ann.page, 'Ask to join');
  await ann.page.getByText(/Your invitation into the room took too long and has expired/).waitFor();
  await ann.page.unroute('**/user/join');
  await press(ann.page, 'Try again');
  await inRoom(ann.page);
});

test('without a server for media, people are told so and how to get one', async () => {
  const trial = await startWorld({ MEETINGS_PROVIDER: 'livekit' });
  try {
    const meeting = await startMeeting(trial, 'auto');
    const { page } = meeting.host;
    const ann = await askToJoin(trial, meeting.id, 'Ann');
    await waits(ann.page);
    await press(page, 'Join the meeting');
    const words = /This is a trial run without a media server.* install livekit-server/;
    for (const tab of [meeting.host, ann]) await tab.page.getByText(words).first().waitFor();
    await clean(meeting.host, ann);
  } finally {
    await trial.close();
  }
});

const showScreenOf = async ({ page }: Tab): Promise<void> => {
  await page.evaluate(() => {
    navigator.mediaDevices.getDisplayMedia = () => {
      const canvas = document.createElement('canvas');
      setInterval(() => canvas.getContext('2d')?.fillRect(Math.random() * 100, 0, 1, 1), 50);
      return Promise.resolve(canvas.captureStream(10));
    };
  });
  await press(page, 'Share your screen');
};
