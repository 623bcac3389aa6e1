/** What the stores of calls and of lines promise, whatever they stand on. */
import { type Call, changeCall, newCall } from '../../src/domain/call';
import type { User } from '../../src/domain/user';
import type { CallsWorld } from '../support/calls-world';

const HOUR_MS = 3_600_000;
const RACES = 20;

export function callStoreContract(name: string, makeWorld: () => Promise<CallsWorld>): void {
  let world: CallsWorld;
  beforeAll(async () => {
    world = await makeWorld();
  });
  afterAll(() => world.close());

  let people = 0;
  const person = (id = `user/${(people += 1)}?é…`): User => ({ id, name: 'Ann', location: 'Nairobi Kenya' });
  const draft = () => newCall(person(), person(), world.now(), 45_000);
  const store = () => world.services().calls;
  const created = async () => {
    const call = await store().create(draft());
    if (!call) throw new Error('the id is taken');
    return call;
  };
  const found = async (id: string) => {
    const call = await store().find(id);
    if (!call) throw new Error('there is no such call');
    return call;
  };

  describe(`the store of calls over ${name}`, () => {
    test('finds a call as it was made, and none that was not', async () => {
      const call = draft();
      expect(await store().create(call)).toMatchObject(call);
      expect(await store().find(call.id)).toMatchObject(call);
      expect(await store().find('call-unheard-of')).toBeUndefined();
      expect(await store().find('../../Items?x=1#')).toBeUndefined();
    });

    test('makes one call of an id, however many make it at once', async () => {
      for (let round = 0; round < RACES; round += 1) {
        const call = draft();
        const makers = [1, 2, 3].map((step) => store().create({ ...call, step }));
        const winners = (await Promise.all(makers)).filter((made) => made !== undefined);
        expect(winners).toHaveLength(1);
        expect((await found(call.id)).step).toBe(winners[0]?.step);
        world.advance(500);
      }
    });

    test('of changes to what was read only the first is stored, however many race', async () => {
      for (let round = 0; round < RACES; round += 1) {
        const { id } = await created();
        const readers = await Promise.all([1, 2, 3, 4].map(() => found(id)));
        const writers = readers.map((call, index) =>
          store().replace(call, changeCall(call, index % 2 === 0 ? 'accept' : 'decline', world.now())),
        );
        const winners = (await Promise.all(writers)).filter((stored) => stored !== undefined);
        expect(winners).toHaveLength(1);
        expect(await found(id)).toEqual(winners[0]);
        world.advance(500);
      }
    });

    test('of two who write the very same only one is told that it was first', async () => {
      const { id } = await created();
      const [one, other] = [await found(id), await found(id)];
      const accept = (call: Call) => store().replace(call, changeCall(call, 'accept', world.now()));
      const stored = await Promise.all([accept(one), accept(other)]);
      expect(stored.filter((call) => call !== undefined)).toHaveLength(1);
    });

    test('goes on from what it handed out, and refuses what has been overtaken', async () => {
      const first = await created();
      const second = await store().replace(first, changeCall(first, 'accept', world.now()));
      if (!second) throw new Error('nobody else was there');
      expect(await store().replace(first, { ...first, settled: 1 })).toBeUndefined();
      const third = await store().replace(second, { ...second, settled: 2 });
      expect(third).toMatchObject({ status: 'ONGOING', step: 2, settled: 2 });
      expect(await found(first.id)).toEqual(third);
    });

    test('keeps a call for a day, and one that is over for an hour', async () => {
      const [live, over] = [await created(), await created()];
      await store().replace(over, changeCall(over, 'decline', world.now()));
      world.advance(HOUR_MS - 2_000);
      expect(await store().find(over.id)).toMatchObject({ status: 'DECLINED' });
      world.advance(4_000);
      expect(await store().find(over.id)).toBeUndefined();
      world.advance(22 * HOUR_MS);
      expect(await store().find(live.id)).toMatchObject({ status: 'DIALLING' });
      world.advance(HOUR_MS);
      expect(await store().find(live.id)).toBeUndefined();
      expect(await store().replace(live, { ...live, settled: 1 })).toBeUndefined();
    });
  });

  describe(`lines over ${name}`, () => {
    const lines = () => world.services().lines;
    const hold = (call: Call) => ({ id: call.id, isOver: false, draft: call });

    test('the line of somebody who never had a call is free', async () => {
      const { id } = person();
      expect((await lines().find(id)).call).toBeUndefined();
    });

    test('is taken by one call only, be it the first of all or a later one, however many want it', async () => {
      for (let round = 0; round < RACES; round += 1) {
        const { id } = person();
        for (const again of [false, true]) {
          const readers = await Promise.all([1, 2, 3].map(() => lines().find(id)));
          const takers = readers.map((line) => lines().replace(line, { ...line, call: hold(draft()) }));
          const winners = (await Promise.all(takers)).filter((line) => line !== undefined);
          expect([again, winners.length]).toEqual([again, 1]);
          expect((await lines().find(id)).call).toEqual(winners[0]?.call);
        }
        world.advance(500);
      }
    });

    test('is another one for each user, whatever characters the id has', async () => {
      const ids = ['a', 'A', 'a/b', 'a?b', '..', ' ', 'a b', 'é', 'e\u0301', '😀', 'x'.repeat(128)];
      for (const id of ids) {
        const line = await lines().find(id);
        expect(line).toMatchObject({ userId: id });
        expect(line.call).toBeUndefined();
        await lines().replace(line, { ...line, call: { ...hold(draft()), id: `call of ${id}` } });
      }
      for (const id of ids) expect((await lines().find(id)).call?.id).toBe(`call of ${id}`);
    });

    test('is forgotten a day after it was last written', async () => {
      const { id } = person();
      const line = await lines().find(id);
      const taken = await lines().replace(line, { ...line, call: hold(draft()) });
      world.advance(20 * HOUR_MS);
      if (!taken?.call) throw new Error('nobody else was there');
      await lines().replace(taken, { ...taken, call: { ...taken.call, isOver: true } });
      world.advance(20 * HOUR_MS);
      expect((await lines().find(id)).call?.isOver).toBe(true);
      world.advance(5 * HOUR_MS);
      expect((await lines().find(id)).call).toBeUndefined();
    });
  });
}
