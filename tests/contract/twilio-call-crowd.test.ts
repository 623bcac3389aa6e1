/** Thousands online, within the vendor's limits: 20 reads and 20 writes a second of one object, 20 new objects a second. */
import type { Presence } from '../../src/domain/presence';
import { callers } from '../support/callers';
import { SimulatedTime } from '../support/simulated-time';
import { twilioCallsWorld, type TwilioCallsWorld } from '../support/twilio-calls-world';
import { Wire } from '../support/wire';

const ONLINE = 5_000;
const MINUTE = 60_000;

describe('a directory of thousands', () => {
  let clock: SimulatedTime;
  let wire: Wire;
  let world: TwilioCallsWorld;
  beforeAll(async () => {
    clock = new SimulatedTime();
    wire = new Wire();
    world = await twilioCallsWorld({ clock, through: (origin) => wire.to(origin) });
  });
  afterAll(async () => {
    await wire.close();
    await world.close();
  });

  const idOf = (index: number) => `user ${index}`;
  const arrive = (id: string) => async () => {
    const presence: Presence = {
      user: { id, name: `Name of ${id}`, location: 'Nairobi Kenya' },
      devices: { [`g.${id}`]: { via: 'gateway', gateway: 'a'.repeat(32) } },
      leftAt: 0,
      keepUntil: clock.now() + 24 * 60 * MINUTE,
    };
    const { directory } = world.services();
    return directory.replace(await directory.find(id), presence);
  };

  test('5,000 come online within a minute, and all are read in 66 reads at most, 16 side by side', async () => {
    const arrivals = await clock.spread(
      Array.from({ length: ONLINE }, (_, index) => arrive(idOf(index))),
      MINUTE,
    );
    expect(arrivals.filter(({ status }) => status === 'rejected')).toEqual([]);
    wire.clear();
    const all = await clock.run(() => world.services().directory.list());
    expect(new Set(all.map(({ user }) => user.id)).size).toBe(ONLINE);
    expect(wire.calls.length).toBeLessThanOrEqual(ONLINE / 100 + 16);
    const maps = wire.calls.map((call) => /Maps\/([^/]+)/.exec(call)?.[1]);
    const ofOneMap = maps.map((map) => maps.filter((other) => other === map).length);
    expect(Math.max(...ofOneMap)).toBeLessThanOrEqual(5);
  }, 120_000);

  test('a page of 100 is one read, or two where a map ends', async () => {
    let after: string | undefined;
    let reads = 0;
    for (let pages = 0; pages < ONLINE / 100; pages += 1) {
      wire.clear();
      const page = await clock.run(() => world.services().directory.list({ limit: 100, after }));
      expect(page).toHaveLength(100);
      expect(wire.calls.length).toBeLessThanOrEqual(2);
      reads += wire.calls.length;
      after = page.at(-1)?.user.id;
      clock.advance(100);
    }
    expect(reads).toBeLessThanOrEqual(ONLINE / 100 + 16);
  }, 60_000);
});

describe('many calls', () => {
  const CALLS = 300;

  test(`${CALLS} within 20 seconds, answered and ended, among people at two gateways: none is refused, all are told`, async () => {
    const clock = new SimulatedTime();
    const world = await twilioCallsWorld({ clock });
    const a = callers(world);
    const one = await clock.run(() => a.gateway());
    const other = await clock.run(() => a.gateway());
    const pairs = Array.from({ length: CALLS }, (_, index) => [`ann ${index}`, `bob ${index}`] as const);
    await clock.spread(
      pairs.flatMap(([ann, bob]) => [() => a.connect(ann, one), () => a.connect(bob, other)]),
      15_000,
    );
    await clock.run(() => a.renew(one));
    await clock.run(() => a.renew(other));
    const outcomes = await clock.spread(
      pairs.map(([ann, bob]) => async () => {
        const { id, status } = await a.start(ann, bob);
        const answered = await a.answer(id, 'ACCEPT');
        const ended = await a.end(id, ann);
        return [status, answered.status, ended.status];
      }),
      20_000,
    );
    const failures = outcomes.filter(({ status }) => status === 'rejected');
    expect(failures).toEqual([]);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ value: ['DIALLING', 'ONGOING', 'ENDED'] });
    const told = (await world.mailboxes(other.lists)).flatMap(({ message }) => (message ? [message.id] : []));
    expect(new Set(told).size).toBe(3 * CALLS);
    await world.close();
  }, 120_000);
});
