/** What can go wrong for people on the page for rooms, and the words that they are told. */
import { BUILD_MS } from '../real/go';
import { type MongoServer, mongoServer } from '../real/mongodb';
import { Issuer, signingKey } from '../support/issuer';
import { barriers } from './pages/barriers';
import { message, press, sees } from './pages/people';
import { createRoom, counts, goIn, isLive } from './pages/room-goers';
import { PHONE } from './pages/tab';
import { startWorld, type World } from './pages/world';

describe('where operators have a key and people an identity provider', () => {
  const key = signingKey('ES256');
  let issuer: Issuer;
  let world: World;
  beforeAll(async () => {
    issuer = await Issuer.publishing(key);
    world = await startWorld({ ...issuer.variables, ADMIN_API_KEY: 'the-operators-key' });
  });
  afterEach(() => world.closeTabs());
  afterAll(async () => {
    await world.close();
    await issuer.down();
  });

  test('the key is asked for, a wrong one is not taken, and giving up is no end', async () => {
    const tab = await world.open('/rooms.html', { size: PHONE });
    const { page } = tab;
    await page.getByRole('textbox', { name: 'Operator key' }).fill('a-guess');
    await press(page, 'Continue');
    await page.getByText('This key is not right. Please check it.').waitFor();
    await page.keyboard.press('Escape');
    await page
      .getByText(/Only operators see and create rooms/)
      .first()
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    await press(page, 'Try again');
    await page.getByRole('textbox', { name: 'Operator key' }).fill('the-operators-key');
    await press(page, 'Continue');
    await createRoom(tab, 'By key');
    // Nobody has said who they are: the socket tells them nothing, so the list is looked up.
    await page.getByText('Every few seconds').waitFor();
    await page.reload();
    await counts(page, 'By key', 'Nobody is here.');
    expect(await tab.faults()).toEqual([]);
  });

  test('a token that says so makes an operator; whoever has none is asked for it on the way in', async () => {
    const operator = await world.open(
      `/rooms.html#token=${issuer.token(key, { sub: 'olga', operator: true })}`,
    );
    await createRoom(operator, 'By token');
    await isLive(operator.page);
    await press(operator.page, 'Join By token');
    await operator.page.getByLabel('Your name').fill('Olga');
    await goIn(operator);
    const room = new URL(operator.page.url()).hash;
    const ann = await world.open(`/rooms.html${room}`);
    const { page } = ann;
    await page.getByLabel('Your name').fill('Ann');
    await press(page, 'Continue');
    await page.getByLabel('Token').fill(issuer.token(signingKey('ES256', key.kid)));
    await press(page, 'Continue');
    await page.getByText('This token is not right, or too old. Please get a new one.').waitFor();
    await page.getByLabel('Token').fill(issuer.token(key, { sub: 'ann' }));
    await press(page, 'Continue');
    await goIn(ann);
    await operator.page.getByLabel(/^Picture of ann$/i).waitFor();
  });
});

describe('where rooms are in a database of their own', () => {
  let database: MongoServer;
  let world: World;
  beforeAll(async () => {
    database = await mongoServer();
    await database.start();
    world = await startWorld({ MONGO_URI: database.uri });
  }, BUILD_MS);
  afterEach(() => world.closeTabs());
  afterAll(async () => {
    await world.close();
    await database.close();
  });

  test('one that is away is said to be, in the list and on the way in, and all is well when it is back', async () => {
    const list = await world.open('/rooms.html');
    await createRoom(list, 'Kept');
    await isLive(list.page);
    const phone = await world.open('/rooms.html', { size: PHONE });
    const { page: link } = phone;
    await press(link, 'Join Kept');
    await link.getByLabel('Your name').fill('Ann');
    await database.kill();

    await press(link, 'Continue');
    await sees(link, 'That did not work');
    const words = 'That is not possible right now. Please try again in a moment.';
    await link.getByText(words).first().waitFor();
    expect(await barriers(link)).toEqual([]);
    await list.page.getByLabel('Name of the room').fill('Not kept');
    await press(list.page, 'Create the room');
    await list.page.getByRole('form', { name: 'Create a room' }).getByText(words).waitFor();
    expect(await list.page.getByLabel('Name of the room').inputValue()).toBe('Not kept');
    await message(list.page).getByText(words).waitFor({ timeout: 60_000 });
    expect(await barriers(list.page)).toEqual([]);

    await database.start();
    // By itself, at the latest when it next looks.
    await message(list.page).waitFor({ state: 'detached', timeout: 60_000 });
    await press(link, 'Try again');
    await goIn(phone);
    await counts(list.page, 'Kept', 'One person is here.', 30_000);
    expect(await list.shifts()).toEqual([]);
    expect(await list.faults()).toEqual([]);
  });
});
