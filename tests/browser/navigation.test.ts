/** Reload, back, forward, links and addresses: what people do with any page, at any moment, takes nothing away from them. */
import { chromium, type Page } from 'playwright-core';
import { CHROMIUM } from '../support/chromium';
import { goOnline, rings } from './pages/callers';
import { noteDevices } from './pages/devices-asked';
import {
  askToJoin,
  choose,
  confirm,
  field,
  inRoom,
  joinAsHost,
  named,
  press,
  sees,
  startMeeting,
  until,
  waits,
} from './pages/people';
import { openTab, PHONE, type Tab } from './pages/tab';
import { startWorld, type World } from './pages/world';

let world: World;
beforeAll(async () => {
  world = await startWorld({ CALLS_PROVIDER: 'twilio' });
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

const has = (page: Page, name: string | RegExp): Promise<void> => named(page, 'button', name).waitFor();
const asksBeforeLeaving = (page: Page): Promise<void> =>
  named(page, 'dialog', 'You are still in the call').waitFor();

async function memberOf(admission: 'auto' | 'manual', size = PHONE) {
  const meeting = await startMeeting(world, admission);
  await joinAsHost(meeting);
  const guest = await world.open('/', { size });
  await field(guest.page, 'Meeting number').fill(meeting.id);
  await press(guest.page, 'Join');
  await field(guest.page, 'Your name').fill('Ann');
  await press(guest.page, 'Ask to join');
  return { meeting, guest };
}

describe('a reload', () => {
  test('keeps what was typed and chosen, before anything was sent', async () => {
    const start = await world.open('/');
    await field(start.page, 'Everybody with the link').check();
    await field(start.page, 'Meeting number').fill('123 45');
    await start.page.reload();
    expect(await field(start.page, 'Everybody with the link').isChecked()).toBe(true);
    expect(await field(start.page, 'Meeting number').inputValue()).toBe('123 45');

    const { id, host } = await startMeeting(world, 'manual');
    await field(host.page, 'Your name').fill('Dr. No');
    await field(host.page, 'Send by text message').fill('+44 77');
    await host.page.reload();
    await sees(host.page, 'Your meeting is ready');
    expect(await field(host.page, 'Your name').inputValue()).toBe('Dr. No');
    expect(await field(host.page, 'Send by text message').inputValue()).toBe('+44 77');

    const guest = await world.open(`/meeting.html#${id}`);
    await field(guest.page, 'Your name').fill('An');
    await guest.page.reload();
    expect(await field(guest.page, 'Your name').inputValue()).toBe('An');
  });

  test('in the call keeps microphone and camera off, the panel open, and everybody in it', async () => {
    const { meeting, guest } = await memberOf('auto');
    for (const { page } of [guest, meeting.host]) {
      await inRoom(page);
      await press(page, 'Turn microphone off');
      await press(page, 'Turn camera off');
      await choose(page, 'Show chat');
      await page.reload();
      await inRoom(page);
      await has(page, 'Turn microphone on');
      await has(page, 'Turn camera on');
      await field(page, 'Message to everybody').waitFor();
    }
  });

  test('after leaving leads nobody back into the call, nor their camera on, until they ask for it', async () => {
    const { guest } = await memberOf('auto');
    const { page } = guest;
    await inRoom(page);
    const devices = await noteDevices(page, false);
    const areBothOn = async (): Promise<boolean> => (await devices.live()).join() === 'audio,video';
    await page.reload();
    await inRoom(page);
    await until(areBothOn, 'camera and microphone');
    await press(page, 'Leave the meeting');
    await sees(page, 'You have left');
    expect(await devices.live()).toEqual([]);
    await page.reload();
    await sees(page, 'You have left');
    await page.waitForTimeout(1_000);
    await sees(page, 'You have left');
    expect(await devices.asked()).toEqual([]);
    await press(page, 'Come back');
    await inRoom(page);
    await until(areBothOn, 'camera and microphone');
  });

  test('after the end says so again', async () => {
    const { meeting, guest } = await memberOf('auto');
    await inRoom(guest.page);
    await choose(meeting.host.page, 'End for everyone');
    await confirm(meeting.host.page, 'End for everyone');
    for (const { page } of [guest, meeting.host]) {
      await sees(page, 'The meeting has ended');
      await page.reload();
      await sees(page, 'The meeting has ended');
    }
  });

  test('after the end turns no camera on, though it is told only while the microphone is being opened', async () => {
    const { meeting, guest } = await memberOf('auto');
    const { page } = guest;
    await inRoom(page);
    await choose(meeting.host.page, 'End for everyone');
    await confirm(meeting.host.page, 'End for everyone');
    await sees(page, 'The meeting has ended');
    const devices = await noteDevices(page, true);
    await page.route('**/user/enter-waiting-room', async (route) => {
      await until(async () => (await devices.asked()).length > 0, 'question for a device');
      await route.continue();
    });
    await page.reload();
    await sees(page, 'The meeting has ended');
    await devices.answer();
    expect(await devices.asked()).toEqual(['audio']);
    expect(await devices.live()).toEqual([]);
  });
});

describe('the back button', () => {
  test('asks before it takes a guest out of the call, and leads to the page before afterwards', async () => {
    const { guest } = await memberOf('auto');
    const { page } = guest;
    await inRoom(page);
    await page.goBack();
    await asksBeforeLeaving(page);
    await press(page, 'Cancel');
    await page.reload();
    await inRoom(page);
    await page.goBack();
    await asksBeforeLeaving(page);
    await confirm(page, 'Leave');
    await sees(page, 'You have left');
    // One press for the page, whatever the call did with the history.
    await page.goBack();
    await sees(page, /calm place/);
    await page.goForward();
    await sees(page, 'You have left');
  });

  test('a meeting is one place in the history for its guest, from the name to the end', async () => {
    const { guest } = await memberOf('manual');
    const { page } = guest;
    await waits(page);
    expect(await page.evaluate(() => history.length)).toBe(3);
    await page.goBack();
    await sees(page, /calm place/);
    await page.goForward();
    await waits(page);
  });

  test('asks while it rings, too, and in a call', async () => {
    const ann = await goOnline(world, 'Ann');
    const ben = await goOnline(world, 'Ben');
    await press(ann.page, 'Call Ben');
    await rings(ben.page, 'Ann');
    await ann.page.goBack();
    await asksBeforeLeaving(ann.page);
    await press(ann.page, 'Cancel');
    await press(ben.page, 'Accept');
    await has(ann.page, 'Turn microphone off');
    await ann.page.goBack();
    await asksBeforeLeaving(ann.page);
    await confirm(ann.page, 'Hang up');
    await has(ben.page, 'Call Ann');
  });

  test('finds the start page as it was left, ready for another meeting', async () => {
    // As people’s browsers have it: pages are kept as they are, and brought back.
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox'],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
    try {
      const { page } = await openTab(browser, `${world.origin}/`, {});
      await press(page, 'Start a meeting');
      await sees(page, 'Your meeting is ready');
      const first = page.url();
      // What was kept as it is does not load.
      await page.goBack({ waitUntil: 'commit' });
      const how = () =>
        page.evaluate(
          () => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).type,
        );
      expect(await how()).toBe('navigate');
      await press(page, 'Start a meeting');
      await sees(page, 'Your meeting is ready');
      expect(page.url()).not.toBe(first);
    } finally {
      await browser.close();
    }
  });
});

describe('an address', () => {
  test('with another number is another meeting, and the way back keeps the place', async () => {
    const { meeting, guest } = await memberOf('manual');
    const { page } = guest;
    await waits(page);
    await page.goto(`${world.origin}/meeting.html#4242424242`);
    await press(page, 'Ask to join');
    await sees(page, 'There is no meeting with this number');
    await page.goBack();
    await waits(page);
    await named(meeting.host.page, 'button', 'Admit Ann').first().waitFor();
  });

  test('opened twice is two guests, neither of whom disturbs the other', async () => {
    const meeting = await startMeeting(world, 'manual');
    const first = await askToJoin(world, meeting.id, 'Ann');
    await waits(first.page);
    const second = await first.context.newPage();
    await second.goto(first.page.url());
    await field(second, 'Your name').fill('Ben');
    await press(second, 'Ask to join');
    await waits(second);
    await waits(first.page);
    await named(meeting.host.page, 'button', 'Admit Ben').waitFor();
    await named(meeting.host.page, 'button', 'Admit Ann').waitFor();
  });
});

test('tabs are titled by what is on them', async () => {
  const meeting = await startMeeting(world, 'manual');
  expect(await meeting.host.page.title()).toBe('Your meeting is ready · Foyer');
  const guest: Tab = await world.open(`/meeting.html#${meeting.id}`);
  await sees(guest.page, 'Ready to join?');
  expect(await guest.page.title()).toBe('Ready to join? · Foyer');
  await field(guest.page, 'Your name').fill('Ann');
  await press(guest.page, 'Ask to join');
  await waits(guest.page);
  expect(await guest.page.title()).toBe('You are in the waiting room · Foyer');
  await joinAsHost(meeting);
  expect(await meeting.host.page.title()).toMatch(/Meeting [\d\s]+ · Foyer$/);
  expect(await (await world.open('/')).page.title()).toBe('Foyer · Video meetings with a waiting room');
});
