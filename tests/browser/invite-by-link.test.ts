/** How a host's link gets to guests: copied, shared, scanned, or read aloud as a number. */
import { isCalm } from './pages/calm';
import { named, press, sees, startMeeting } from './pages/people';
import { PHONE } from './pages/tab';
import { startWorld, type World } from './pages/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

test('one press copies it; where the browser refuses, it is selected, and nobody is told that it was copied', async () => {
  const { id, host } = await startMeeting(world, 'auto');
  const { page, context } = host;
  const link = `${world.origin}/meeting.html#${id}`;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await press(page, 'Copy link');
  await named(page, 'button', 'Link copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused by the test'));
    document.execCommand = () => false;
  });
  await press(page, 'Copy link');
  await page
    .getByRole('region', { name: 'Invite guests' })
    .getByText(/did not let us copy/)
    .waitFor();
  expect(await named(page, 'button', 'Link copied').count()).toBe(0);
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(link);
  expect(await host.faults()).toEqual([]);
});

test('where the device has a share sheet it gets the link, and putting it away is no fault', async () => {
  const { id, host } = await startMeeting(world, 'auto', {
    size: PHONE,
    prepare: async (page) => {
      await page.addInitScript(() => {
        navigator.share = (given) => {
          Object.assign(window, { given });
          return Promise.reject(new DOMException('put away by the test', 'AbortError'));
        };
      });
    },
  });
  const { page } = host;
  await press(page, 'Share');
  const given = await page.evaluate(() => (window as unknown as { given: ShareData }).given);
  expect(given.url).toBe(`${world.origin}/meeting.html#${id}`);
  await sees(page, 'Your meeting is ready');
  await isCalm(host);
});

test('whoever is told the number on the phone joins by it', async () => {
  const { id, host } = await startMeeting(world, 'auto');
  await named(host.page, 'img', 'QR code of the link').waitFor();
  const spoken = `${id.slice(0, 3)}\u2009${id.slice(3)}`;
  await host.page.getByRole('region', { name: 'Invite guests' }).getByText(spoken).waitFor();
  const guest = await world.open('/');
  await guest.page.getByLabel('Meeting number').fill(spoken);
  await press(guest.page, 'Join');
  await sees(guest.page, 'Ready to join?');
  expect(new URL(guest.page.url()).hash).toBe(`#${id}`);
});
