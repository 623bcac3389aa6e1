/** A call to Sync took effect and its answer got lost: what is written then is written once, and the queue stays right. */
import type { Entered } from '../../src/app/enter-waiting-room';
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
    60_000,
  );
});
