/** Waiting together: how many are before one, what the host says, and whether anybody is still here. */
import type { Page, Route } from 'playwright-core';
import { isCalm } from './pages/calm';
import {
  askToJoin,
  field,
  inRoom,
  joinAsHost,
  message,
  named,
  press,
  sees,
  startMeeting,
  until,
  waits,
} from './pages/people';
import { DESKTOP, PHONE, SIZES, TABLET } from './pages/tab';
import { startWorld, type World } from './pages/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

/** In the page itself; what screen readers are told is apart from it. */
const reads = (page: Page, words: string): Promise<void> =>
  page.getByRole('main').getByText(words, { exact: true }).waitFor();

const words = (page: Page) => page.getByRole('textbox', { name: 'Message', exact: true });
const waiting = (page: Page) => page.getByRole('region', { name: 'Waiting' });
const rowOf = (page: Page, name: string) => waiting(page).getByRole('listitem').filter({ hasText: name });

test.each(SIZES)('on a %s, guests see the queue move, and hear the host', async (_, size) => {
  const meeting = await startMeeting(world, 'manual');
  const { page } = meeting.host;
  await field(page, 'Your name (shown to guests)').fill('Dr. Noor');
  const ann = await askToJoin(world, meeting.id, 'Ann', { size });
  await reads(ann.page, 'You are next.');
  const ben = await askToJoin(world, meeting.id, 'Ben', { size });
  await reads(ben.page, 'About 1 person is before you.');
  const cid = await askToJoin(world, meeting.id, 'Cid', { size });
  await reads(cid.page, 'About 2 people are before you.');

  await press(page, 'Message Cid');
  const dialog = page.getByRole('dialog', { name: 'Message to Cid' });
  await press(dialog, 'Send');
  await dialog.getByText('Please write a message.').waitFor();
  await press(dialog, 'You are next.');
  await words(page).fill('Two others, then you.');
  await press(dialog, 'Send');
  await dialog.getByText(/^Sent to Cid at /).waitFor();
  await press(dialog, 'Close');
  await message(cid.page).getByText('Two others, then you.').waitFor();
  await message(cid.page)
    .getByText(/^Dr\. Noor, \d/)
    .waitFor();
  expect(await cid.page.title()).toBe('New message');
  expect(await message(ben.page).count()).toBe(0);
  await press(message(cid.page), 'OK');
  await cid.page
    .getByRole('region', { name: 'Messages from the host' })
    .getByText('Two others, then you.')
    .waitFor();

  await press(page, 'Message all');
  const toAll = page.getByRole('dialog', { name: 'Message to all who wait' });
  await press(toAll, 'I am a few minutes late.');
  await press(toAll, 'Send');
  for (const guest of [ann, ben, cid])
    await message(guest.page).getByText('I am a few minutes late.').waitFor();
  await press(toAll, 'Close');

  await press(page, 'Admit next');
  await sees(ann.page, 'You are let in');
  await reads(cid.page, 'About 1 person is before you.');
  await press(ben.page, 'Leave');
  await sees(ben.page, 'You have left');
  await reads(cid.page, 'You are next.');
  await cid.page.reload();
  await reads(cid.page, 'You are next.');
  await message(cid.page).getByText('I am a few minutes late.').waitFor();
  await isCalm(meeting.host, ann, ben, cid);
});

test('where everybody is let in guests are told what they wait for, and what the host says', async () => {
  const meeting = await startMeeting(world, 'auto');
  const { page } = meeting.host;
  const ann = await askToJoin(world, meeting.id, 'Ann', { size: PHONE, dark: true });
  await reads(ann.page, 'The meeting opens as soon as the host is there. You do not have to do anything.');
  await press(page, 'Message all');
  await words(page).fill('Soon.');
  await press(page.getByRole('dialog'), 'Send');
  await message(ann.page).getByText('Soon.').waitFor();
  await press(page.getByRole('dialog'), 'Close');
  await joinAsHost(meeting);
  await inRoom(ann.page);
  await isCalm(meeting.host, ann);
});

test('a guest who has waited long is asked; without an answer the host is told, and with one again', async () => {
  const meeting = await startMeeting(world, 'manual');
  const { page } = meeting.host;
  const ann = await askToJoin(world, meeting.id, 'Ann', {
    size: TABLET,
    prepare: (tab) => tab.clock.install(),
  });
  await waits(ann.page);
  await ann.page.clock.runFor('20:05');
  const dialog = ann.page.getByRole('dialog', { name: 'Are you still here?' });
  await dialog.waitFor();
  expect(await ann.page.title()).toBe('Are you still here?');
  expect(await rowOf(page, 'Ann').getByText('may be away').count()).toBe(0);
  await ann.page.clock.runFor('03:05');
  await rowOf(page, 'Ann')
    .getByText(/may be away since/)
    .waitFor();
  await press(dialog, 'Yes, I am here');
  await dialog.waitFor({ state: 'detached' });
  await rowOf(page, 'Ann')
    .getByText(/may be away since/)
    .waitFor({ state: 'detached' });
  await isCalm(meeting.host, ann);
});

test('of more than a hundred who wait one is found by name, and fifty are shown', async () => {
  const meeting = await startMeeting(world, 'manual', { size: DESKTOP });
  const { page } = meeting.host;
  const names = Array.from({ length: 120 }, (_, index) => `Guest ${String(index + 1).padStart(3, '0')}`);
  for (let done = 0; done < names.length; done += 8) {
    await Promise.all(
      names
        .slice(done, done + 8)
        .map((name) => world.call('/user/enter-waiting-room', { meeting_id: meeting.id, name })),
    );
  }
  await until(
    async () => (await waiting(page).getByRole('heading').innerText()).includes('120'),
    '120 who wait',
  );
  await waiting(page).getByText('And 70 more: find them by name.').waitFor();
  expect(await waiting(page).getByRole('listitem').count()).toBe(50);
  await field(page, 'Find by name').fill('guest 117');
  expect(await waiting(page).getByRole('listitem').count()).toBe(1);
  await press(page, 'Admit Guest 117');
  await waiting(page).getByText('Nobody of this name is waiting.').waitFor();
  await field(page, 'Find by name').fill('nobody');
  await waiting(page).getByText('Nobody of this name is waiting.').waitFor();
  expect(await named(page, 'button', 'Admit all').isVisible()).toBe(true);
});

test('answers to decisions, late and in another order, take nobody off the list and put nobody back', async () => {
  const meeting = await startMeeting(world, 'manual', { size: DESKTOP });
  const { page } = meeting.host;
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await rowOf(page, 'Ann').waitFor();
  const ben = await askToJoin(world, meeting.id, 'Ben');
  await rowOf(page, 'Ben').waitFor();
  const held: (() => Promise<void>)[] = [];
  await page.route('**/admin/admit', async (route) => {
    const response = await route.fetch();
    held.push(() => route.fulfill({ response }));
  });
  for (const [index, guest] of [ann, ben].entries()) {
    await press(page, index === 0 ? 'Admit Ann' : 'Admit Ben');
    await until(() => Promise.resolve(held.length > index), 'decision');
    await sees(guest.page, 'You are let in');
  }
  await askToJoin(world, meeting.id, 'Cid');
  for (const name of ['Ann', 'Ben']) await rowOf(page, name).waitFor({ state: 'detached' });
  await rowOf(page, 'Cid').waitFor();
  const knock = page.getByRole('status').filter({ hasText: 'Cid' });
  await knock.waitFor({ state: 'attached' });
  for (const answer of held.toReversed()) {
    const answered = page.waitForResponse('**/admin/admit');
    await answer();
    await (await answered).finished();
    await page.evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn))));
    expect(await waiting(page).getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('Cid'),
    ]);
  }
  expect(await knock.count()).toBe(1);
});

test('a message is sent once, however often Enter is pressed, and however long it is held', async () => {
  const meeting = await startMeeting(world, 'auto');
  const { page } = meeting.host;
  const ann = await askToJoin(world, meeting.id, 'Ann', { size: PHONE });
  const held: Route[] = [];
  await page.route('**/admin/message', (route) => void held.push(route));
  await press(page, 'Message all');
  await words(page).fill('Soon.');
  await words(page).press('Enter');
  await until(() => Promise.resolve(held.length > 0), 'message');
  await words(page).press('Enter');
  await page.keyboard.down('Enter');
  await held[0]?.continue();
  await page
    .getByRole('dialog')
    .getByText(/^Sent /)
    .waitFor();
  // A key that is held comes again and again.
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  expect(await page.getByText('Please write a message.').count()).toBe(0);
  await message(ann.page).getByText('Soon.').waitFor();
  expect(held).toHaveLength(1);
});
