/** POST /webhooks/sync on people who can be called: who has a browser on Sync is online as long as it is connected. */
import { CallsOnRuntime } from '../support/calls-on-runtime';
import { until } from '../support/sync-clients';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('somebody with a browser on Sync', () => {
  let world: CallsOnRuntime;
  let people = 0;
  beforeAll(async () => {
    world = await CallsOnRuntime.start();
  });
  afterAll(() => world.close());

  const newcomer = (): string => `browser ${(people += 1)}`;
  const isOnline = async (id: string): Promise<boolean> => (await world.online()).includes(id);
  /** Until the webhook has told; Sync waits some seconds before it says that a browser has gone. */
  const settled = async (id: string, online: boolean): Promise<void> =>
    until(async () => {
      world.foyer.clock.advance(SECOND);
      return (await isOnline(id)) === online;
    });

  test('who merely stays connected stays online, for hours', async () => {
    const { user } = await world.sync(newcomer());
    await until(() => world.foyer.printed().some((line) => line.includes('"/webhooks/sync","status":200')));
    for (let hours = 0; hours < 11; hours += 1) {
      world.foyer.clock.advance(HOUR);
      expect(await isOnline(user.id)).toBe(true);
    }
  });

  test('who got a token and never connected is offline after a minute', async () => {
    const id = newcomer();
    await world.foyer.ok('/users/connect', { id, name: 'Ann', location: 'Nairobi' });
    expect(await isOnline(id)).toBe(true);
    world.foyer.clock.advance(MINUTE + SECOND);
    expect(await isOnline(id)).toBe(false);
  });

  test('who closes the tab is offline within seconds, and online again by coming back', async () => {
    const phone = await world.sync(newcomer());
    const { id } = phone.user;
    await phone.vanish();
    const leaving = world.foyer.clock.now();
    await settled(id, false);
    expect(world.foyer.clock.now() - leaving).toBeLessThan(30 * SECOND);
    await world.sync(id);
    expect(await isOnline(id)).toBe(true);
  });

  test('one of whose two browsers goes stays online by the other', async () => {
    const phone = await world.sync(newcomer());
    const { id } = phone.user;
    const other = await world.sync(id);
    await phone.vanish();
    for (let seconds = 0; seconds < 20; seconds += 1) {
      world.foyer.clock.advance(SECOND);
      expect(await isOnline(id)).toBe(true);
    }
    await other.vanish();
    await settled(id, false);
  });

  test('a device gets another token for itself, so that it goes on beyond the life of the first', async () => {
    const phone = await world.sync(newcomer());
    const { id, name, location } = phone.user;
    const { identity, list, document } = phone.access;
    world.foyer.clock.advance(11 * HOUR);
    const again = await world.foyer.ok('/users/connect', { id, name, location, identity });
    expect(again).toMatchObject({ identity, list, document });
    await phone.client.updateToken(again.token);
    world.foyer.clock.advance(11 * HOUR);
    expect(await isOnline(id)).toBe(true);
    const caller = await world.sync(newcomer());
    const call = await world.start(caller.user.id, id);
    expect(await phone.hears('INCOMING_CALL')).toMatchObject({ id: call.id });
  });
});
