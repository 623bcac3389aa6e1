/** A phone that is locked while its owner waits, and wakes up: the place is kept, and nothing old is shown as new. */
import { isCalm } from './pages/calm';
import type { Line } from './pages/line';
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
import { PHONE, type Tab } from './pages/tab';
import { startWorld, type World } from './pages/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

interface Phone extends Tab {
  readonly line: Line;
}

/** A guest's phone, whose clock and network are ours. */
async function phoneOf(meeting: Meeting, name: string): Promise<Phone> {
  const line = await world.line();
  const tab = await askToJoin(world, meeting.id, name, {
    size: PHONE,
    origin: line.origin,
    prepare: (page) => page.clock.install(),
  });
  await waits(tab.page);
  return { ...tab, line };
}

const show = (tab: Tab, state: 'hidden' | 'visible'): Promise<void> =>
  tab.page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

/** The screen goes dark; a moment later the system stops the page, and its network. */
async function lock(phone: Phone): Promise<void> {
  const told = phone.page.waitForResponse((response) => response.url().endsWith('/user/still-here'));
  await show(phone, 'hidden');
  await told;
  phone.line.cut();
}

/** So much later, as the clock of the phone says, the page runs on where it had stopped. */
async function unlock(phone: Phone, later: string): Promise<void> {
  await phone.page.clock.fastForward(later);
  await show(phone, 'visible');
}

const rowOf = ({ host }: Meeting, name: string) =>
  host.page.getByRole('region', { name: 'Waiting' }).getByRole('listitem').filter({ hasText: name });
const isAway = (meeting: Meeting, name: string): Promise<void> =>
  rowOf(meeting, name)
    .getByText(/may be away since/)
    .waitFor();

test.each(['10:00', '30:00'])('who was let in meanwhile goes straight in, %s later', async (later) => {
  const meeting = await startMeeting(world, 'manual');
  const ann = await phoneOf(meeting, 'Ann');
  await lock(ann);
  await isAway(meeting, 'Ann');
  await press(meeting.host.page, 'Admit Ann');
  await joinAsHost(meeting);
  ann.line.mend();
  await unlock(ann, later);
  await inRoom(ann.page);
  await watches(meeting.host.page, 1);
  await isCalm(meeting.host);
});

test.each(['10:00', '45:00'])('who still waits is where they were, %s later', async (later) => {
  const meeting = await startMeeting(world, 'manual');
  const ann = await phoneOf(meeting, 'Ann');
  const ben = await askToJoin(world, meeting.id, 'Ben');
  const reads = (tab: Tab, words: string): Promise<void> =>
    tab.page.getByRole('main').getByText(words, { exact: true }).waitFor();
  await reads(ben, 'About 1 person is before you.');
  await lock(ann);
  await isAway(meeting, 'Ann');
  // Who may be away holds up nobody.
  await reads(ben, 'You are next.');
  expect(await rowOf(meeting, '').first().innerText()).toContain('Ann');

  // Awake before the network is: what was true then is not shown as if it were now.
  await unlock(ann, later);
  await sees(ann.page, 'One moment');
  ann.line.mend();
  await waits(ann.page);
  await reads(ann, 'You are next.');
  await reads(ben, 'About 1 person is before you.');
  await rowOf(meeting, 'Ann')
    .getByText(/may be away since/)
    .waitFor({ state: 'detached' });
  await isCalm(meeting.host, ben);
});

test('who was turned away, or whose meeting has ended, is told so on waking', async () => {
  for (const [decide, words] of [
    ['/admin/deny', 'The host did not let you in'],
    ['/admin/end', 'The meeting has ended'],
  ] as const) {
    const meeting = await startMeeting(world, 'manual');
    const ann = await phoneOf(meeting, 'Ann');
    await lock(ann);
    await world.call(decide, { meeting_id: meeting.id, ...(decide === '/admin/deny' ? { all: true } : {}) });
    ann.line.mend();
    await unlock(ann, '20:00');
    await sees(ann.page, words);
  }
});

test('a page that the browser froze goes on where the meeting is by then', async () => {
  const meeting = await startMeeting(world, 'manual');
  const ann = await askToJoin(world, meeting.id, 'Ann', { size: PHONE });
  await waits(ann.page);
  const session = await ann.context.newCDPSession(ann.page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await press(meeting.host.page, 'Admit Ann');
  await joinAsHost(meeting);
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await inRoom(ann.page);
  await isCalm(meeting.host, ann);
});

test('a page that is closed is off the list within a minute, also one that was out of sight before', async () => {
  const meeting = await startMeeting(world, 'manual');
  const rows = meeting.host.page.getByRole('list', { name: 'Waiting' }).getByRole('listitem');
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await waits(ann.page);
  await until(async () => (await rows.count()) === 1, 'Ann');
  await show(ann, 'hidden');
  await ann.page.close({ runBeforeUnload: true });
  const from = Date.now();
  while ((await rows.count()) > 0 && Date.now() - from < 60_000) {
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  expect(await rows.count()).toBe(0);
});
