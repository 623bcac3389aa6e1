/** The page for rooms, as `npm start` runs it: who is in them, who was, and who goes in. */
import { once } from 'node:events';
import type { Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { isCalm } from './pages/calm';
import { barriers } from './pages/barriers';
import { withoutGateway } from './pages/callers';
import { type InstalledWorld, startInstalledWorld } from './pages/installed-world';
import { focused, tabTo } from './pages/keyboard';
import { confirm, message, press, sees, tells, until } from './pages/people';
import { atTheList, counts, createRoom, goIn, isLive, isPresent, meetIn } from './pages/room-goers';
import { PHONE } from './pages/tab';
import { isWritten, openChat } from './pages/writers';
import { BUILD_MS } from '../real/installed-livekit-server';

/** News takes a second at most; this is what a busy machine may add. A live list is looked up after twenty. */
const PUSHED_MS = 10_000;
/** Long enough to load a page in, on a machine that does much else. */
const GRACE_SECONDS = 15;

let world: InstalledWorld;
beforeAll(async () => {
  world = await startInstalledWorld({ LEAVE_GRACE_SECONDS: String(GRACE_SECONDS) });
}, BUILD_MS);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

async function createdRoom(name: string): Promise<string> {
  const { status, text } = await world.call('/rooms', { roomName: name });
  expect(status).toBe(200);
  return (JSON.parse(text) as { id: string }).id;
}

test('whoever looks at the list is told at once when somebody joins, and when they leave', async () => {
  const ann = await atTheList(world, { size: PHONE });
  await createRoom(ann, 'Stand-up');
  const ben = await atTheList(world);
  await counts(ben.page, 'Stand-up', 'Nobody is here.');
  await isLive(ann.page);
  const carl = await atTheList(world);
  await meetIn(carl, 'Stand-up', 'Carl');
  await Promise.all([ann, ben].map(({ page }) => counts(page, 'Stand-up', 'One person is here.', PUSHED_MS)));
  await press(carl.page, 'Leave the room');
  await Promise.all([ann, ben].map(({ page }) => counts(page, 'Stand-up', 'Nobody is here.', PUSHED_MS)));
  await sees(carl.page, 'Rooms');
  await isCalm(ann, ben, carl);
});

/** Before the page is opened: its gateway answers it, and what it tells by itself gets lost. */
const withoutNews = (page: Page): Promise<void> =>
  page.routeWebSocket(
    ({ pathname }) => pathname === '/',
    (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => {
        if (!message.includes('"update"')) socket.send(message);
      });
    },
  );

test('a count whose news got lost is right again when the list is next looked up, without a reload', async () => {
  const roomId = await createdRoom('Quiet');
  const ann = await atTheList(world, { prepare: withoutNews });
  await counts(ann.page, 'Quiet', 'Nobody is here.');
  const socket = new WebSocket(world.origin.replace('http', 'ws'));
  await once(socket, 'open');
  socket.send(JSON.stringify({ event: 'join', data: { roomId, userId: 'guest-1:Ben' } }));
  await counts(ann.page, 'Quiet', 'One person is here.', 60_000);
  socket.close();
  await isCalm(ann);
});

test('people in a room see who is there and are told who comes and goes', async () => {
  await createdRoom('Consulting room');
  const [ann, ben] = [await atTheList(world), await atTheList(world, { size: PHONE })];
  await meetIn(ann, 'Consulting room', 'Ann');
  await meetIn(ben, 'Consulting room', 'Ben');
  await ann.page.getByLabel('Picture of Ben').waitFor();
  await ben.page.getByLabel('Picture of Ann').waitFor();
  await tells(ann.page, 'Ben has joined.');
  await press(ben.page, 'Leave the room');
  await ann.page.getByLabel('Picture of Ben').waitFor({ state: 'detached' });
  await tells(ann.page, 'Ben has left.');
  await isCalm(ann, ben);
});

test('a reload stays in the room, with the same name and without anybody being told', async () => {
  await createdRoom('Lasting');
  const [ann, ben] = [await atTheList(world), await atTheList(world)];
  await meetIn(ann, 'Lasting', 'Ann');
  await counts(ben.page, 'Lasting', 'One person is here.');
  const seen = counts(ben.page, 'Lasting', 'Nobody is here.', (GRACE_SECONDS + 3) * 1000).then(
    () => 'left',
    () => 'stayed',
  );
  await ann.page.reload();
  await isPresent(ann.page);
  expect(await seen).toBe('stayed');
  // The way back is the browser's own, too.
  await ann.page.goBack();
  await confirm(ann.page, 'Leave');
  await sees(ann.page, 'Rooms');
  await counts(ben.page, 'Lasting', 'Nobody is here.');
});

test('who closes the tab has left after the grace', async () => {
  await createdRoom('Closing');
  const [ann, ben] = [await atTheList(world), await atTheList(world)];
  await meetIn(ann, 'Closing', 'Ann');
  await counts(ben.page, 'Closing', 'One person is here.');
  await ann.page.close({ runBeforeUnload: true });
  await counts(ben.page, 'Closing', 'Nobody is here.');
});

test('a link leads into its room, and one that leads nowhere says so', async () => {
  const id = await createdRoom('By link');
  const ann = await world.open(`/rooms.html#room=${id}&name=By+link`);
  await ann.page.getByLabel('Your name').fill('Ann');
  await press(ann.page, 'Continue');
  await goIn(ann);
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
  await show.click();
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
  await meetIn(ben, 'Many 20', 'Ben');
  await counts(ann.page, 'Many 20', 'One person is here.', PUSHED_MS);
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
  await meetIn(ben, 'Busy', 'Ben');
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
});

test('a network that is gone is said to be, and when it is back whoever was cut off counts once', async () => {
  await createdRoom('Cut off');
  const line = await world.line();
  const [ann, ben] = [await atTheList(world, { origin: line.origin }), await atTheList(world)];
  const carl = await atTheList(world, { origin: line.origin });
  await meetIn(carl, 'Cut off', 'Carl');
  await counts(ben.page, 'Cut off', 'One person is here.');
  line.cut();
  await carl.page
    .getByText(/The connection is interrupted/)
    .first()
    .waitFor();
  await ann.page.getByText('Every few seconds').waitFor();
  await message(ann.page).getByText('The server cannot be reached.').waitFor();
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
  await meetIn(ben, 'Polled', 'Ben');
  await counts(ann.page, 'Polled', 'One person is here.');
  await press(ben.page, 'Leave the room');
  await counts(ann.page, 'Polled', 'Nobody is here.');
  await isCalm(ann);
});

/** Whatever a view does once it is seen has been done two pictures later. */
const isSeen = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let pictures = 0; pictures < 2; pictures += 1) {
      await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
    }
  });

test('who reloads while writing is back in the chat’s field', async () => {
  await createdRoom('Writing');
  const ann = await atTheList(world);
  await meetIn(ann, 'Writing', 'Ann');
  await openChat(ann.page);
  await ann.page.reload();
  await isPresent(ann.page);
  await until(() => isWritten(ann.page), 'focus in the field');
  await isSeen(ann.page);
  expect(await isWritten(ann.page)).toBe(true);
});

test('who is in a field of a new view as soon as it is there stays in it', async () => {
  await createdRoom('At once');
  const { page } = await atTheList(world);
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const fields = Array.from(document.forms).flatMap(({ elements }) => Array.from(elements));
      const inputs = fields.filter((one) => one instanceof HTMLInputElement);
      const name = inputs.find(({ labels }) => labels?.[0]?.textContent === 'Your name');
      if (!name) return;
      observer.disconnect();
      name.focus();
    }).observe(document.body, { childList: true, subtree: true });
  });
  await press(page, 'Join At once');
  await sees(page, 'Who is joining?');
  await isSeen(page);
  await page.keyboard.type('Ann');
  expect(await page.getByLabel('Your name').inputValue()).toBe('Ann');
});

test('the keyboard alone creates a room, joins it and leaves it', async () => {
  const { page } = await atTheList(world);
  await page.getByLabel('Name of the room').focus();
  await page.keyboard.type('By keys');
  await page.keyboard.press('Enter');
  const join = page.getByRole('button', { name: 'Join By keys', exact: true });
  await join.waitFor();
  await tabTo(page, join);
  await page.keyboard.press('Enter');
  await until(async () => (await focused(page)) === 'Who is joining?', 'focus at the heading');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Kay');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Join now' }));
  await page.keyboard.press('Enter');
  await isPresent(page);
  await tabTo(page, page.getByRole('button', { name: 'Leave the room' }));
  await page.keyboard.press('Enter');
  await sees(page, 'Rooms');
});
