/** The waiting room: knocking, deciding, waiting itself, and what becomes of it when a network or everything is away. */
import type { Locator } from 'playwright-core';
import { isCalm } from './pages/calm';
import { focused, tabTo } from './pages/keyboard';
import { pressWhere, standsStill } from './pages/just-come';
import {
  askToJoin,
  inRoom,
  joinAsHost,
  type Meeting,
  press,
  sees,
  startMeeting,
  until,
  waits,
  watches,
} from './pages/people';
import { PHONE } from './pages/tab';
import { startWorld, type World } from './pages/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

test('who knocks is announced with name and time, and is admitted or denied', async () => {
  const meeting = await startMeeting(world, 'manual');
  const { page } = meeting.host;
  await joinAsHost(meeting);
  const title = await page.title();
  expect(title).toMatch(/^Meeting [\d\s]+ · Foyer$/);
  const ann = await askToJoin(world, meeting.id, 'Ann Lee', { size: PHONE });
  await waits(ann.page);
  const list = page.getByRole('region', { name: 'Waiting' });
  await list.getByText('Ann Lee').waitFor();
  await list.getByText(/^since \d/).waitFor();
  await page.getByRole('status').getByText('Ann Lee asks to join.').waitFor({ state: 'attached' });
  expect(await page.title()).toBe(`(1) ${title}`);
  await press(page, 'Admit Ann Lee');
  await inRoom(ann.page);
  await Promise.all([watches(page, 1), watches(ann.page, 1)]);
  expect(await page.title()).toBe(title);

  const ben = await askToJoin(world, meeting.id, 'Ben');
  await press(page, 'Deny Ben');
  await sees(ben.page, 'The host did not let you in');
  await press(ben.page, 'Check again');
  await sees(ben.page, 'The host did not let you in');
  await page.getByText('Not let in (1)').click();
  await press(page, 'Admit Ben');
  await press(ben.page, 'Check again');
  await inRoom(ben.page);
  await isCalm(meeting.host, ann, ben);
});

test.each([
  ['before the call', async () => undefined],
  ['in the call', (meeting: Meeting) => joinAsHost(meeting)],
])('a press that was meant for what a knock has just covered decides about nobody, %s', async (_, begin) => {
  const meeting = await startMeeting(world, 'manual', { size: { ...PHONE, height: 568 } });
  const { page } = meeting.host;
  await begin(meeting);
  const goesOn = await standsStill(page);
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await waits(ann.page);
  const deny = page.getByRole('button', { name: 'Deny', exact: true });
  expect(await pressWhere(deny)).not.toContain('/admin/deny');
  await goesOn();
  expect(await pressWhere(deny)).toContain('/admin/deny');
  await sees(ann.page, 'The host did not let you in');
});

test('all who wait are admitted at once, before the host is in the call as well', async () => {
  const meeting = await startMeeting(world, 'manual');
  const { page } = meeting.host;
  const guests = [
    await askToJoin(world, meeting.id, 'Ann'),
    await askToJoin(world, meeting.id, 'Ben', { size: PHONE }),
  ];
  for (const guest of guests) await waits(guest.page);
  await press(page, 'Admit all');
  for (const guest of guests) await sees(guest.page, 'You are let in');
  await joinAsHost(meeting);
  for (const guest of guests) await inRoom(guest.page);
  await watches(page, 2);
  await isCalm(meeting.host, ...guests);
});

test('a reload while waiting keeps the place, and leaving gives it up', async () => {
  const meeting = await startMeeting(world, 'manual');
  const list = meeting.host.page.getByRole('list', { name: 'Waiting' }).getByRole('listitem');
  const ann = await askToJoin(world, meeting.id, 'Ann');
  const ben = await askToJoin(world, meeting.id, 'Ben');
  await Promise.all([waits(ann.page), waits(ben.page)]);
  await until(async () => (await list.count()) === 2, 'two who wait');
  await ann.page.reload();
  await waits(ann.page);
  expect(await list.first().innerText()).toContain('Ann');
  expect(await list.count()).toBe(2);
  await press(ben.page, 'Leave');
  await sees(ben.page, 'You have left');
  await until(async () => (await list.count()) === 1, 'one who waits');
  await press(ben.page, 'Come back');
  await waits(ben.page);
  await until(async () => (await list.count()) === 2, 'two who wait again');
});

test('a guest whose network was gone while the host decided learns of it when it is back', async () => {
  const meeting = await startMeeting(world, 'manual');
  await joinAsHost(meeting);
  const line = await world.line();
  const ann = await askToJoin(world, meeting.id, 'Ann', { origin: line.origin });
  await waits(ann.page);
  line.cut();
  await ann.page.getByText('The connection is interrupted.').first().waitFor();
  await press(meeting.host.page, 'Admit Ann');
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  line.mend();
  await inRoom(ann.page);
});

test('the whole way by keyboard alone, for a guest', async () => {
  const meeting = await startMeeting(world, 'manual');
  await joinAsHost(meeting);
  const { page } = await world.open(`/meeting.html#${meeting.id}`);
  const button = (name: string): Locator => page.getByRole('button', { name });
  await button('Turn camera off').waitFor();
  await tabTo(page, page.getByLabel('Your name'));
  await page.keyboard.type('Ann');
  await page.keyboard.press('Enter');
  await waits(page);
  // The new view begins at its heading.
  await until(async () => (await focused(page)) === 'You are in the waiting room', 'focus at the heading');
  await press(meeting.host.page, 'Admit Ann');
  await inRoom(page);
  await tabTo(page, button('Turn microphone off'));
  await page.keyboard.press('Space');
  await button('Turn microphone on').waitFor();
  await tabTo(page, button('Leave the meeting'));
  await page.keyboard.press('Enter');
  await sees(page, 'You have left');
  await tabTo(page, button('Come back'));
});

test('everything behind the pages is restarted: the meeting is gone, and the pages say so', async () => {
  const meeting = await startMeeting(world, 'auto');
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await waits(ann.page);
  await world.restart();
  await sees(ann.page, 'There is no meeting with this number');
  await sees(meeting.host.page, 'There is no meeting with this number');
});
