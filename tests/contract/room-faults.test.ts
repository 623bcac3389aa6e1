/**
 * Every call to Sync that recording a room takes fails once, or Sync goes away from that call on, before or after the
 * call took effect. However that may be, the room is listed, and once.
 */
import { FoyerError } from '../../src/domain/errors';
import type { Room } from '../../src/domain/room';
import { syncRecords } from '../support/records-worlds';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';
import { type Moment, Wire } from '../support/wire';

const MOMENTS: readonly Moment[] = ['before', 'after'];

/** A world of its own, with some rooms in it. @returns what the run does. */
async function inWorld<T>(
  rooms: number,
  run: (world: TwilioWorld, wire: Wire, room: Room) => Promise<T>,
): Promise<T> {
  const wire = new Wire();
  const world = await twilioWorld({ through: (origin) => wire.to(origin), limits: 'off' });
  try {
    const createdAt = world.clock.now();
    for (let i = 0; i < rooms; i += 1)
      await syncRecords(world).add({ id: `${i}`, name: 'before', createdAt });
    wire.clear();
    return await run(world, wire, { id: 'daily', name: 'a room', createdAt });
  } finally {
    await wire.close();
    await world.close();
  }
}

const callsToAdd = (rooms: number): Promise<number> =>
  inWorld(rooms, async (world, wire, room) => {
    await syncRecords(world).add(room);
    return wire.calls.length;
  });

const listed = async (world: TwilioWorld): Promise<Room[]> => {
  const { rooms } = await syncRecords(world).list({ limit: 200 });
  return rooms.map(({ room }) => room).filter(({ id }) => id === 'daily');
};

describe.each([
  ['the first room of all', 0],
  ['a room', 1],
])('%s is recorded', (_, rooms) => {
  test.each(MOMENTS)('one failure %s the effect of any call: it is listed once', async (moment) => {
    const calls = await callsToAdd(rooms);
    expect(calls).toBeGreaterThan(0);
    for (let call = 1; call <= calls; call += 1) {
      await inWorld(rooms, async (world, wire, room) => {
        wire.fail({ fault: 503, moment, from: call, to: call });
        const added = await syncRecords(world).add(room);
        wire.clear();
        expect(await listed(world)).toEqual([room]);
        expect(added).toMatchObject(room);
      });
    }
  });

  test.each(MOMENTS)(
    'an outage %s the effect of any call: once it is tried again, it is listed once',
    async (moment) => {
      const calls = await callsToAdd(rooms);
      for (let call = 1; call <= calls; call += 1) {
        await inWorld(rooms, async (world, wire, room) => {
          wire.fail({ fault: 503, moment, from: call, to: Infinity });
          const failure: unknown = await syncRecords(world)
            .add(room)
            .catch((error: unknown) => error);
          expect(failure).toBeInstanceOf(FoyerError);
          expect(failure).toMatchObject({ code: 'try-again' });
          wire.clear();
          // Whoever tries again does so later, and what was recorded first stays so.
          const { id, name, createdAt } = await syncRecords(world).add({
            ...room,
            createdAt: room.createdAt + 60_000,
          });
          expect(await listed(world)).toEqual([{ id, name, createdAt }]);
          expect(await syncRecords(world).find('daily')).toMatchObject({ createdAt });
        });
      }
    },
  );
});

describe('a room whose recording was cut short before it was listed', () => {
  const DAY_MS = 24 * 3_600_000;

  async function cutShort(world: TwilioWorld, wire: Wire, room: Room): Promise<void> {
    wire.fail({ fault: 503, moment: 'before', from: 2, to: Infinity });
    await expect(syncRecords(world).add(room)).rejects.toMatchObject({ code: 'try-again' });
    wire.clear();
    expect(await listed(world)).toEqual([]);
  }

  test('is listed when it is used and therefore kept, for as long as it is', async () => {
    await inWorld(1, async (world, wire, room) => {
      await cutShort(world, wire, room);
      world.advance(2 * DAY_MS);
      for (let again = 0; again < 2; again += 1) {
        const found = await syncRecords(world).find('daily');
        if (!found) throw new Error('it was recorded');
        await syncRecords(world).keep(found);
        expect(await listed(world)).toEqual([room]);
        world.advance(300 * DAY_MS);
        expect(await listed(world)).toEqual([room]);
      }
      world.advance(66 * DAY_MS);
      expect(await syncRecords(world).find('daily')).toBeUndefined();
      expect(await listed(world)).toEqual([]);
    });
  });

  test('is listed no longer than it is recorded, however late it was listed', async () => {
    await inWorld(1, async (world, wire, room) => {
      await cutShort(world, wire, room);
      world.advance(200 * DAY_MS);
      await syncRecords(world).add({ ...room, createdAt: world.clock.now() });
      expect(await listed(world)).toEqual([room]);
      world.advance(166 * DAY_MS);
      expect(await syncRecords(world).find('daily')).toBeUndefined();
      expect(await listed(world)).toEqual([]);
    });
  });
});
