/** Our clock and Sync's are not one: a meeting with decisions works while ours is ahead or behind. */
import { requestScope } from '../../src/compose/request-scope';
import { waitingRoom } from '../../src/compose/waiting-room';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';
import { actors } from './waiting-room.contract';

describe('while our clock is not the vendor’s', () => {
  let world: TwilioWorld;
  beforeAll(async () => {
    world = await twilioWorld();
  });
  afterAll(() => world.close());

  test.each([-60_000, -10_000, -4000, -1000, 1000, 3500, 5000, 10_000, 60_000])(
    'but off by %i ms, guests are let in, leave and come back',
    async (off) => {
      const clock = {
        now: () => world.clock.now() + off,
        sleep: (ms: number) => world.clock.sleep(ms),
      };
      const a = actors({
        ...world,
        services: () => waitingRoom(requestScope(world.environment, world.syncOrigin, clock)),
      });
      const id = await a.create({ admission: 'manual' });
      const guest = await a.enter(id, 'Ann');
      await a.leave(id, guest.ticket);
      expect(await a.list(id)).toEqual([]);
      await a.enter(id, undefined, guest.ticket);
      const [ann] = await a.list(id);
      expect(ann).toMatchObject({ name: 'Ann', state: 'waiting' });
      await a.say(id, 'Hello', ann?.id);
      const { roomId } = await a.host(id);
      await a.admit(id, ann?.id);
      await expect(a.join(id, roomId, guest.ticket)).resolves.toMatchObject({ roomId });
      await a.leave(id, guest.ticket);
      await expect(a.join(id, roomId, guest.ticket)).rejects.toMatchObject({ code: 'not-allowed' });
      // Gone, for whoever would let them in now.
      await expect(a.admit(id, ann?.id)).rejects.toMatchObject({ code: 'not-found' });
    },
  );
});
