/** What the directory of users promises, whatever it stands on. */
import { MAX_DEVICES, type Presence } from '../../src/domain/presence';
import type { CallsWorld } from '../support/calls-world';

const HOUR_MS = 3_600_000;
const RACES = 20;

export function userDirectoryContract(name: string, makeWorld: () => Promise<CallsWorld>): void {
  describe(`the user directory over ${name}`, () => {
    let world: CallsWorld;
    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.close());

    const directory = () => world.services().directory;
    const presence = (id: string, more: Partial<Presence> = {}): Presence => ({
      user: { id, name: `Name of ${id}`, location: 'Nairobi Kenya' },
      devices: { 'g.1': { via: 'gateway', gateway: 'g' } },
      leftAt: 0,
      keepUntil: world.now() + HOUR_MS,
      ...more,
    });
    const added = async (id: string, more: Partial<Presence> = {}) => {
      const stored = await directory().replace(undefined, presence(id, more));
      if (!stored) throw new Error('somebody else was first');
      return stored;
    };

    test('finds somebody as stored, and nobody who was not', async () => {
      const wanted = presence('ann');
      expect(await directory().replace(undefined, wanted)).toMatchObject(wanted);
      expect(await directory().find('ann')).toMatchObject(wanted);
      for (const id of ['Ann', 'ann ', 'ann/', '', '__proto__'])
        expect(await directory().find(id)).toBeUndefined();
    });

    test('of changes to what was read only the first is stored, however many race', async () => {
      for (let round = 0; round < RACES; round += 1) {
        const id = `racer ${round}`;
        const joining = [1, 2, 3].map((leftAt) => directory().replace(undefined, presence(id, { leftAt })));
        const first = (await Promise.all(joining)).filter((stored) => stored !== undefined);
        expect(first).toHaveLength(1);
        const readers = await Promise.all([4, 5, 6].map(() => directory().find(id)));
        const changing = readers.map((read, index) =>
          directory().replace(read, { ...(read ?? presence(id)), leftAt: 4 + index }),
        );
        const second = (await Promise.all(changing)).filter((stored) => stored !== undefined);
        expect(second).toHaveLength(1);
        expect(await directory().find(id)).toEqual(second[0]);
        world.advance(500);
      }
    });

    test('goes on from what it handed out, and refuses what has been overtaken', async () => {
      const first = await added('ann');
      const second = await directory().replace(first, { ...first, leftAt: 1 });
      if (!second) throw new Error('nobody else was there');
      expect(await directory().replace(first, { ...first, leftAt: 2 })).toBeUndefined();
      expect(await directory().replace(undefined, presence('ann'))).toBeUndefined();
      expect(await directory().replace(second, { ...second, leftAt: 3 })).toMatchObject({ leftAt: 3 });
    });

    test('forgets somebody when it may, and by being written later', async () => {
      const ann = await added('ann');
      await added('bob');
      world.advance(HOUR_MS / 2);
      await directory().replace(ann, { ...ann, keepUntil: world.now() + HOUR_MS });
      world.advance(HOUR_MS / 2 + 2_000);
      expect(await directory().find('bob')).toBeUndefined();
      expect((await directory().list()).map(({ user }) => user.id)).toEqual(['ann']);
      world.advance(HOUR_MS / 2);
      expect(await directory().list()).toEqual([]);
    });

    test('knows whose device an identity is, and of no other', async () => {
      const { identity } = await world.services().events.open('ann');
      await added('ann', { devices: { [identity]: { via: 'sync', until: 1, tokenUntil: 2 } } });
      expect(await directory().findByIdentity(identity)).toMatchObject({ user: { id: 'ann' } });
      const stranger = await world.services().events.open('stranger');
      for (const other of [
        stranger.identity,
        'ann',
        '',
        'guest.1.2.3.4',
        'caller..',
        `${identity}/`,
        `x${identity}`,
      ])
        expect(await directory().findByIdentity(other)).toBeUndefined();
    });

    test('holds somebody with as many devices as there may be, and long names', async () => {
      const name = 'é'.repeat(100);
      const devices = Object.fromEntries(
        Array.from({ length: MAX_DEVICES }, (_, index) => [
          `${'f'.repeat(32)}.${index}`,
          { via: 'gateway', gateway: 'f'.repeat(32) } as const,
        ]),
      );
      const stored = await added('crowd', { user: { id: 'crowd', name, location: name }, devices });
      expect(await directory().find('crowd')).toEqual(stored);
    });

    test('lists all, or page by page in an order that stays while others come and go', async () => {
      const ids = Array.from({ length: 250 }, (_, index) => `user ${index}`);
      await Promise.all(ids.map((id) => added(id)));
      expect((await directory().list()).map(({ user }) => user.id).toSorted()).toEqual(ids.toSorted());

      for (const limit of [1, 7, 100, 101, 1000]) {
        const seen: string[] = [];
        for (let pages = 0; pages < (limit === 1 ? 20 : 300); pages += 1) {
          const page = await directory().list({ limit, after: seen.at(-1) });
          expect(page.length).toBeLessThanOrEqual(limit);
          if (page.length === 0) break;
          seen.push(...page.map(({ user }) => user.id));
        }
        expect(new Set(seen).size).toBe(seen.length);
        if (limit > 1) expect(seen.toSorted()).toEqual(ids.toSorted());
        world.advance(10_000);
      }

      const [first] = await directory().list({ limit: 100 });
      const half = await directory().list({ limit: 100 });
      await added('newcomer');
      world.advance(10_000);
      const rest = await directory().list({ limit: 1000, after: half.at(-1)?.user.id });
      const together = [...half, ...rest].map(({ user }) => user.id);
      expect(together.filter((id) => id !== 'newcomer').toSorted()).toEqual(ids.toSorted());
      expect(together[0]).toBe(first?.user.id);
    });

    test('goes on after somebody who is gone by now', async () => {
      await Promise.all(['a', 'b', 'c', 'd', 'e'].map((id) => added(id)));
      const order = (await directory().list({ limit: 10 })).map(({ user }) => user.id);
      const [leaver = ''] = order.slice(2);
      const gone = await directory().find(leaver);
      await directory().replace(gone, { ...(gone ?? presence(leaver)), keepUntil: world.now() + 1000 });
      world.advance(2_000);
      expect((await directory().list({ limit: 10, after: leaver })).map(({ user }) => user.id)).toEqual(
        order.slice(3),
      );
    });
  });
}
