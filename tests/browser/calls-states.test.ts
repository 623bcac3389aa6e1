/** Every state of the page for calls: for everybody, in light and dark, and in words when something is in the way. */
import { Issuer, signingKey } from '../support/issuer';
import { barriers } from './pages/barriers';
import { goOnline, inCall, isOnline, rings, ringsNoMore, says, socketThatMayDie } from './pages/callers';
import { pressWhere, standsStill } from './pages/just-come';
import { ownLine, press, sees, watches } from './pages/people';
import { PHONE } from './pages/tab';
import { startWorld, type World } from './pages/world';

describe('with emulators alone', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ RING_TIMEOUT_SECONDS: '15' });
  });
  afterEach(() => world.closeTabs());
  afterAll(() => world.close());

  test('whoever opens the camera to try it is rung at all the same, and it is closed when nobody looks', async () => {
    const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben')];
    await press(ann.page, 'Try picture and sound');
    await ann.page.getByLabel('Your camera picture').waitFor();
    await press(ben.page, 'Call Ann');
    await rings(ann.page, 'Ben');
    expect(await ann.page.getByRole('dialog').count()).toBe(0);
    await press(ann.page, 'Decline');
    await says(ben, 'Ann declined the call.');
    expect(await ann.page.getByLabel('Your camera picture').count()).toBe(0);
  });

  test('a ring that nobody answers gives the focus back to the field that it was in', async () => {
    const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben')];
    const find = ann.page.getByLabel('Find by name or place');
    await find.pressSequentially('Be');
    await press(ben.page, 'Call Ann');
    await rings(ann.page, 'Ben');
    await press(ben.page, 'Hang up');
    await ringsNoMore(ann.page);
    await ann.page.keyboard.type('n');
    expect(await find.inputValue()).toBe('Ben');
  });

  test('whoever pressed something else as it began to ring has answered nothing', async () => {
    const [ann, ben] = [await goOnline(world, 'Ann', { size: PHONE }), await goOnline(world, 'Ben')];
    const goesOn = await standsStill(ann.page);
    await press(ben.page, 'Call Ann');
    await rings(ann.page, 'Ben');
    const accept = ann.page.getByRole('button', { name: 'Accept' });
    expect(await pressWhere(accept)).not.toContain('/calls/answer');
    await goesOn();
    expect(await pressWhere(accept)).toContain('/calls/answer');
    await sees(ann.page, 'No picture and no sound');
  });

  test('without a server for media, people are told so and how to get one, and can hang up', async () => {
    const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben')];
    await press(ann.page, 'Call Ben');
    await rings(ben.page, 'Ann');
    await press(ben.page, 'Accept');
    for (const { page } of [ann, ben]) {
      await sees(page, 'No picture and no sound');
      await page
        .getByText(/This is a trial run without a media server.* the first lines that it wrote say how/)
        .waitFor();
      expect(await barriers(page)).toEqual([]);
    }
    await press(ann.page, 'Try again');
    await sees(ann.page, 'No picture and no sound');
    await press(ann.page, 'Hang up');
    await says(ben, 'The call with Ann has ended.');
    for (const tab of [ann, ben]) expect(await tab.faults()).toEqual([]);
  });

  test('a browser without camera and microphone takes part all the same', async () => {
    const refuse = { video: 'NotFoundError', audio: 'NotFoundError' };
    const [ann, ben] = [await goOnline(world, 'Ann', { refuse }), await goOnline(world, 'Ben')];
    await press(ben.page, 'Call Ann');
    await rings(ann.page, 'Ben');
    await ann.page.getByText(/No camera was found/).waitFor();
    expect(await barriers(ann.page)).toEqual([]);
    await press(ann.page, 'Accept');
    await sees(ann.page, 'No picture and no sound');
  });

  test('whoever goes offline just before being called is said to be', async () => {
    const [ann, ben] = [await goOnline(world, 'Ann'), await goOnline(world, 'Ben')];
    const call = ann.page.getByRole('button', { name: 'Call Ben' });
    await call.waitFor();
    // Ann's list is as old as it may be on a slow network.
    await ann.page.route('**/users', (route) => route.abort());
    await ben.close();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await call.click();
    await says(ann, 'Ben is offline now.');
  });

  test('a device that slept finds out what became of the ring, though its socket is dead without knowing', async () => {
    const ann = await goOnline(world, 'Ann');
    const dead = { isDead: false };
    const ben = await goOnline(world, 'Ben', { prepare: (page) => socketThatMayDie(page, dead) });
    await press(ann.page, 'Call Ben');
    await rings(ben.page, 'Ann');
    dead.isDead = true;
    await press(ann.page, 'Hang up');
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await rings(ben.page, 'Ann');
    await ben.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await ringsNoMore(ben.page);

    // The network is another: what is behind the socket is gone, and a new one is told of what rings.
    await press(ben.page, 'Close');
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    await press(ann.page, 'Call Ben');
    await sees(ann.page, 'Calling Ben');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await ben.page.getByRole('alertdialog').count()).toBe(0);
    dead.isDead = false;
    await ben.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await rings(ben.page, 'Ann');
    await press(ben.page, 'Decline');
    await says(ann, 'Ben declined the call.');
  });

  test('among thousands who are online somebody is found by name or place', async () => {
    const crowd = Array.from({ length: 3_000 }, (_, index) => ({
      id: `user-${index}`,
      name: `Somebody ${index}`,
      location: index === 2_718 ? 'Mombasa' : 'Nairobi',
    }));
    const ann = await goOnline(world, 'Ann', {
      prepare: async (page) => {
        await page.route('**/users', async (route) => {
          const { limit, after } = route.request().postDataJSON() as { limit: number; after?: string };
          const from = after === undefined ? 0 : crowd.findIndex(({ id }) => id === after) + 1;
          await route.fulfill({ json: crowd.slice(from, from + limit) });
        });
      },
    });
    const list = ann.page.getByRole('list', { name: 'Online now' });
    await list.getByRole('listitem').first().waitFor();
    expect(await list.getByRole('listitem').count()).toBe(100);
    await ann.page.getByText('And 2,900 more').waitFor();
    await ann.page.getByLabel('Find by name or place').fill('mombasa');
    await ann.page.getByRole('button', { name: 'Call Somebody 2718' }).waitFor();
    expect(await list.getByRole('listitem').count()).toBe(1);
    await ann.page.getByLabel('Find by name or place').fill('nobody at all');
    await ann.page.getByText('Nobody of this name or place is online.').waitFor();
    expect(await barriers(ann.page)).toEqual([]);
  });

  test('functions that are away are said to be, and the page comes back by itself', async () => {
    const ann = await goOnline(world, 'Ann');
    await world.restart();
    await ann.page
      .getByText(/The connection is interrupted|The server cannot be reached/)
      .first()
      .waitFor({ state: 'attached' });
    await isOnline(ann.page);
    const ben = await goOnline(world, 'Ben');
    await press(ann.page, 'Call Ben');
    await rings(ben.page, 'Ann');
  });
});

test('calls meet at Twilio Video as well, by name', async () => {
  const world = await startWorld({ CALLS_PROVIDER: 'twilio' });
  try {
    const [ann, ben] = [await goOnline(world, 'Ann', { size: PHONE }), await goOnline(world, 'Ben')];
    await press(ann.page, 'Call Ben');
    await rings(ben.page, 'Ann');
    await press(ben.page, 'Accept');
    await Promise.all([inCall(ann), inCall(ben)]);
    await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
    await ann.page.getByLabel('Picture of Ben').waitFor();
    await ben.page.reload();
    await Promise.all([watches(ann.page, 1), watches(ben.page, 1)]);
    await press(ann.page, 'Hang up');
    await says(ben, 'The call with Ann has ended.');
    for (const tab of [ann, ben]) expect(await tab.faults()).toEqual([]);
  } finally {
    await world.close();
  }
});

describe('with an identity provider', () => {
  const key = signingKey('ES256');
  let issuer: Issuer;
  let world: World;
  beforeAll(async () => {
    issuer = await Issuer.publishing(key);
    world = await startWorld(issuer.variables);
  });
  afterEach(() => world.closeTabs());
  afterAll(async () => {
    await world.close();
    await issuer.down();
  });

  test('a token is asked for, a wrong one is not taken, and a right one says who one is', async () => {
    const ann = await world.open('/calls.html');
    const { page } = ann;
    await page.getByLabel('Your name').fill('Ann');
    await press(page, 'Go online');
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel('Token').fill(issuer.token(signingKey('ES256', key.kid)));
    await press(page, 'Continue');
    await page.getByText('This token is not right, or too old.').waitFor();
    await page.getByLabel('Token').fill(issuer.token(key));
    await press(page, 'Continue');
    await isOnline(page);
    expect(await ann.faults()).toEqual([]);
    expect(
      await page.evaluate(() => JSON.parse(sessionStorage.getItem('foyer.me') ?? '{}') as unknown),
    ).toMatchObject({
      id: 'ann',
    });
  });

  test('an application hands the token over in the address, where it does not stay; the two call each other', async () => {
    const [ann, ben] = [
      await world.open(`/calls.html#token=${issuer.token(key, { name: 'Ann' })}`),
      await world.open(`/calls.html#token=${issuer.token(key, { sub: 'ben', name: 'Ben' })}`),
    ];
    for (const { page } of [ann, ben]) {
      await isOnline(page);
      expect(new URL(page.url()).hash).toBe('');
    }
    await press(ann.page, 'Call Ben');
    await rings(ben.page, 'Ann');
    await ben.page.reload();
    await rings(ben.page, 'Ann');
    await press(ben.page, 'Decline');
    await says(ann, 'Ben declined the call.');
  });

  test('who gives up signing in is not online, and can try again', async () => {
    const { page } = await world.open('/calls.html');
    await page.getByLabel('Your name').fill('Ann');
    await press(page, 'Go online');
    await press(page, 'Cancel');
    await ownLine(page).getByText('You are not online.').waitFor();
    await press(page, 'Try again');
    await page.getByRole('dialog', { name: 'Sign in' }).waitFor();
  });
});

test('where calls are closed to everybody, it is said whose matter that is', async () => {
  const world = await startWorld({ ALLOW_ANONYMOUS_USERS: 'no' });
  try {
    const { page } = await world.open('/calls.html');
    await page.getByLabel('Your name').fill('Ann');
    await press(page, 'Go online');
    await page.getByText(/Nobody can call here yet/).waitFor();
    expect(await barriers(page)).toEqual([]);
  } finally {
    await world.close();
  }
});
