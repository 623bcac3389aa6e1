/**
 * Ten thousand guests for one host, within the vendor's limits: 20 reads and 20 writes a second of one object.
 * https://www.twilio.com/docs/sync/limits
 */
import type { Entered } from '../../src/app/enter-waiting-room';
import { idOfIdentity } from '../../src/domain/guest';
import { isTwilioError } from '../../src/adapters/twilio/client';
import { SimulatedTime } from '../support/simulated-time';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';
import { actors } from './waiting-room.contract';

const MINUTE = 60_000;

const refusals = (outcomes: readonly PromiseSettledResult<unknown>[]): unknown[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));

const values = <T>(outcomes: readonly PromiseSettledResult<T>[]): T[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));

describe('a crowd', () => {
  let world: TwilioWorld;
  let clock: SimulatedTime;
  let a: ReturnType<typeof actors>;
  beforeEach(async () => {
    clock = new SimulatedTime();
    world = await twilioWorld({ clock });
    a = actors(world);
  });
  afterEach(() => world.close());

  /** Enters, then opens the document as the browser's SDK does, which counts as a read and waits out a 429. */
  const arrive = async (id: string): Promise<Entered> => {
    const entered = await a.enter(id);
    for (;;) {
      try {
        await world.view(entered.pass);
        return entered;
      } catch (error) {
        if (!isTwilioError(error, 429)) throw error;
        await clock.sleep(1000 + Math.random() * 1000);
      }
    }
  };

  test('of 10,000 guests enters within a minute and joins within the minute after the host came', async () => {
    const id = await clock.run(() => a.create());
    const arrivals = await clock.spread(
      Array.from({ length: 10_000 }, () => () => arrive(id)),
      MINUTE,
    );
    expect(refusals(arrivals)).toEqual([]);
    const guests = values(arrivals);

    const { roomId } = await clock.run(() => a.host(id));
    const told = new Set(guests.map(({ pass }) => pass.object));
    for (const object of told) {
      expect(await world.view({ object } as never)).toMatchObject({ state: 'admitted', room_id: roomId });
    }
    const joins = await clock.spread(
      guests.map(
        ({ ticket }) =>
          () =>
            a.join(id, roomId, ticket),
      ),
      MINUTE,
    );
    expect(refusals(joins)).toEqual([]);
    expect(new Set(values(joins).map(({ identity }) => identity)).size).toBe(10_000);
  }, 120_000);

  test('does not wait for staler answers: who was removed, and everybody after the end, is refused at once', async () => {
    const id = await clock.run(() => a.create());
    const arrivals = await clock.spread(
      Array.from({ length: 1_000 }, () => () => a.enter(id)),
      2_000,
    );
    expect(refusals(arrivals)).toEqual([]);
    const guests = values(arrivals);
    const { roomId } = await clock.run(() => a.host(id));
    for (const { ticket } of guests.slice(0, 20)) {
      const { identity } = await clock.run(() => a.join(id, roomId, ticket));
      await clock.run(() => a.remove(id, idOfIdentity(identity)));
      await expect(clock.run(() => a.join(id, roomId, ticket))).rejects.toMatchObject({
        code: 'not-allowed',
      });
    }
    await clock.run(() => a.end(id));
    const after = await clock.spread(
      guests.map(
        ({ ticket }) =>
          () =>
            a.join(id, roomId, ticket),
      ),
      2_000,
    );
    expect(new Set(refusals(after).map((error) => (error as Error).message)).size).toBe(1);
    expect(values(after)).toEqual([]);
    await expect(clock.run(() => a.enter(id))).rejects.toMatchObject({ code: 'not-allowed' });
  }, 60_000);

  test('of 500 who wait for a decision is admitted at once, and the host’s list catches up', async () => {
    const id = await a.create({ admission: 'manual' });
    const arrivals = await clock.spread(
      Array.from({ length: 500 }, (_, index) => async () => {
        const entered = await a.enter(id, `Guest ${index}`);
        await a.presence(entered.pass.identity, true);
        return entered;
      }),
      MINUTE,
    );
    expect(refusals(arrivals)).toEqual([]);
    const guests = values(arrivals);
    const { roomId } = await clock.run(() => a.host(id));

    const before = clock.now();
    const listed = await clock.run(() => a.admit(id));
    expect(clock.now() - before).toBeLessThan(9_000);
    expect(listed.filter(({ state }) => state === 'admitted')).toHaveLength(500);
    for (const { pass } of guests) {
      expect(await world.view(pass)).toEqual({ state: 'admitted', room_id: roomId });
    }
    const joins = await clock.spread(
      guests.map(
        ({ ticket }) =>
          () =>
            a.join(id, roomId, ticket),
      ),
      2_000,
    );
    expect(refusals(joins)).toEqual([]);

    // What the host watches is behind by no more than the vendor's limits, and mended by the next calls.
    const mapStates = async () => {
      const { object } = await world.services().waitingRoom.hostPass(await meeting(id));
      const service = world.vendor.sync.v1.services(world.environment['SYNC_SERVICE_SID'] ?? '');
      const items = await service.syncMaps(object).syncMapItems.list({ pageSize: 100 });
      return items.map(({ data }) => (data as { state: string }).state);
    };
    for (let calls = 0; calls < 3; calls += 1) {
      clock.advance(10_000);
      expect((await clock.run(() => a.list(id))).every(({ state }) => state === 'admitted')).toBe(true);
    }
    clock.advance(10_000);
    expect(new Set(await mapStates())).toEqual(new Set(['admitted']));
  }, 60_000);

  const meeting = async (id: string) => {
    const found = await world.services().meetings.find(id);
    if (!found) throw new Error('the meeting is there');
    return found;
  };
});
