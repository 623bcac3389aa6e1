/** Rooms on LiveKit, as `npm start` runs them beside an installed livekit-server: people meet on the page itself. */
import { BUILD_MS } from '../real/installed-livekit-server';
import { isCalm } from './pages/calm';
import { barriers } from './pages/barriers';
import { type InstalledWorld, startInstalledWorld } from './pages/installed-world';
import { hears, press, sees, until, watches } from './pages/people';
import { atTheList, counts, createRoom, isLive, isPresent, joinRoom, meetIn } from './pages/room-goers';
import { PHONE } from './pages/tab';

/** News takes a second at most; this is what a busy machine may add. A live list is looked up after twenty. */
const PUSHED_MS = 10_000;

let world: InstalledWorld;
beforeAll(async () => {
  world = await startInstalledWorld({ ROOMS_PROVIDER: 'livekit' });
}, BUILD_MS);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

test('two meet in a room, see and hear each other by name, and are counted once each until they leave', async () => {
  const dan = await atTheList(world);
  await createRoom(dan, 'Clinic');
  const [ann, ben] = [await atTheList(world), await atTheList(world, { size: PHONE })];
  await meetIn(ann, 'Clinic', 'Ann');
  await counts(dan.page, 'Clinic', 'One person is here.', PUSHED_MS);
  await meetIn(ben, 'Clinic', 'Ben');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await Promise.all([hears(ann.page, 1), hears(ben.page, 1)]);
  await ann.page.getByLabel('Picture of Ben').waitFor();
  await ben.page.getByLabel('Picture of Ann').waitFor();
  // The provider has told of them by now, too: both are still two.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await counts(dan.page, 'Clinic', '2 people are here.', PUSHED_MS);
  expect(await barriers(ann.page)).toEqual([]);
  expect(await barriers(ben.page)).toEqual([]);
  await press(ben.page, 'Leave the room');
  await counts(dan.page, 'Clinic', 'One person is here.', 5_000);
  await ann.page.getByLabel('Picture of Ben').waitFor({ state: 'detached' });
  await press(ann.page, 'Leave the room');
  await counts(dan.page, 'Clinic', 'Nobody is here.', 5_000);
  await press(dan.page, 'History of Clinic');
  const people = dan.page.getByRole('list', { name: 'Who was here' }).getByRole('listitem');
  await until(
    async () => (await people.allTextContents()).filter((one) => / to .+ sec$/.test(one)).length === 2,
    'two',
  );
  await isCalm(ann, ben, dan);
});

test('a reload leads back into the call, and the same person in another tab takes it over', async () => {
  const ann = await atTheList(world);
  await createRoom(ann, 'Again');
  const ben = await atTheList(world);
  await meetIn(ann, 'Again', 'Ann');
  await meetIn(ben, 'Again', 'Ben');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await ann.page.reload();
  await isPresent(ann.page);
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  const second = await ann.context.newPage();
  await second.goto(ann.page.url());
  await press(second, 'Join now');
  await sees(ann.page, 'You have joined from another tab');
  expect(await barriers(ann.page)).toEqual([]);
  await watches(second, 1);
  await press(ann.page, 'Continue here');
  await press(ann.page, 'Join now');
  await sees(second, 'You have joined from another tab');
  await watches(ann.page, 1);
});

test('who changes the name before the mirror is in the room by that name', async () => {
  const ann = await atTheList(world);
  await createRoom(ann, 'Names');
  const ben = await atTheList(world);
  await meetIn(ann, 'Names', 'Ann');
  await joinRoom(ben, 'Names', 'Ben');
  await sees(ben.page, 'Ready to join?');
  await ben.page.getByText('One person is here.').waitFor();
  await ben.page.getByLabel('Your name').fill('Benedict');
  await press(ben.page, 'Join now');
  await ann.page.getByLabel('Picture of Benedict').waitFor();
  await press(ben.page, 'Leave the room');
  await isLive(ben.page);
});
