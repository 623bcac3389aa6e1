/** What those who wait for a decision are promised: where they stand, what the host tells them, and a place that stays. */
import { countBefore } from '../../src/domain/queue';
import { AWAY_GRACE_MS } from '../../src/domain/absence';
import { MESSAGES_PER_MEETING } from '../../src/domain/allowance';
import type { Entered } from '../../src/app/enter-waiting-room';
import { race } from '../support/race';
import type { World } from '../support/world';
import { actors } from './waiting-room.contract';

const NOT_ALLOWED = { code: 'not-allowed' };
const NOT_FOUND = { code: 'not-found' };
const MINUTE = 60_000;

/** @param rounds how often each race is raced */
export function waitingQueueContract(name: string, makeWorld: () => Promise<World>, rounds: number): void {
  describe(`those who wait over ${name}`, () => {
    let world: World;
    let a: ReturnType<typeof actors>;
    let id: string;
    beforeEach(async () => {
      world = await makeWorld();
      a = actors(world);
      id = await a.create({ admission: 'manual' });
    });
    afterEach(() => world.close());

    /** Somebody with an open page. */
    const arrive = async (guestName: string) => {
      world.advance(1000);
      const entered = await a.enter(id, guestName);
      await a.presence(entered.pass.identity, true);
      return { ...entered, name: guestName };
    };
    const idOf = async (guestName: string): Promise<string> =>
      (await a.list(id)).find(({ name }) => name === guestName)?.id ?? '';
    const boardOf = async ({ queue }: Entered) => {
      const board = await world.board(queue?.board ?? '');
      if (!board) throw new Error('there is a board');
      return board;
    };
    const before = async (guest: Entered): Promise<number> =>
      countBefore((await boardOf(guest)).freed, guest.queue?.place ?? Number.NaN);
    const listed = async (): Promise<string[]> => (await a.list(id)).map(({ name }) => name);

    describe('know how many are before them', () => {
      test('as they come, whoever is let in, turned away, removed or leaves', async () => {
        const names = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve', 'Fay'];
        const guests: Entered[] = [];
        for (const guestName of names) guests.push(await arrive(guestName));
        const order = () => Promise.all(guests.map(before));
        expect(await order()).toEqual([0, 1, 2, 3, 4, 5]);

        await a.admit(id, await idOf('Bob'));
        expect((await order()).slice(2)).toEqual([1, 2, 3, 4]);
        await a.deny(id, await idOf('Cid'));
        expect((await order()).slice(3)).toEqual([1, 2, 3]);
        await a.leave(id, guests[0]?.ticket ?? '');
        expect((await order()).slice(3)).toEqual([0, 1, 2]);
        await a.remove(id, await idOf('Eve'));
        expect(await before(guests[5] as Entered)).toBe(1);

        const late = await arrive('Gil');
        expect(await before(late)).toBe(2);
        await a.admit(id);
        const last = await arrive('Hal');
        expect(await before(last)).toBe(0);
      });

      test('and keep their number when they reload, or leave and come back', async () => {
        const [ann, bob] = [await arrive('Ann'), await arrive('Bob')];
        const again = await a.enter(id, undefined, ann.ticket);
        expect(again.queue).toEqual(ann.queue);
        await a.leave(id, ann.ticket);
        expect(await before(bob)).toBe(0);
        await a.enter(id, undefined, ann.ticket);
        expect(await before(bob)).toBe(1);
      });

      test('without those who have gone away, until they are back', async () => {
        const [ann, bob] = [await arrive('Ann'), await arrive('Bob')];
        await a.presence(ann.pass.identity, false);
        expect(await before(bob)).toBe(0);
        await a.presence(ann.pass.identity, true);
        expect(await before(bob)).toBe(1);
        await a.attend(id, ann.ticket, 'away');
        expect(await before(bob)).toBe(0);
        await a.attend(id, ann.ticket, 'here');
        expect(await before(bob)).toBe(1);
      });

      test.each(['looks', 'decides'])(
        'without those whose browsers never came, once the host %s',
        async (how) => {
          const ghost = await a.enter(id, 'Ghost');
          await a.enter(id, 'Another ghost');
          world.advance(3 * MINUTE);
          const guests = [await arrive('Ann'), await arrive('Bob'), await arrive('Cid')];
          world.advance(2 * MINUTE);
          expect(await Promise.all(guests.map(before))).toEqual([2, 3, 4]);
          if (how === 'looks') await a.list(id);
          else await a.admit(id, await idOf('Ann'));
          const areBefore = how === 'looks' ? [0, 1, 2] : [0, 0, 1];
          expect((await Promise.all(guests.map(before))).slice(1)).toEqual(areBefore.slice(1));
          // One who comes after all has the old place, before all of them.
          const late = await a.enter(id, undefined, ghost.ticket);
          expect([late.queue?.place, await before(late)]).toEqual([1, 0]);
          expect((await Promise.all(guests.map(before))).slice(1)).toEqual(
            areBefore.slice(1).map((count) => count + 1),
          );
        },
      );

      test('however often the host looks while they come, go and are decided upon', async () => {
        const guests: Entered[] = [];
        for (const guestName of ['Ann', 'Bob', 'Cid', 'Dan']) guests.push(await arrive(guestName));
        const order = async () => {
          await a.list(id);
          return Promise.all(guests.map(before));
        };
        expect(await order()).toEqual([0, 1, 2, 3]);
        world.advance(2 * MINUTE);
        await a.admit(id, await idOf('Bob'));
        expect((await order()).slice(2)).toEqual([1, 2]);
        const [ann] = guests;
        await a.presence(ann?.pass.identity ?? '', false);
        expect((await order()).slice(2)).toEqual([0, 1]);
        world.advance(MINUTE);
        expect((await order()).slice(2)).toEqual([0, 1]);
        await a.presence(ann?.pass.identity ?? '', true);
        expect((await order()).slice(2)).toEqual([1, 2]);
      });

      test(`when the host looks while one comes back (${rounds} rounds)`, async () => {
        for (let round = 0; round < rounds; round += 1) {
          id = await a.create({ admission: 'manual' });
          // Never connected, so nobody has freed the number.
          const ann = await a.enter(id, 'Ann');
          world.advance(3 * MINUTE);
          const bob = await arrive('Bob');
          await race<unknown>(
            () => a.enter(id, undefined, ann.ticket),
            () => a.list(id),
            () => a.list(id),
          );
          expect(await before(bob)).toBe(1);
        }
      }, 60_000);

      test('from a board that names nobody, which guests of other meetings share with nobody here', async () => {
        const ann = await arrive('Ann');
        await arrive('Bob');
        await a.admit(id, await idOf('Ann'));
        await a.say(id, 'You are next.', await idOf('Bob'));
        expect(await boardOf(ann)).toEqual({ freed: [1, 1] });
        const elsewhere = await a.enter(await a.create({ admission: 'manual' }), 'Cid');
        expect(elsewhere.queue).toMatchObject({ place: 1 });
        expect(elsewhere.queue?.board).not.toBe(ann.queue?.board);
        const auto = await a.enter(await a.create(), 'Dan');
        expect(auto).toMatchObject({ admission: 'auto' });
        expect(auto.queue).toBeUndefined();
      });

      test(`whoever enters at once: each has a number of their own (${rounds} rounds)`, async () => {
        for (let round = 0; round < rounds; round += 1) {
          id = await a.create({ admission: 'manual' });
          const entries = await race(...Array.from({ length: 6 }, () => () => a.enter(id, 'Guest')));
          const places = entries.map((one) =>
            one.status === 'fulfilled' ? one.value.queue?.place : undefined,
          );
          expect(new Set(places)).toEqual(new Set([1, 2, 3, 4, 5, 6]));
        }
      }, 60_000);

      test(`when one is let in while another comes back (${rounds} rounds)`, async () => {
        for (let round = 0; round < rounds; round += 1) {
          id = await a.create({ admission: 'manual' });
          const [ann, bob] = [await arrive('Ann'), await arrive('Bob')];
          await a.presence(ann.pass.identity, false);
          const guestId = await idOf('Ann');
          await race<unknown>(
            () => a.enter(id, undefined, ann.ticket),
            () => a.admit(id, guestId),
            () => a.attend(id, ann.ticket, 'here'),
          );
          expect(await before(bob)).toBe(0);
        }
      }, 60_000);
    });

    describe('hear what the host says', () => {
      const text = 'I am a few minutes late.';
      const message = (from?: string) => ({
        text,
        sent_at: expect.stringMatching(/^\d{4}-.*Z$/),
        ...(from === undefined ? {} : { from }),
      });

      test('to one: that guest alone, and also one who sleeps and comes back', async () => {
        const [ann, bob] = [await arrive('Ann'), await arrive('Bob')];
        await a.presence(ann.pass.identity, false);
        const sent = await a.say(id, text, await idOf('Ann'), 'Dr. Lee');
        expect(sent).toEqual(message('Dr. Lee'));
        expect(await world.view(bob.pass)).toEqual({ state: 'waiting' });
        expect((await boardOf(bob)).messages).toBeUndefined();
        const again = await a.enter(id, undefined, ann.ticket);
        expect(await world.view(again.pass)).toEqual({ state: 'waiting', messages: [sent] });
      });

      test('to all: also whoever comes later', async () => {
        await arrive('Ann');
        await a.say(id, text);
        const late = await arrive('Bob');
        expect((await boardOf(late)).messages).toEqual([message()]);
        expect(await world.view(late.pass)).toEqual({ state: 'waiting' });
      });

      test('to all before anybody is there', async () => {
        await a.say(id, text);
        expect((await boardOf(await arrive('Ann'))).messages).toEqual([message()]);
      });

      test('to all of a meeting that admits everybody, until it opens', async () => {
        const auto = await a.create();
        const early = await a.enter(auto, 'Ann');
        const sent = await a.say(auto, text, undefined, 'Dr. Lee');
        expect(await world.view(early.pass)).toEqual({ state: 'waiting', messages: [sent] });
        const late = await a.enter(auto, 'Bob');
        expect(await world.view(late.pass)).toEqual({ state: 'waiting', messages: [sent] });
        const { roomId } = await a.host(auto);
        expect(await world.view(early.pass)).toEqual({ state: 'admitted', room_id: roomId });
        await expect(a.say(auto, text, 'g0123456789abcdef')).rejects.toMatchObject(NOT_ALLOWED);
      });

      test('the last three, and no longer than they wait', async () => {
        const ann = await arrive('Ann');
        const guestId = await idOf('Ann');
        for (const words of ['1', '2', '3', '4']) await a.say(id, words, guestId);
        const texts = (await world.view(ann.pass))?.messages?.map((one) => one.text);
        expect(texts).toEqual(['2', '3', '4']);
        const { roomId } = await a.host(id);
        await a.admit(id, guestId);
        expect(await world.view(ann.pass)).toEqual({ state: 'admitted', room_id: roomId });
      });

      test('and nobody else: not who was let in, turned away, removed, left, or never came', async () => {
        for (const one of ['Ann', 'Bob', 'Cid', 'Dan']) await arrive(one);
        const ids = await Promise.all(['Ann', 'Bob', 'Cid', 'Dan'].map(idOf));
        const dan = await a.enter(id, 'Eve');
        await a.admit(id, ids[0]);
        await a.deny(id, ids[1]);
        await a.remove(id, ids[2]);
        for (const guestId of ids.slice(0, 3)) {
          await expect(a.say(id, text, guestId)).rejects.toMatchObject(NOT_ALLOWED);
        }
        const eve = await idOf('Eve');
        await a.leave(id, dan.ticket);
        await expect(a.say(id, text, eve)).rejects.toMatchObject(NOT_FOUND);
        await expect(a.say(id, text, 'g0123456789abcdef')).rejects.toMatchObject(NOT_FOUND);
        await a.end(id);
        await expect(a.say(id, text)).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.say(id, text, ids[3])).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.say('999999', text)).rejects.toMatchObject(NOT_FOUND);
      });

      test('not more than anybody types', async () => {
        await arrive('Ann');
        const say = async (): Promise<number> => {
          for (let sent = 0; sent < 100; sent += 1) {
            try {
              await a.say(id, text);
            } catch (error) {
              expect(error).toMatchObject({ code: 'too-many-requests', retryAfter: expect.any(Number) });
              return sent;
            }
          }
          return Infinity;
        };
        expect(await say()).toBe(MESSAGES_PER_MEETING.capacity);
        world.advance(MESSAGES_PER_MEETING.refillMs);
        expect(await say()).toBe(1);
      });

      test(`two at once: both (${rounds} rounds)`, async () => {
        for (let round = 0; round < rounds; round += 1) {
          id = await a.create({ admission: 'manual' });
          const ann = await arrive('Ann');
          const guestId = await idOf('Ann');
          const outcomes = await race<unknown>(
            () => a.say(id, 'one', guestId),
            () => a.say(id, 'two', guestId),
            () => a.say(id, 'three'),
            () => a.say(id, 'four'),
            () => a.leave(id, 'no ticket').catch(() => undefined),
          );
          expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
          const texts = (messages: readonly { text: string }[] = []) => messages.map((one) => one.text);
          expect(texts((await world.view(ann.pass))?.messages).toSorted()).toEqual(['one', 'two']);
          expect(texts((await boardOf(ann)).messages).toSorted()).toEqual(['four', 'three']);
        }
      }, 60_000);

      test(`a message while the guest is let in: told or refused, and let in (${rounds} rounds)`, async () => {
        const { roomId } = await a.host(id);
        for (let round = 0; round < rounds; round += 1) {
          const ann = await arrive(`Ann ${round}`);
          const guestId = await idOf(ann.name);
          const [said, admitted] = await race<unknown>(
            () => a.say(id, text, guestId),
            () => a.admit(id, guestId),
            () => a.attend(id, ann.ticket, 'away'),
          );
          expect(admitted?.status).toBe('fulfilled');
          if (said?.status === 'rejected') expect(said.reason).toMatchObject(NOT_ALLOWED);
          expect(await world.view(ann.pass)).toEqual({ state: 'admitted', room_id: roomId });
          expect((await a.list(id)).find((one) => one.id === guestId)?.state).toBe('admitted');
          world.advance(MINUTE);
        }
      }, 60_000);
    });

    describe('need not sit still', () => {
      const ann = async () => (await a.list(id)).find(({ name }) => name === 'Ann');

      test('whoever closes the page leaves the list within a minute, and is away until then', async () => {
        const { pass } = await arrive('Ann');
        await a.presence(pass.identity, false);
        expect(await ann()).toMatchObject({ state: 'waiting', awaySince: expect.any(Number) });
        await a.presence(pass.identity, false);
        world.advance(MINUTE);
        expect(await listed()).toEqual([]);
      });

      test('a phone that is locked keeps its place for half an hour, and the host sees since when', async () => {
        const guest = await arrive('Ann');
        await arrive('Bob');
        await a.attend(id, guest.ticket, 'hidden');
        // Another tab, as far as anybody knows.
        expect((await ann())?.awaySince).toBeUndefined();
        world.advance(20_000);
        await a.presence(guest.pass.identity, false);
        const away = await ann();
        expect((away?.awaySince ?? 0) - (away?.hiddenSince ?? 0)).toBe(20_000);
        await a.presence(guest.pass.identity, false);
        for (const minutes of [10, 19]) {
          world.advance(minutes * MINUTE);
          expect(await ann()).toEqual(away);
        }
        expect(await a.explain(id, away?.id ?? '')).toMatchObject({
          state: 'waiting',
          explanation: expect.stringContaining('may be away since'),
        });
        world.advance(2 * MINUTE);
        expect(await listed()).toEqual(['Bob']);
      });

      test.each([1, 10, 29, 45, 180])('waking after %i minutes gives the old place', async (minutes) => {
        const guest = await arrive('Ann');
        const bob = await arrive('Bob');
        await a.attend(id, guest.ticket, 'hidden');
        await a.presence(guest.pass.identity, false);
        world.advance(minutes * MINUTE);
        expect(await before(bob)).toBe(0);
        const again = await a.enter(id, undefined, guest.ticket);
        await a.presence(again.pass.identity, true);
        expect(await listed()).toEqual(['Ann', 'Bob']);
        const now = await ann();
        expect([now?.hiddenSince, now?.awaySince]).toEqual([undefined, undefined]);
        expect(await before(bob)).toBe(1);
        world.advance(AWAY_GRACE_MS + MINUTE);
        expect(await listed()).toEqual(['Ann', 'Bob']);
      });

      test.each([10, 30])('who was let in meanwhile, %i minutes ago, goes straight in', async (minutes) => {
        const guest = await arrive('Ann');
        await a.attend(id, guest.ticket, 'hidden');
        await a.presence(guest.pass.identity, false);
        world.advance(MINUTE);
        const { roomId } = await a.host(id);
        await a.admit(id, (await ann())?.id);
        const admitted = await ann();
        expect([admitted?.state, admitted?.awaySince]).toEqual(['admitted', undefined]);
        world.advance(minutes * MINUTE);
        const again = await a.enter(id, undefined, guest.ticket);
        expect(await world.view(again.pass)).toEqual({ state: 'admitted', room_id: roomId });
        await expect(a.join(id, roomId, guest.ticket)).resolves.toMatchObject({ roomId });
      });

      test('who says so after the connection was lost is no closed tab', async () => {
        const guest = await arrive('Ann');
        await a.presence(guest.pass.identity, false);
        await a.attend(id, guest.ticket, 'hidden');
        world.advance(20 * MINUTE);
        expect(await listed()).toEqual(['Ann']);
      });

      test('whoever does not answer may be away, keeps the place, and is back with an answer', async () => {
        const guest = await arrive('Ann');
        await a.attend(id, guest.ticket, 'away');
        await a.attend(id, guest.ticket, 'away');
        world.advance(60 * MINUTE);
        expect(await ann()).toMatchObject({ state: 'waiting', awaySince: expect.any(Number) });
        await a.attend(id, guest.ticket, 'here');
        expect((await ann())?.awaySince).toBeUndefined();
      });

      test('being here puts a guest back on the list who was taken off it', async () => {
        const guest = await arrive('Ann');
        await a.presence(guest.pass.identity, false);
        world.advance(2 * MINUTE);
        expect(await listed()).toEqual([]);
        await a.attend(id, guest.ticket, 'hidden');
        expect(await listed()).toEqual([]);
        await a.attend(id, guest.ticket, 'here');
        expect(await listed()).toEqual(['Ann']);
      });

      test('it changes nothing for those upon whom the host has decided', async () => {
        const guest = await arrive('Ann');
        await a.admit(id, (await ann())?.id);
        const admitted = await ann();
        await a.attend(id, guest.ticket, 'away');
        await a.presence(guest.pass.identity, false);
        expect(await ann()).toEqual(admitted);
        await a.remove(id, admitted?.id);
        await expect(a.attend(id, guest.ticket, 'here')).rejects.toMatchObject(NOT_ALLOWED);
      });

      test('only the ticket of this very meeting counts', async () => {
        const guest = await arrive('Ann');
        const other = await a.enter(await a.create({ admission: 'manual' }), 'Bob');
        for (const none of ['x', other.ticket, (await ann())?.id ?? '']) {
          await expect(a.attend(id, none, 'away')).rejects.toMatchObject(NOT_ALLOWED);
        }
        await expect(a.attend('999999', guest.ticket, 'away')).rejects.toMatchObject(NOT_FOUND);
        expect((await ann())?.awaySince).toBeUndefined();
        await a.end(id);
        await expect(a.attend(id, guest.ticket, 'here')).rejects.toMatchObject(NOT_ALLOWED);
      });

      test('where nobody is listed there is nothing to note', async () => {
        const auto = await a.create();
        const { ticket } = await a.enter(auto, 'Ann');
        await expect(a.attend(auto, ticket, 'away')).resolves.toBeUndefined();
        expect(await a.list(auto)).toEqual([]);
      });

      test(`hidden, disconnected and back at once: on the list, in some order (${rounds} rounds)`, async () => {
        for (let round = 0; round < rounds; round += 1) {
          id = await a.create({ admission: 'manual' });
          const guest = await arrive('Ann');
          const outcomes = await race<unknown>(
            () => a.attend(id, guest.ticket, 'hidden'),
            () => a.presence(guest.pass.identity, false),
          );
          expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
          world.advance(20 * MINUTE);
          expect(await ann()).toMatchObject({ awaySince: expect.any(Number) });
          await a.enter(id, undefined, guest.ticket);
          expect((await ann())?.awaySince).toBeUndefined();
        }
      }, 60_000);
    });
  });
}
