/** The page for calls where no gateway answers, as on functions alone: everything comes by Sync. */
import { BUILD_MS } from '../real/installed-livekit-server';
import { isCalm } from './pages/calm';
import { goOnline, inCall, isOnline, rings, ringsNoMore, says, withoutGateway } from './pages/callers';
import { type InstalledWorld, startInstalledWorld } from './pages/installed-world';
import { message, press, sees, until, watches } from './pages/people';
import { PHONE, type Tab } from './pages/tab';

const RING_SECONDS = 12;

let world: InstalledWorld;
beforeAll(async () => {
  world = await startInstalledWorld({ RING_TIMEOUT_SECONDS: String(RING_SECONDS), CALL_GRACE_SECONDS: '5' });
}, BUILD_MS);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

const onSync = { prepare: withoutGateway };

const sdkIn = ({ received }: Tab): boolean => [...received.keys()].some((url) => /watch-calls/.test(url));

test('two without a gateway call each other, see each other, and hang up', async () => {
  const ann = await goOnline(world, 'Ann', onSync);
  const ben = await goOnline(world, 'Ben', { ...onSync, size: PHONE });
  await press(ann.page, 'Call Ben');
  await rings(ben.page, 'Ann');
  await press(ben.page, 'Accept');
  await Promise.all([inCall(ann), inCall(ben)]);
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await press(ben.page, 'Hang up');
  await says(ann, 'The call with Ben has ended.');
  await isCalm(ann, ben);
  expect([sdkIn(ann), sdkIn(ben)]).toEqual([true, true]);
});

test('one without a gateway and one at a gateway call each other, either way round', async () => {
  const ann = await goOnline(world, 'Ann', onSync);
  const ben = await goOnline(world, 'Ben');
  expect([sdkIn(ann), sdkIn(ben)]).toEqual([true, false]);
  await press(ann.page, 'Call Ben');
  await rings(ben.page, 'Ann');
  await press(ben.page, 'Decline');
  await says(ann, 'Ben declined the call.');
  await press(ben.page, 'Call Ann');
  await rings(ann.page, 'Ben');
  await press(ben.page, 'Hang up');
  await ringsNoMore(ann.page);
  await press(ann.page, 'Call back Ben');
  await rings(ben.page, 'Ann');
  await press(ben.page, 'Accept');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
});

test('a call that nobody answers is missed, though nobody but the pages keeps the time', async () => {
  const [ann, ben] = [await goOnline(world, 'Ann', onSync), await goOnline(world, 'Ben', onSync)];
  await ann.page.getByRole('button', { name: 'Call Ben' }).waitFor();
  await press(ann.page, 'Call Ben');
  await rings(ben.page, 'Ann');
  await Promise.all([says(ann, 'Ben did not answer.'), says(ben, 'You have missed a call from Ann.')]);
  await isCalm(ann, ben);
  // What has happened is not news again, and what was put away stays so.
  await press(ben.page, 'Clear the list of missed calls');
  await ben.page.reload();
  await isOnline(ben.page);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await message(ben.page).count()).toBe(0);
  await ben.page.getByText('You have missed no calls.').waitFor();
});

test('a reload in the middle of a ring, or of a call, leads back to it', async () => {
  const [ann, ben] = [await goOnline(world, 'Ann', onSync), await goOnline(world, 'Ben', onSync)];
  await press(ann.page, 'Call Ben');
  await rings(ben.page, 'Ann');
  await ben.page.reload();
  await rings(ben.page, 'Ann');
  await press(ben.page, 'Accept');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await ann.page.reload();
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
});

test('who closes the tab is offline soon, and during a call ends it', async () => {
  const [ann, ben] = [await goOnline(world, 'Ann', onSync), await goOnline(world, 'Ben', onSync)];
  const carl = await goOnline(world, 'Carl', onSync);
  await ann.page.getByRole('button', { name: 'Call Carl' }).waitFor();
  await carl.page.close({ runBeforeUnload: true });
  await until(async () => (await ann.page.getByText('Gone offline').count()) === 1, 'leaving');
  await press(ann.page, 'Call Ben');
  await rings(ben.page, 'Ann');
  await press(ben.page, 'Accept');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
  await ben.page.close({ runBeforeUnload: true });
  await message(ann.page).getByText('The call with Ben has ended.').waitFor();
  await sees(ann.page, 'Call somebody');
});

test('a network that breaks while it rings is said to, and the ring is found again', async () => {
  const [line, ann] = [await world.line(), await goOnline(world, 'Ann', onSync)];
  const ben = await goOnline(world, 'Ben', { ...onSync, origin: line.origin });
  line.cut();
  await ben.page
    .getByText(/The connection is interrupted/)
    .first()
    .waitFor();
  await press(ann.page, 'Call Ben');
  line.mend();
  await rings(ben.page, 'Ann');
  await press(ben.page, 'Accept');
  await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
});
