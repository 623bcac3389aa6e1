/** The page for rooms, as `npm start` runs it: rooms of a provider whose media are elsewhere, and who is in them. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { isCalm } from './pages/calm';
import { barriers } from './pages/barriers';
import { withoutGateway } from './pages/callers';
import { type InstalledWorld, startInstalledWorld } from './pages/installed-world';
import { message, press, sees, tells, until } from './pages/people';
import { atTheList, counts, createRoom, isLive, isPresent, joinRoom, peopleIn } from './pages/room-goers';
import { DESKTOP, PHONE } from './pages/tab';
import { BUILD_MS } from '../real/installed-livekit-server';

const A_SECOND = 1_000;

let world: InstalledWorld;
beforeAll(async () => {
  world = await startInstalledWorld({ LEAVE_GRACE_SECONDS: '3' });
}, BUILD_MS);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

async function createdRoom(name: string): Promise<string> {
  const { status, text } = await world.call('/rooms', { roomName: name });
  expect(status).toBe(200);
  return (JSON.parse(text) as { id: string }).id;
}

test('whoever looks at the list sees a count change within a second when somebody joins, and when they leave', async () => {
  const ann = await atTheList(world, { size: PHONE });
  await createRoom(ann, 'Stand-up');
  const ben = await atTheList(world);
  await counts(ben.page, 'Stand-up', 'Nobody is here.');
  await isLive(ann.page);
  const carl = await atTheList(world);
  await joinRoom(carl, 'Stand-up', 'Carl');
  await isPresent(carl.page);
  await Promise.all([ann, ben].map(({ page }) => counts(page, 'Stand-up', 'One person is here.', A_SECOND)));
  await press(carl.page, 'Leave the room');
  await Promise.all([ann, ben].map(({ page }) => counts(page, 'Stand-up', 'Nobody is here.', A_SECOND)));
  await sees(carl.page, 'Rooms');
  await isCalm(ann, ben, carl);
});

test('people in a room see who is there and are told who comes and goes; the page says where picture and sound are', async () => {
  await createdRoom('Consulting room');
  const [ann, ben] = [await atTheList(world), await atTheList(world, { size: PHONE })];
  await joinRoom(ann, 'Consulting room', 'Ann');
  await isPresent(ann.page);
  await ann.page.getByText(/Picture and sound of this room are in its provider's own app/).waitFor();
  await joinRoom(ben, 'Consulting room', 'Ben');
  await isPresent(ben.page);
  await until(async () => (await peopleIn(ann.page)).join() === 'Ann,Ben', 'Ben');
  expect(await peopleIn(ben.page)).toEqual(['Ben', 'Ann']);
  await tells(ann.page, 'Ben has joined.');
  await press(ben.page, 'Leave the room');
  await until(async () => (await peopleIn(ann.page)).join() === 'Ann', 'leaving');
  await tells(ann.page, 'Ben has left.');
  // No camera was asked for: nobody would have seen it.
  expect(await ann.page.getByLabel('Your camera picture').count()).toBe(0);
  await isCalm(ann, ben);
});

test('a reload stays in the room, with the same name and without anybody being told', async () => {
  await createdRoom('Lasting');
  const [ann, ben] = [await atTheList(world), await atTheList(world)];
  await joinRoom(ann, 'Lasting', 'Ann');
  await isPresent(ann.page);
  await counts(ben.page, 'Lasting', 'One person is here.');
  const seen = counts(ben.page, 'Lasting', 'Nobody is here.', 6_000).then(
    () => 'left',
    () => 'stayed',
  );
  await ann.page.reload();
  await isPresent(ann.page);
  expect(await peopleIn(ann.page)).toEqual(['Ann']);
  expect(await seen).toBe('stayed');
  // The way back is the browser's own, too.
  await ann.page.goBack();
  await sees(ann.page, 'Rooms');
  await counts(ben.page, 'Lasting', 'Nobody is here.');
});

test('who closes the tab has left after the grace', async () => {
  await createdRoom('Closing');
  const [ann, ben] = [await atTheList(world), await atTheList(world)];
  await joinRoom(ann, 'Closing', 'Ann');
  await counts(ben.page, 'Closing', 'One person is here.');
  await ann.page.close({ runBeforeUnload: true });
  await counts(ben.page, 'Closing', 'Nobody is here.', 8_000);
});

test('a link leads into its room, and one that leads nowhere says so', async () => {
  const id = await createdRoom('By link');
  const ann = await world.open(`/rooms.html#room=${id}&name=By+link`);
  await ann.page.getByLabel('Your name').fill('Ann');
  await press(ann.page, 'Continue');
  await isPresent(ann.page);
  await sees(ann.page, 'By link');
  await press(ann.page, 'Invite people');
  expect(await ann.page.getByLabel('Link', { exact: true }).inputValue()).toContain(
    `#room=${id}&name=By+link`,
  );
  const ben = await world.open('/rooms.html#room=nowhere', { size: PHONE });
  await ben.page.getByLabel('Your name').fill('Ben');
  await press(ben.page, 'Continue');
  await sees(ben.page, 'There is no such room');
  expect(await barriers(ben.page)).toEqual([]);
  await press(ben.page, 'Back to all rooms');
  await isLive(ben.page);
  await isCalm(ann, ben);
});

test('the same name is the same room, no name is none, and rooms of others wait to be shown', async () => {
  const [ann, ben] = [await atTheList(world), await atTheList(world)];
  await createRoom(ann, 'Once');
  await ann.page.getByLabel('Name of the room').fill('Once');
  await press(ann.page, 'Create the room');
  await ann.page
    .getByRole('form', { name: 'Create a room' })
    .getByText('There is a room of this name already')
    .waitFor();
  expect(await ann.page.getByRole('button', { name: 'Join Once', exact: true }).count()).toBe(1);
  await ann.page.getByLabel('Name of the room').fill('   ');
  await press(ann.page, 'Create the room');
  await ann.page.getByText('Please enter a name for the room.').waitFor();
  const show = ben.page.getByRole('button', { name: 'Show 1 new room' });
  await show.click({ timeout: 30_000 });
  await counts(ben.page, 'Once', 'Nobody is here.');
  await isCalm(ann, ben);
});

test('a list of many rooms is shown page by page, every count of it live', async () => {
  for (let n = 1; n <= 24; n += 1) await createdRoom(`Many ${n}`);
  const [ann, ben] = [await atTheList(world), await atTheList(world)];
  const more = ann.page.getByRole('button', { name: 'Show more' });
  await ann.page.getByRole('button', { name: 'Join Many 24', exact: true }).waitFor();
  expect(await ann.page.getByRole('button', { name: 'Join Many 1', exact: true }).count()).toBe(0);
  await more.click();
  await ann.page.getByRole('button', { name: 'Join Many 1', exact: true }).waitFor();
  await isLive(ann.page);
  await joinRoom(ben, 'Many 20', 'Ben');
  await isPresent(ben.page);
  await counts(ann.page, 'Many 20', 'One person is here.', A_SECOND);
  await ann.page.reload();
  await ann.page.getByRole('button', { name: 'Join Many 1', exact: true }).waitFor();
});

test('the history says who was there and when, page by page, and survives a reload', async () => {
  const roomId = await createdRoom('Busy');
  const socket = new WebSocket(world.origin.replace('http', 'ws'));
  await once(socket, 'open');
  const left = new Promise<void>((resolve) => {
    let leaving = 0;
    socket.on('message', (data: Buffer) => {
      if (data.includes('"action":"left"') && (leaving += 1) === 52) resolve();
    });
  });
  socket.send(JSON.stringify({ event: 'watch', data: { roomId } }));
  for (let n = 1; n <= 52; n += 1) {
    for (const event of ['join', 'leave']) {
      socket.send(JSON.stringify({ event, data: { roomId, userId: `guest-${n}:Guest number ${n}` } }));
    }
  }
  await left;
  socket.close();
  const [ann, ben] = [await atTheList(world), await atTheList(world)];
  await joinRoom(ben, 'Busy', 'Ben');
  await isPresent(ben.page);
  await press(ann.page, 'History of Busy');
  await sees(ann.page, 'Busy');
  const people = ann.page.getByRole('list', { name: 'Who was here' }).getByRole('listitem');
  await people.first().waitFor();
  expect(await people.count()).toBe(50);
  expect(await people.filter({ hasText: 'Ben' }).textContent()).toMatch(/Since .+ so far/);
  await press(ann.page, 'Show more');
  await until(async () => (await people.count()) === 53, 'the rest');
  expect(await people.filter({ hasText: 'Guest number 52' }).textContent()).toMatch(/ to .+ sec$/);
  expect(await barriers(ann.page)).toEqual([]);
  await ann.page.reload();
  await people.first().waitFor();
  await press(ann.page, 'Back to all rooms');
  await isLive(ann.page);
  await isCalm(ann, ben);
}, 240_000);

test('a network that is gone is said to be, and counts and presence come back with it', async () => {
  await createdRoom('Cut off');
  const line = await world.line();
  const [ann, ben] = [await atTheList(world, { origin: line.origin }), await atTheList(world)];
  const carl = await atTheList(world, { origin: line.origin });
  await joinRoom(carl, 'Cut off', 'Carl');
  await isPresent(carl.page);
  await counts(ben.page, 'Cut off', 'One person is here.');
  line.cut();
  await carl.page
    .getByRole('group', { name: 'Your connection' })
    .getByText(/The connection is interrupted/)
    .waitFor();
  await ann.page.getByText('Every few seconds').waitFor();
  await message(ann.page).getByText('The server cannot be reached.').waitFor({ timeout: 30_000 });
  await counts(ben.page, 'Cut off', 'Nobody is here.', 20_000);
  line.mend();
  await Promise.all([isPresent(carl.page), isLive(ann.page)]);
  await counts(ben.page, 'Cut off', 'One person is here.');
  await counts(ann.page, 'Cut off', 'One person is here.');
  expect(await ann.shifts()).toEqual([]);
  expect(await carl.shifts()).toEqual([]);
});

test('without a gateway the list is looked up every few seconds', async () => {
  await createdRoom('Polled');
  const ann = await world.open('/rooms.html', { prepare: withoutGateway });
  const ben = await atTheList(world);
  await ann.page.getByText('Every few seconds').waitFor();
  await counts(ann.page, 'Polled', 'Nobody is here.');
  await joinRoom(ben, 'Polled', 'Ben');
  await counts(ann.page, 'Polled', 'One person is here.', 10_000);
  await press(ben.page, 'Leave the room');
  await counts(ann.page, 'Polled', 'Nobody is here.', 10_000);
  await isCalm(ann);
});

test('the keyboard alone creates a room, joins it and leaves it', async () => {
  const { page } = await atTheList(world);
  await page.getByLabel('Name of the room').focus();
  await page.keyboard.type('By keys');
  await page.keyboard.press('Enter');
  const join = page.getByRole('button', { name: 'Join By keys', exact: true });
  await join.waitFor();
  await until(async () => {
    await page.keyboard.press('Tab');
    return join.evaluate((button) => button === document.activeElement);
  }, 'way to the button');
  await page.keyboard.press('Enter');
  await sees(page, 'Who is joining?');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Kay');
  await page.keyboard.press('Enter');
  await isPresent(page);
  const leave = page.getByRole('button', { name: 'Leave the room' });
  await until(async () => {
    await page.keyboard.press('Tab');
    return leave.evaluate((button) => button === document.activeElement);
  }, 'way to the button');
  await page.keyboard.press('Enter');
  await sees(page, 'Rooms');
});

test.each([
  ['light', false],
  ['dark', true],
] as const)('nothing serious stands in anybody’s way, %s', async (_, dark) => {
  await createdRoom('For everybody');
  for (const size of [PHONE, DESKTOP]) {
    const tab = await atTheList(world, { dark, size });
    expect(await barriers(tab.page)).toEqual([]);
    await press(tab.page, 'Join For everybody');
    await press(tab.page, 'Continue');
    await tab.page.getByText('Please enter your name, so that others know who is there.').waitFor();
    expect(await barriers(tab.page)).toEqual([]);
    await tab.page.getByLabel('Your name').fill('Ann');
    await press(tab.page, 'Continue');
    await isPresent(tab.page);
    expect(await barriers(tab.page)).toEqual([]);
    await isCalm(tab);
  }
});
