/** The page behind a persistent meeting's link: whoever has the link joins, under any name. */
import { runLiveKitServer } from '../../scripts/start/livekit-server';
import { BUILD_MS, installedLiveKitServer } from '../real/installed-livekit-server';
import { type InstalledWorld, startInstalledWorld } from './pages/installed-world';
import { isCalm } from './pages/calm';
import { hears, inRoom, press, sees, watches } from './pages/people';
import { PHONE, type Tab, type TabOptions } from './pages/tab';
import { startWorld } from './pages/world';

let world: InstalledWorld;
beforeAll(async () => {
  world = await startInstalledWorld();
}, BUILD_MS);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

interface Created {
  readonly meeting_id: string;
  readonly meeting_link: string;
}

async function create(
  parameters: object = {},
  foyer = world,
): Promise<{ readonly id: string; readonly path: string }> {
  const { text } = await foyer.call('/api/v1/meetings/create', parameters);
  const { meeting_id: id, meeting_link } = JSON.parse(text) as Created;
  return { id, path: new URL(meeting_link).pathname };
}

async function visit(path: string, name: string, options?: TabOptions, foyer = world): Promise<Tab> {
  const tab = await foyer.open(path, options);
  await tab.page.getByLabel('Your name').fill(name);
  await press(tab.page, 'Join now');
  return tab;
}

test('two who follow the link see and hear each other, and leave', async () => {
  const { path, id } = await create();
  expect(path).toBe(`/meeting/${id}`);
  const ann = await world.open(path, { size: PHONE });
  await ann.page.getByText(`Meeting ${id}`).waitFor();
  await ann.page.getByText('Nobody is here yet.').waitFor();
  await ann.page.getByLabel('Your name').fill('Ann');
  await press(ann.page, 'Join now');
  await inRoom(ann.page);

  const ben = await world.open(path);
  await ben.page.getByText('One person is here.').waitFor();
  await ben.page.getByLabel('Your name').fill('Zoë 名 🎈');
  await press(ben.page, 'Join now');
  await inRoom(ben.page);
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await Promise.all([hears(ann.page, 1), hears(ben.page, 1)]);

  const people = ben.page.getByRole('list', { name: 'In the meeting' });
  await people.getByText('Ann').first().waitFor();
  await people.getByText('Zoë 名 🎈').first().waitFor();
  await press(ann.page, 'Show people');
  await ann.page.getByRole('dialog').getByText('Zoë 名 🎈').waitFor();
  await press(ann.page, 'Invite people');
  await ann.page.getByRole('textbox', { name: 'Link' }).waitFor();
  await isCalm(ann, ben);

  await press(ben.page, 'Leave the meeting');
  await sees(ben.page, 'You have left');
  await ann.page.getByLabel('Picture of Zoë').waitFor({ state: 'detached' });
  await press(ben.page, 'Come back');
  await watches(ben.page, 1);
});

test('two people of the same name are two', async () => {
  const { path } = await create();
  const tabs = [await visit(path, 'Ann'), await visit(path, 'Ann')];
  for (const { page } of tabs) await watches(page, 1);
});

test('a reload leads back into the room, also at the page’s own address, which links have without a front port', async () => {
  const { path, id } = await create();
  const [ann, ben] = [await visit(`/livekit-meeting.html#${id}`, 'Ann'), await visit(path, 'Ben')];
  await watches(ben.page, 1);
  await ann.page.reload();
  await inRoom(ann.page);
  await watches(ben.page, 1);
});

test('a link that leads nowhere, and a meeting that was deleted, are said to be', async () => {
  for (const path of [
    '/meeting/abc-defg-hij',
    '/meeting/%F0%9F%8E%88%20x',
    `/meeting/${'x'.repeat(80)}`,
    '/livekit-meeting.html',
  ]) {
    const lost = await world.open(path);
    await sees(lost.page, 'There is no meeting at this link');
    await lost.close();
  }
  const { path, id } = await create();
  const [ann, waiting] = [await visit(path, 'Ann'), await world.open(path)];
  await inRoom(ann.page);
  await waiting.page.getByLabel('Your name').fill('Ben');
  await world.call('/api/v1/meetings/delete', { meeting_id: id });
  await sees(ann.page, 'The meeting has ended');
  await press(waiting.page, 'Join now');
  await sees(waiting.page, 'There is no meeting at this link');
  expect(await ann.faults()).toEqual([]);
});

test('a full meeting is said to be, and joined once there is room', async () => {
  const { path } = await create({ max_participants: 2 });
  const [ann, ben] = [await visit(path, 'Ann'), await visit(path, 'Ben')];
  await Promise.all([inRoom(ann.page), inRoom(ben.page)]);
  const carl = await visit(path, 'Carl');
  await carl.page
    .getByText(/The meeting is full/)
    .first()
    .waitFor();
  await press(ann.page, 'Leave the meeting');
  await ben.page.getByLabel('Picture of Ann').waitFor({ state: 'detached' });
  await press(carl.page, 'Join now');
  await inRoom(carl.page);
});

test('who is cut off for a while is led back by the page', async () => {
  const { path } = await create();
  const line = await world.line();
  const ann = await visit(path, 'Ann', { origin: line.origin });
  const ben = await visit(path, 'Ben');
  await watches(ann.page, 1);
  line.cut();
  await ann.page.getByText('The connection is interrupted. Connecting again.').first().waitFor();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  line.mend();
  await ann.page.getByText('You are connected again.').waitFor({ state: 'attached' });
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
});

test('a server of one’s own at another address is met directly, and no other is', async () => {
  const key = { apiKey: 'pages', apiSecret: 'a secret for these tests only, long enough' };
  const server = await runLiveKitServer(installedLiveKitServer(), key);
  const foyer = await startInstalledWorld({
    LIVEKIT_URL: server.origin,
    LIVEKIT_API_KEY: key.apiKey,
    LIVEKIT_API_SECRET: key.apiSecret,
  });
  try {
    const { path } = await create({}, foyer);
    const tabs = [await visit(path, 'Ann', {}, foyer), await visit(path, 'Ben', {}, foyer)];
    for (const { page } of tabs) await watches(page, 1);
    for (const tab of tabs) expect(await tab.faults()).toEqual([]);

    const eve = await foyer.open(path);
    await eve.page.route('**/api/v1/meetings/join', async (route) => {
      const answer = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...answer, livekit_url: 'ws://127.0.0.1:9' } });
    });
    await eve.page.getByLabel('Your name').fill('Eve');
    await press(eve.page, 'Join now');
    await eve.page
      .getByText(/The connection to the meeting was lost/)
      .first()
      .waitFor();
    expect((await eve.faults()).join('\n')).toMatch(/policy: connect-src ws:\/\/127\.0\.0\.1:9/);
  } finally {
    await foyer.close();
    await server.close();
  }
});

test('without a server for media, people are told so and how to get one', async () => {
  const trial = await startWorld();
  try {
    const { text } = await trial.call('/api/v1/meetings/create', {});
    const { meeting_link } = JSON.parse(text) as Created;
    const ann = await trial.open(new URL(meeting_link).pathname);
    await ann.page.getByLabel('Your name').fill('Ann');
    await press(ann.page, 'Join now');
    await ann.page
      .getByText(/This is a trial run without a media server/)
      .first()
      .waitFor();
    expect(await ann.faults()).toEqual([]);
  } finally {
    await trial.close();
  }
});
