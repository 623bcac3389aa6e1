/** Meetings in which the host decides: knocking, admitting, denying, removing, ending; and waiting itself. */
import {
  askToJoin,
  inRoom,
  joinAsHost,
  press,
  sees,
  startMeeting,
  until,
  waits,
  watches,
} from './pages/people';
import { PHONE, type Tab } from './pages/tab';
import { startWorld, type World } from './pages/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

const clean = async (...tabs: readonly Tab[]): Promise<void> => {
  for (const tab of tabs) {
    expect(await tab.faults()).toEqual([]);
    // The rows of a list close up when somebody goes.
    const shifts = (await tab.shifts()).filter((shift) => !shift.includes('<li class="person"'));
    expect(shifts).toEqual([]);
  }
};

test('who knocks is announced with name and time, and is admitted or denied', async () => {
  const meeting = await startMeeting(world, 'manual');
  const { page } = meeting.host;
  await joinAsHost(meeting);
  expect(await page.title()).toBe('Host a meeting · Foyer');
  const ann = await askToJoin(world, meeting.id, 'Ann Lee', { size: PHONE });
  await waits(ann.page);
  const list = page.getByRole('region', { name: 'Waiting' });
  await list.getByText('Ann Lee').waitFor();
  await list.getByText(/^since \d/).waitFor();
  await page.getByRole('status').getByText('Ann Lee asks to join.').waitFor({ state: 'attached' });
  expect(await page.title()).toBe('(1) Host a meeting · Foyer');
  await press(page, 'Admit Ann Lee');
  await inRoom(ann.page);
  await Promise.all([watches(page, 1), watches(ann.page, 1)]);
  expect(await page.title()).toBe('Host a meeting · Foyer');

  const ben = await askToJoin(world, meeting.id, 'Ben');
  await press(page, 'Deny Ben');
  await sees(ben.page, 'The host did not let you in');
  await press(ben.page, 'Check again');
  await sees(ben.page, 'The host did not let you in');
  await page.getByText('Not let in (1)').click();
  await press(page, 'Admit Ben');
  await press(ben.page, 'Check again');
  await inRoom(ben.page);
  await clean(meeting.host, ann, ben);
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
  await clean(meeting.host, ...guests);
});

test('who is removed is told so and does not come back; the end is told to everybody', async () => {
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

  const carl = await askToJoin(world, meeting.id, 'Carl');
  await waits(carl.page);
  await press(page, 'End for everyone');
  await page.getByRole('dialog').getByRole('button', { name: 'End for everyone' }).click();
  for (const tab of [meeting.host, ben, carl]) await sees(tab.page, 'The meeting has ended');
  await clean(meeting.host, ann, ben, carl);
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

test('a host who leaves and ends later, or comes back, finds everything as it was', async () => {
  const meeting = await startMeeting(world, 'manual');
  await joinAsHost(meeting);
  const { page } = meeting.host;
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await press(page, 'Admit Ann');
  await inRoom(ann.page);
  await press(page, 'Leave the meeting');
  await sees(page, 'You have left');
  await press(page, 'Come back');
  await sees(page, 'Your meeting is ready');
  await joinAsHost(meeting);
  await watches(page, 1);
});

test('the whole way by keyboard alone, for a guest', async () => {
  const meeting = await startMeeting(world, 'manual');
  await joinAsHost(meeting);
  const ann = await world.open(`/meeting.html#${meeting.id}`);
  const { keyboard } = ann.page;
  await ann.page.getByRole('button', { name: 'Turn camera off' }).waitFor();
  const tabTo = async (name: string): Promise<void> => {
    const focused = (): Promise<string> =>
      ann.page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
        return label ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      });
    for (let tabs = 0; (await focused()) !== name; tabs += 1) {
      if (tabs === 20) throw new Error(`${name} is not to be reached`);
      await keyboard.press('Tab');
    }
  };
  await tabTo('Your name');
  await keyboard.type('Ann');
  await keyboard.press('Enter');
  await waits(ann.page);
  // The new view begins at its heading.
  expect(await ann.page.evaluate(() => document.activeElement?.textContent)).toBe(
    'You are in the waiting room',
  );
  await press(meeting.host.page, 'Admit Ann');
  await inRoom(ann.page);
  await tabTo('Turn microphone off');
  await keyboard.press('Space');
  await ann.page.getByRole('button', { name: 'Turn microphone on' }).waitFor();
  await tabTo('Leave the meeting');
  await keyboard.press('Enter');
  await sees(ann.page, 'You have left');
  await tabTo('Come back');
});
