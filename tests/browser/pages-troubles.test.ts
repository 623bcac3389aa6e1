/** What can go wrong for a person on the pages, and the words that they are told. */
import type { Page } from 'playwright-core';
import { barriers } from './pages/barriers';
import { isCalm } from './pages/calm';
import {
  askToJoin,
  confirm,
  inRoom,
  joinAsHost,
  openPeople,
  press,
  sees,
  startMeeting,
  until,
  waits,
  watches,
} from './pages/people';
import { DESKTOP, PHONE } from './pages/tab';
import { startWorld, type World } from './pages/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

/** Browsers that allow no data of this site. */
const keepsNothing = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    for (const name of ['sessionStorage', 'localStorage']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('The request was denied.', 'SecurityError');
        },
      });
    }
  });
};

/** The tests' browser grants everything, so pages would not wait for a press. */
const isAskedFirst = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    navigator.permissions.query = () => Promise.reject(new Error('not told'));
  });
};

const REFUSALS = [
  ['NotAllowedError', /Camera and microphone are blocked/],
  ['NotFoundError', /No camera was found/],
  ['NotReadableError', /Your camera is being used by another program/],
] as const;

test.each(REFUSALS)('devices that fail with %s are explained, and one joins without', async (name, words) => {
  const meeting = await startMeeting(world, 'auto');
  await joinAsHost(meeting);
  const ann = await askToJoin(world, meeting.id, 'Ann', {
    size: PHONE,
    refuse: { video: name, audio: name },
    prepare: isAskedFirst,
  });
  await inRoom(ann.page);
  await watches(ann.page, 1);
  // Over the call it is only said when one tries again, and can be put away.
  const said = ann.page.getByText(words).or(ann.page.getByText(/Your camera is blocked/));
  expect(await said.count()).toBe(0);
  await press(ann.page, 'Turn camera on');
  await said.first().waitFor();
  await press(ann.page, 'Close');
  await said.first().waitFor({ state: 'detached' });
  await meeting.host.page.getByRole('list', { name: 'In the meeting' }).getByText('Ann').first().waitFor();
  expect(await ann.faults()).toEqual([]);
});

test('a browser that has to be asked for devices first is asked when somebody wants them', async () => {
  const ann = await world.open('/meeting.html#123456', { size: PHONE, prepare: isAskedFirst });
  const open = ann.page.getByRole('button', { name: 'Turn on camera and microphone' });
  await open.waitFor();
  expect(await barriers(ann.page)).toEqual([]);
  await open.tap();
  await ann.page.getByLabel('Your camera picture').waitFor();
  await isCalm(ann);
});

test('before joining, a refusal stands where the picture would be, and moves nothing', async () => {
  const meeting = await startMeeting(world, 'auto');
  for (const [name, words] of REFUSALS) {
    const ann = await world.open(`/meeting.html#${meeting.id}`, { refuse: { video: name, audio: name } });
    await ann.page.getByRole('region', { name: 'Your camera and microphone' }).getByText(words).waitFor();
    await ann.page
      .getByText(/Microphone is off|Until then you can only listen|Your microphone is being used/)
      .waitFor();
    expect(await ann.shifts()).toEqual([]);
    await ann.close();
  }
});

test('a camera that fails leaves the microphone', async () => {
  const meeting = await startMeeting(world, 'auto');
  const ann = await world.open(`/meeting.html#${meeting.id}`, { refuse: { video: 'NotFoundError' } });
  await ann.page.getByText(/No camera was found/).waitFor();
  await ann.page.getByRole('button', { name: 'Turn microphone off' }).waitFor();
});

test('a wrong number, by link and typed, leads to a field for the right one', async () => {
  const { id } = await startMeeting(world, 'auto');
  const ann = await world.open('/meeting.html#12');
  await sees(ann.page, 'There is no meeting with this number');
  await ann.page.getByLabel('Meeting number').fill('12');
  await press(ann.page, 'Join');
  await ann.page.getByText('A meeting number has 4 to 15 digits').waitFor();
  const other = String((Number(id) % 899_999) + 100_001);
  await ann.page.getByLabel('Meeting number').fill(other);
  await press(ann.page, 'Join');
  await ann.page.getByLabel('Your name').fill('Ann');
  await press(ann.page, 'Ask to join');
  await sees(ann.page, 'There is no meeting with this number');
  await ann.page.getByLabel('Meeting number').fill(`${id.slice(0, 3)} ${id.slice(3)}`);
  await press(ann.page, 'Join');
  await ann.page.getByLabel('Your name').fill('Ann');
  await press(ann.page, 'Ask to join');
  await waits(ann.page);
  expect(await ann.faults()).toEqual([]);
});

test('a busy server is asked again when it says so; one that stays busy is called so', async () => {
  const { id } = await startMeeting(world, 'auto');
  let answers = 0;
  const ann = await world.open(`/meeting.html#${id}`);
  await ann.page.route('**/user/enter-waiting-room', async (route) => {
    answers += 1;
    if (answers > 1) return route.continue();
    return route.fulfill({ status: 503, headers: { 'retry-after': '1' }, body: 'Error: busy. Try again.' });
  });
  await ann.page.getByLabel('Your name').fill('Ann');
  await press(ann.page, 'Ask to join');
  await waits(ann.page);
  expect(answers).toBe(2);

  const ben = await world.open(`/meeting.html#${id}`);
  await ben.page.route('**/user/enter-waiting-room', (route) =>
    route.fulfill({ status: 503, headers: { 'retry-after': '60' }, body: 'Error: busy. Try again.' }),
  );
  await ben.page.getByLabel('Your name').fill('Ben');
  await press(ben.page, 'Ask to join');
  await ben.page.getByText('The server is busy. Please try again in a moment.').waitFor();
});

test('who waits without a network is told, keeps the place, and is told again when it is back', async () => {
  const { id } = await startMeeting(world, 'auto');
  const line = await world.line();
  const ann = await askToJoin(world, id, 'Ann', { origin: line.origin });
  await waits(ann.page);
  line.cut();
  const notice = ann.page.getByText('The connection is interrupted.').filter({ visible: true });
  await notice.first().waitFor();
  expect(await ann.shifts()).toEqual([]);
  line.mend();
  await ann.page.getByText('You are connected again').waitFor({ state: 'attached' });
  expect(await notice.count()).toBeLessThanOrEqual(1);
});

test('where the browser keeps nothing guests get in all the same', async () => {
  const meeting = await startMeeting(world, 'manual');
  await joinAsHost(meeting);
  const ann = await askToJoin(world, meeting.id, 'Ann', { size: PHONE, prepare: keepsNothing });
  await waits(ann.page);
  await press(meeting.host.page, 'Admit Ann');
  await inRoom(ann.page);
  await watches(ann.page, 1);
  expect(await ann.faults()).toEqual([]);
});

test.each([
  ['phone', PHONE],
  ['desktop', DESKTOP],
])('on a %s, where nobody is listed, what the host could not do is said all the same', async (_, size) => {
  const meeting = await startMeeting(world, 'auto', { size });
  await joinAsHost(meeting);
  await askToJoin(world, meeting.id, 'Ann');
  await watches(meeting.host.page, 1);
  const { page } = meeting.host;
  const said = page.getByRole('alert').filter({ hasText: 'The server cannot be reached.' });
  for (const path of ['**/admin/remove', '**/admin/end']) await page.route(path, (route) => route.abort());
  await openPeople(page);
  await press(page, 'Remove Ann');
  await confirm(page, 'Remove');
  await said.waitFor();
  await press(page, 'End for everyone');
  await confirm(page, 'End for everyone');
  await said.waitFor();
  // It is found over the tiles as well, until it is put away.
  await press(page, size === PHONE ? 'Close' : 'Hide people');
  await said.waitFor();
  expect(await barriers(page)).toEqual([]);
  await press(said, 'Close');
  await said.waitFor({ state: 'detached' });
  await inRoom(page);
});

test.each([
  ['closes the question', () => Promise.resolve('default' as const)],
  ['may not even be asked', () => Promise.reject(new Error('blocked by a policy'))],
])('notifications of one who %s are not ticked', async (_, answer) => {
  const { host } = await startMeeting(world, 'manual', {
    prepare: async (page) => {
      await page.addInitScript(`{
        Object.defineProperty(Notification, 'permission', { get: () => 'default' });
        Notification.requestPermission = ${answer.toString()};
      }`);
    },
  });
  await press(host.page, 'How to be told');
  const box = host.page.getByLabel('Show notifications of this device');
  await box.click();
  await until(async () => !(await box.isChecked()), 'box without a tick');
  expect(await host.faults()).toEqual([]);
});

test('an operator key is asked for once it is wanted, again when it is wrong, and kept for the tab', async () => {
  const locked = await startWorld({ ADMIN_API_KEY: 'a key for these tests only' });
  try {
    const host = await locked.open('/');
    const { page } = host;
    await press(page, 'Start a meeting');
    const dialog = page.getByRole('dialog', { name: 'Operator key' });
    await dialog.getByLabel('Operator key').fill('wrong');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByText('This key is not right').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByText(/Only operators can do this/)
      .first()
      .waitFor();
    await press(page, 'Start a meeting');
    await dialog.getByLabel('Operator key').fill('a key for these tests only');
    await page.keyboard.press('Enter');
    await sees(page, 'Your meeting is ready');
    await page.reload();
    await sees(page, 'Your meeting is ready');
    expect(await host.faults()).toEqual([]);

    const forgetful = await locked.open('/', { prepare: keepsNothing });
    await press(forgetful.page, 'Start a meeting');
    const again = forgetful.page.getByRole('dialog', { name: 'Operator key' });
    await again.getByLabel('Operator key').fill('a key for these tests only');
    await forgetful.page.keyboard.press('Enter');
    await forgetful.page.waitForURL(/host.*#\d+$/);
    expect(await forgetful.faults()).toEqual([]);
  } finally {
    await locked.close();
  }
});
