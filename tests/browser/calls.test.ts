/** The page for calls that ring, as `npm start` runs it beside an installed livekit-server: people call each other. */
import { BUILD_MS } from '../real/installed-livekit-server';
import { isCalm } from './pages/calm';
import { goOnline, inCall, isOnline, notes, rings, ringsNoMore, says, secondDevice } from './pages/callers';
import { type InstalledWorld, startInstalledWorld } from './pages/installed-world';
import { tabTo } from './pages/keyboard';
import { hears, message, press, sees, until, watches } from './pages/people';
import { PHONE, type Tab } from './pages/tab';
import { hasRead, openChat, write } from './pages/writers';

/** Short enough to wait for, long enough for two busy cores to answer in. */
const RING_SECONDS = 12;

let world: InstalledWorld;
beforeAll(async () => {
  world = await startInstalledWorld({ RING_TIMEOUT_SECONDS: String(RING_SECONDS) });
}, BUILD_MS);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

async function ringing(): Promise<{ ann: Tab; ben: Tab }> {
  const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben', { size: PHONE })];
  await press(ann.page, 'Call Ben');
  await rings(ben.page, 'Ann');
  return { ann, ben };
}

test('two who are online see each other, one calls, and both see and hear each other until one hangs up', async () => {
  const ann = await goOnline(world, 'Ann', { size: PHONE, place: 'Nairobi' });
  const ben = await goOnline(world, 'Ben');
  await ben.page.getByText('Nairobi').first().waitFor();
  await press(ann.page, 'Call Ben');
  await sees(ann.page, 'Calling Ben');
  await rings(ben.page, 'Ann');
  expect(await ben.page.title()).toContain('Ann is calling');
  await press(ben.page, 'Accept');
  await Promise.all([inCall(ann), inCall(ben)]);
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await Promise.all([hears(ann.page, 1), hears(ben.page, 1)]);
  await ann.page.getByText('Ben', { exact: true }).first().waitFor();
  expect(await ben.page.title()).not.toContain('calling');
  await press(ben.page, 'Hang up');
  await says(ann, 'The call with Ben has ended.');
  await says(ben, 'The call with Ann has ended.');
  await isCalm(ann, ben);
  await press(ann.page, 'Call again');
  await rings(ben.page, 'Ann');
});

test('who write to each other in a call are called as they call each other', async () => {
  const { ann, ben } = await ringing();
  await press(ben.page, 'Accept');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await openChat(ann.page);
  await write(ann.page, 'Can you see my screen?');
  await press(ben.page, 'Ann: Can you see my screen? Show chat');
  await write(ben.page, 'Yes');
  await hasRead(ann.page, 'You', 'Can you see my screen?', 'Ben', 'Yes');
  await hasRead(ben.page, 'Ann', 'Can you see my screen?', 'You', 'Yes');
});

test('it is heard when it rings, and no more once it is answered, or wanted in silence', async () => {
  const { ann, ben } = await ringing();
  await until(async () => (await notes(ben)) > 0 && (await notes(ann)) > 0, 'ring');
  await press(ben.page, 'Decline');
  await says(ann, 'Ben declined the call.');
  const [before, after] = [await notes(ben), 4_500];
  await new Promise((resolve) => setTimeout(resolve, after));
  expect(await notes(ben)).toBe(before);
  await press(ben.page, 'Ring silently');
  await press(ann.page, 'Close');
  await press(ann.page, 'Call Ben');
  await rings(ben.page, 'Ann');
  await new Promise((resolve) => setTimeout(resolve, after));
  expect(await notes(ben)).toBe(before);
});

test('who declines has said so, and is not asked again', async () => {
  const { ann, ben } = await ringing();
  await press(ben.page, 'Decline');
  await ringsNoMore(ben.page);
  await says(ann, 'Ben declined the call.');
  await sees(ann.page, 'Call somebody');
  await ben.page.getByText('You have missed no calls.').waitFor();
  await isCalm(ann, ben);
});

test('a call that nobody answers is missed on both sides, not before its time, kept, and called back', async () => {
  const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben', { size: PHONE })];
  await ann.page.getByRole('button', { name: 'Call Ben' }).waitFor();
  const begun = Date.now();
  await press(ann.page, 'Call Ben');
  await rings(ben.page, 'Ann');
  await says(ann, 'Ben did not answer.');
  expect(Date.now() - begun).toBeGreaterThan(RING_SECONDS * 1000 - 500);
  await ringsNoMore(ben.page);
  await says(ben, 'You have missed a call from Ann.');
  expect(await ben.page.title()).toMatch(/^\(1\)/);
  await isCalm(ann, ben);
  await ben.page.reload();
  await isOnline(ben.page);
  await ben.page.getByRole('list', { name: 'Missed calls' }).getByText('Ann').waitFor();
  await press(ben.page, 'Call back Ann');
  await rings(ann.page, 'Ben');
  await press(ben.page, 'Hang up');
  await ringsNoMore(ann.page);
  await ben.page.getByText('You have missed no calls.').waitFor();
});

test('who thinks better of calling rings no more, and has been missed', async () => {
  const { ann, ben } = await ringing();
  await press(ann.page, 'Hang up');
  await ringsNoMore(ben.page);
  await ben.page.getByRole('list', { name: 'Missed calls' }).getByText('Ann').waitFor();
  await press(ben.page, 'Close');
  await press(ben.page, 'Call Ann');
  await rings(ann.page, 'Ben');
});

test('who is in another call is said to be, on either side', async () => {
  const { ann, ben } = await ringing();
  await press(ben.page, 'Accept');
  await Promise.all([inCall(ann), inCall(ben)]);
  const carl = await goOnline(world, 'Carl');
  await press(carl.page, 'Call Ben');
  await says(carl, 'Ben is in another call.');
  const other = await secondDevice(world, ann);
  await says(other, 'You are in a call with Ben on another device');
  await press(carl.page, 'Close');
  await watches(ann.page, 1);
  await isCalm(ann, ben, carl);
});

test('two who call each other at once are in one call', async () => {
  const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben')];
  // Neither request goes out before both have pressed: else it may ring before the other's press is carried out.
  let release = (): void => undefined;
  const pressed = new Promise<void>((resolve) => {
    release = resolve;
  });
  for (const { page } of [ann, ben]) {
    await page.route('**/calls/start', async (route) => {
      await pressed;
      await route.continue();
    });
  }
  await Promise.all([press(ann.page, 'Call Ben'), press(ben.page, 'Call Ann')]);
  release();
  await Promise.all([inCall(ann), inCall(ben)]);
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
});

test('one answers on one of several devices: the others stop ringing, and can take the call over', async () => {
  const ann = await goOnline(world, 'Ann');
  const ben = await goOnline(world, 'Ben');
  const phone = await secondDevice(world, ben, { size: PHONE });
  await press(ann.page, 'Call Ben');
  await Promise.all([rings(ben.page, 'Ann'), rings(phone.page, 'Ann')]);
  await press(ben.page, 'Accept');
  await ringsNoMore(phone.page);
  await says(phone, 'You are in a call with Ann on another device');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await press(phone.page, 'Continue here');
  await watches(phone.page, 1);
  await says(ben, 'You are in a call with Ann on another device');
  await watches(ann.page, 1);
  await press(phone.page, 'Hang up');
  await says(ann, 'The call with Ben has ended.');
  await says(ben, 'The call with Ann has ended.');
  await isCalm(ann, ben, phone);
});

test('a declined call is declined on all devices', async () => {
  const ann = await goOnline(world, 'Ann');
  const ben = await goOnline(world, 'Ben');
  const phone = await secondDevice(world, ben, { size: PHONE });
  await press(ann.page, 'Call Ben');
  await Promise.all([rings(ben.page, 'Ann'), rings(phone.page, 'Ann')]);
  await press(phone.page, 'Decline');
  await ringsNoMore(ben.page);
  await says(ben, 'You declined the call of Ann on another device.');
  await says(ann, 'Ben declined the call.');
});

test('a reload in the middle of a ring, or of a call, leads back to it', async () => {
  const { ann, ben } = await ringing();
  await ben.page.reload();
  await rings(ben.page, 'Ann');
  await ann.page.reload();
  await sees(ann.page, 'Calling Ben');
  await press(ben.page, 'Accept');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await ben.page.reload();
  await inCall(ben);
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await ann.page.reload();
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await press(ann.page, 'Hang up');
  await says(ben, 'The call with Ann has ended.');
});

test('a network that breaks while it rings is said to, and the ring is found again', async () => {
  const [line, ann] = [await world.line(), await goOnline(world, 'Ann')];
  const ben = await goOnline(world, 'Ben', { origin: line.origin });
  await press(ann.page, 'Call Ben');
  await rings(ben.page, 'Ann');
  line.cut();
  await ben.page
    .getByText(/The connection is interrupted/)
    .first()
    .waitFor({ state: 'attached' });
  line.mend();
  await isOnline(ben.page);
  await press(ben.page, 'Accept');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  line.cut();
  await ben.page.getByText('The connection is interrupted. Connecting again.').first().waitFor();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  line.mend();
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
});

test('who closes the tab is offline, and cannot be called by mistake', async () => {
  const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben')];
  await ann.page.getByRole('button', { name: 'Call Ben' }).waitFor();
  await ben.page.close({ runBeforeUnload: true });
  await ann.page.getByText('Gone offline').waitFor({ timeout: 15_000 });
  expect(await ann.page.getByRole('button', { name: 'Call Ben' }).count()).toBe(0);
  await isCalm(ann);
});

test('whoever goes during a call ends it, after a while in which they may come back', async () => {
  const { ann, ben } = await ringing();
  await press(ben.page, 'Accept');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await ben.page.close({ runBeforeUnload: true });
  await ann.page.getByText('Ben is away.').waitFor();
  await message(ann.page).getByText('The call with Ben has ended.').waitFor();
});

test('everything is done by keyboard alone; no key that is being typed answers a call or closes it', async () => {
  const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben')];
  const call = ann.page.getByRole('button', { name: 'Call Ben' });
  await call.waitFor();
  await ben.page.getByLabel('Find by name or place').focus();
  await tabTo(ann.page, call);
  await ann.page.keyboard.press('Enter');
  await rings(ben.page, 'Ann');
  for (const key of ['Enter', 'Space', 'Escape', 'Escape', 'Escape', 'a']) await ben.page.keyboard.press(key);
  await rings(ben.page, 'Ann');
  // The focus stays in the dialog, all the way round.
  for (let presses = 0; presses < 12; presses += 1) {
    await ben.page.keyboard.press('Tab');
    const isInside = await ben.page
      .getByRole('alertdialog')
      .evaluate(
        (dialog) => document.activeElement === document.body || dialog.contains(document.activeElement),
      );
    expect(isInside).toBe(true);
  }
  await tabTo(ben.page, ben.page.getByRole('button', { name: 'Accept' }));
  await ben.page.keyboard.press('Enter');
  await Promise.all([inCall(ann), inCall(ben)]);
  await tabTo(ann.page, ann.page.getByRole('button', { name: 'Hang up' }));
  await ann.page.keyboard.press('Enter');
  await says(ben, 'The call with Ann has ended.');
});

test('somebody may be another person in a second tab of the same browser', async () => {
  const ann = await goOnline(world, 'Ann');
  const page = await ann.context.newPage();
  await page.goto(`${world.origin}/calls.html`);
  await isOnline(page);
  expect(await page.getByText('You are online as Ann.').count()).toBeGreaterThan(0);
  await press(page, 'Change');
  await press(page, 'Be somebody else in this tab');
  await page.getByLabel('Your name').fill('Cleo');
  await press(page, 'Go online');
  await isOnline(page);
  await press(page, 'Call Ann');
  await rings(ann.page, 'Cleo');
  await page.reload();
  await sees(page, 'Calling Ann');
  await ann.page.reload();
  await rings(ann.page, 'Cleo');
});

test('another name is seen by the others', async () => {
  const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben')];
  await press(ann.page, 'Change');
  await ann.page.getByLabel('Your name').fill('');
  await press(ann.page, 'Save');
  await ann.page.getByText('Please enter your name').waitFor();
  await ann.page.getByLabel('Your name').fill('Anna');
  await ann.page.getByLabel('Your place').fill('Mombasa');
  await press(ann.page, 'Save');
  await isOnline(ann.page);
  await ben.page.getByText('Anna', { exact: true }).waitFor({ timeout: 15_000 });
  await ben.page.getByText('Mombasa').waitFor();
  await ann.page.reload();
  await ann.page.getByText('You are online as Anna, Mombasa.').first().waitFor();
});
