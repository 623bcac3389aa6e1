/** A call to Sync took effect and its answer got lost: what is written then is written once, and the queue stays right. */
import type { Entered } from '../../src/app/enter-waiting-room';
import { countBefore } from '../../src/domain/queue';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';
import { Wire } from '../support/wire';
import { actors } from './waiting-room.contract';

type Actors = ReturnType<typeof actors>;

describe('an answer that is lost', () => {
  let wire: Wire;
  let world: TwilioWorld;
  let a: Actors;
  beforeAll(async () => {
    wire = new Wire();
    world = await twilioWorld({ through: (origin) => wire.to(origin), limits: 'off' });
    a = actors(world);
  });
  afterAll(async () => {
    await wire.close();
    await world.close();
  });

  /** Once for each call of `act`: that one's answer is lost. */
  const losingEach = async (
    stage: () => Promise<{ act: () => Promise<unknown>; check: () => Promise<void> }>,
  ) => {
    for (let call = 1; ; call += 1) {
      wire.clear();
      const { act, check } = await stage();
      wire.fail({ fault: 503, moment: 'after', from: call, to: call });
      await act();
      const calls = wire.calls.length;
      wire.clear();
      if (call > calls) return;
      await check();
    }
  };

  const boardOf = (guest: Entered) => world.board(guest.queue?.board ?? '');

  test.each(['auto', 'manual to all', 'manual to one'] as const)(
    'does not say twice what the host says: %s',
    async (whom) => {
      await losingEach(async () => {
        const id = await a.create({ admission: whom === 'auto' ? 'auto' : 'manual' });
        const guest = await a.enter(id, 'Ann');
        const guestId = whom === 'manual to one' ? (await a.list(id))[0]?.id : undefined;
        return {
          act: () => a.say(id, 'Hello', guestId),
          check: async () => {
            const seen = whom === 'manual to all' ? await boardOf(guest) : await world.view(guest.pass);
            expect(seen?.messages?.map(({ text }) => text)).toEqual(['Hello']);
          },
        };
      });
    },
    120_000,
  );

  describe('does not leave numbers in the queue that nobody bears', () => {
    /** Somebody with an open page. */
    const arrive = async (id: string, name: string) => {
      const guest = await a.enter(id, name);
      await a.presence(guest.pass.identity, true);
      return guest;
    };
    /** How many are before `guest`, as the guest is told. */
    const before = async (guest: Entered) =>
      countBefore((await boardOf(guest))?.freed ?? [], guest.queue?.place ?? Number.NaN);

    test('once the host looks, wherever entering failed', async () => {
      await losingEach(async () => {
        const id = await a.create({ admission: 'manual' });
        const guests: Entered[] = [];
        return {
          act: async () => guests.push(await arrive(id, 'Ann')),
          check: async () => {
            guests.push(await arrive(id, 'Bob'));
            world.advance(60_000);
            await a.list(id);
            expect(await Promise.all(guests.map(before))).toEqual([0, 1]);
          },
        };
      });
    }, 120_000);

    test('once the host looks, when entering was cut short; but not before its number may have arrived', async () => {
      for (let call = 1; call <= 7; call += 1) {
        wire.clear();
        const id = await a.create({ admission: 'manual' });
        wire.fail({ fault: 503, moment: 'after', from: call, to: Infinity });
        await expect(a.enter(id, 'Ann')).rejects.toMatchObject({ code: 'try-again' });
        wire.clear();
        const ann = await arrive(id, 'Ann');
        const atFirst = await boardOf(ann);
        await a.list(id);
        expect(await boardOf(ann)).toEqual(atFirst);
        // What was begun and got as far as the list leaves it with that, as nobody connects.
        world.advance(60_000);
        const { length } = await a.list(id);
        expect(await before(ann)).toBe(length - 1);
        expect(length).toBe(1);
      }
    }, 120_000);
  });

  describe('does not keep the queue from following', () => {
    /** Ann, whose page is open, and Bob behind her. */
    const two = async () => {
      const id = await a.create({ admission: 'manual' });
      const ann = await a.enter(id, 'Ann');
      await a.presence(ann.pass.identity, true);
      const annId = (await a.list(id))[0]?.id ?? '';
      return { id, ann, annId, bob: await a.enter(id, 'Bob') };
    };
    type Stage = Awaited<ReturnType<typeof two>>;

    const GOINGS: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
      'loses the connection': ({ ann }) => a.presence(ann.pass.identity, false),
      'does not answer': ({ id, ann }) => a.attend(id, ann.ticket, 'away'),
      leaves: ({ id, ann }) => a.leave(id, ann.ticket),
      'is let in': ({ id, annId }) => a.admit(id, annId),
      'is turned away': ({ id, annId }) => a.deny(id, annId),
      'is removed': ({ id, annId }) => a.remove(id, annId),
    };

    test.each(Object.entries(GOINGS))(
      'one who %s',
      async (_, go) => {
        await losingEach(async () => {
          const stage = await two();
          return {
            act: () => go(stage),
            check: async () => expect(await boardOf(stage.bob)).toEqual({ freed: [1, 1] }),
          };
        });
      },
      120_000,
    );

    const RETURNS: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
      connects: ({ ann }) => a.presence(ann.pass.identity, true),
      answers: ({ id, ann }) => a.attend(id, ann.ticket, 'here'),
      reloads: ({ id, ann }) => a.enter(id, undefined, ann.ticket),
    };

    test.each(Object.entries(RETURNS))(
      'one who is back and %s, soon or after having been taken off the list',
      async (_, comeBack) => {
        for (const minutes of [0, 3]) {
          await losingEach(async () => {
            const stage = await two();
            await a.presence(stage.bob.pass.identity, true);
            await a.presence(stage.ann.pass.identity, false);
            world.advance(minutes * 60_000);
            return {
              act: () => comeBack(stage),
              check: async () => expect(await boardOf(stage.bob)).toEqual({ freed: [] }),
            };
          });
        }
      },
      120_000,
    );

    test.each(['away', 'here'] as const)(
      'nor does an outage, once it is over and the page says %s again',
      async (event) => {
        for (const call of [1, 2, 3, 4]) {
          wire.clear();
          const { id, ann, bob } = await two();
          if (event === 'here') await a.attend(id, ann.ticket, 'away');
          wire.fail({ fault: 503, moment: 'after', from: call, to: Infinity });
          await expect(a.attend(id, ann.ticket, event)).rejects.toMatchObject({ code: 'try-again' });
          wire.clear();
          await a.attend(id, ann.ticket, event);
          expect(await boardOf(bob)).toEqual({ freed: event === 'away' ? [1, 1] : [] });
        }
      },
      120_000,
    );
  });
});
