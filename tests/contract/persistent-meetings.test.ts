/** Persistent meetings: what they cost, and their races, over Sync and LiveKit. */
import { randomInt } from 'node:crypto';
import { FoyerError } from '../../src/domain/errors';
import { roomNameOf } from '../../src/domain/persistent-meeting';
import { livekitGuard } from '../../src/compose/persistent-meetings';
import { guardLivekitRoom } from '../../src/app/guard-livekit-room';
import { joinLivekitRoom } from '../../src/app/join-livekit-room';
import { persistentWorld, type PersistentWorld, meetingActors } from '../support/persistent-world';
import { Wire } from '../support/wire';

let wire: Wire;
let world: PersistentWorld;
let a: ReturnType<typeof meetingActors>;
beforeAll(async () => {
  wire = new Wire();
  world = await persistentWorld({ through: (origin) => wire.to(origin) });
  a = meetingActors(world);
});
afterAll(async () => {
  await wire.close();
  await world.close();
});

const guardServices = () => livekitGuard(world.scope());
const codeOf = (error: unknown): string => (error instanceof FoyerError ? error.code : String(error));
const meetingOf = async (id: string) => {
  const meeting = await world.services().registry.find(id);
  if (!meeting) throw new Error('there is no such meeting');
  return meeting;
};

describe('upstream budgets', () => {
  /** The calls that `request` makes, as `verb resource`, or the method of LiveKit's RoomService. */
  const cost = async (request: () => Promise<unknown>): Promise<string[]> => {
    world.advance(60_000);
    wire.clear();
    await request();
    return wire.calls.map((call) => {
      const [verb = '', path = ''] = call.split(' ');
      const kinds = path.split('?')[0]?.match(/Documents|Permissions/g) ?? [];
      return path.startsWith('/twirp/') ? (path.split('/').at(-1) ?? '') : `${verb} ${kinds.at(-1)}`;
    });
  };

  test('creating: 1 write', async () => {
    expect(await cost(() => a.create())).toEqual(['POST Documents']);
  });

  test('joining: 1 read, 1 call, then one of each at once; once a day 1 write', async () => {
    const id = await a.create();
    const first = await cost(() => a.join(id));
    expect(first.slice(0, 2)).toEqual(['GET Documents', 'CreateRoom']);
    expect(first.slice(2).toSorted()).toEqual(['GET Documents', 'ListParticipants']);
    world.advance(25 * 3_600_000);
    expect((await cost(() => a.join(id))).slice(2).toSorted()).toEqual([
      'GET Documents',
      'ListParticipants',
      'POST Documents',
    ]);
    expect(await cost(() => a.join(id))).toHaveLength(4);
  });

  test('looking: 1 read, 1 call', async () => {
    const id = await a.create();
    expect(await cost(() => a.show(id))).toEqual(['GET Documents', 'ListParticipants']);
  });

  test('what cannot be a meeting costs nothing, and one that is nobody’s 1 read', async () => {
    expect(await cost(() => a.join('nobody').catch(codeOf))).toEqual([]);
    expect(await cost(() => a.remove('nobody').catch(codeOf))).toEqual([]);
    expect(await cost(() => a.join('abc-defg-hij').catch(codeOf))).toEqual(['GET Documents']);
  });

  test('deleting: 1 read, 2 writes, and 2 calls that close its room for good', async () => {
    const id = await a.create();
    await a.join(id);
    const calls = await cost(() => a.remove(id));
    const closing = ['DeleteRoom', 'CreateRoom'];
    expect(calls).toEqual(['GET Documents', 'POST Documents', ...closing, 'DELETE Documents']);
  });

  test('a room by its name: nothing', async () => {
    const caller = { client: '', user: 'anonymous' } as const;
    const joining = { roomName: 'daily', uid: 'ann', uidName: 'uid' };
    expect(await cost(() => joinLivekitRoom(world.services(), caller, joining))).toEqual([]);
  });

  test('guarding a room that is as it should be: 1 read', async () => {
    const id = await a.create();
    const roomId = roomNameOf(await meetingOf(id));
    const participant = { id: 'PA_x', identity: 'ann' };
    const guarding = () => guardLivekitRoom(guardServices(), { roomId, participant });
    expect(await cost(guarding)).toEqual(['GET Documents']);
  });
});

describe('races', () => {
  const ROUNDS = 25;

  test('who joins while the meeting is deleted is refused, or put out: nobody is left in a room', async () => {
    wire.jitter(3);
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await a.create();
      const roomId = roomNameOf(await meetingOf(id));
      const joins = Array.from({ length: 3 }, async () => {
        for (let turns = randomInt(8); turns > 0; turns -= 1) await new Promise((r) => setImmediate(r));
        return a.join(id).catch(codeOf);
      });
      const [, ...outcomes] = await Promise.all([a.remove(id), ...joins]);
      for (const outcome of outcomes) if (typeof outcome === 'string') expect(outcome).toBe('not-found');
      expect(await world.services().livekit.media.isOpen(roomId)).toBe(false);
      expect(await a.join(id).catch(codeOf)).toBe('not-found');
      world.advance(1000);
    }
    wire.jitter(0);
  }, 30_000);

  test('of two who delete at once neither fails but by finding nothing, and nothing is left', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await a.create();
      await a.join(id);
      const outcomes = await Promise.all([1, 2].map(() => a.remove(id).catch(codeOf)));
      expect(outcomes.filter((outcome) => outcome !== undefined && outcome !== 'not-found')).toEqual([]);
      expect(outcomes).toContain(undefined);
      expect(await world.services().registry.find(id)).toBeUndefined();
      world.advance(1000);
    }
  }, 30_000);
});

describe('the guard of rooms', () => {
  const guard = (roomId: string, participant = { id: 'PA_x', identity: 'ann' }) =>
    guardLivekitRoom(guardServices(), { roomId, participant });
  const isOpen = (roomId: string) => world.services().livekit.media.isOpen(roomId);

  test('ends the room of a meeting that was deleted, however often and late it is told', async () => {
    const id = await a.create();
    const roomId = roomNameOf(await meetingOf(id));
    const { token } = await a.join(id);
    await a.remove(id);
    const back = world.livekit.join(token);
    await Promise.all([guard(roomId, { id: back.sid, identity: back.identity }), guard(roomId)]);
    await guard(roomId);
    expect([back.reason === undefined, await isOpen(roomId)]).toEqual([false, false]);
  });

  test('ends the room of an earlier meeting with the same id, and leaves that of the later one', async () => {
    const id = await a.create();
    const earlier = await meetingOf(id);
    const { token } = await a.join(id);
    await a.remove(id);
    const { registry } = world.services();
    const later = await registry.create({ id, maxParticipants: 5, createdAt: 0 });
    const { token: laterToken } = await a.join(id);
    const [back, newcomer] = [world.livekit.join(token), world.livekit.join(laterToken)];
    await guard(roomNameOf(earlier));
    await guard(roomNameOf(later ?? earlier));
    expect([back.reason === undefined, newcomer.reason]).toEqual([false, undefined]);
  });

  test('leaves rooms alone that are nobody’s meeting', async () => {
    for (const roomId of ['daily', 'meeting-room', 'meeting-a/../b', 'meeting-', 'abc-defg-hij', '', '🎥'])
      await guard(roomId);
  });
});

test('who kept tokens of a deleted meeting meet nobody, told or not, until the tokens have expired', async () => {
  const id = await a.create();
  const tokens = (await Promise.all([1, 2, 3].map(() => a.join(id)))).map(({ token }) => token);
  await a.remove(id);
  const tries = () =>
    tokens.flatMap((token) => {
      try {
        return [world.livekit.join(token)];
      } catch {
        return [];
      }
    });
  for (let minutes = 0; minutes < 12; minutes += 1) {
    const back = tries();
    expect(back.filter(({ reason }) => reason === undefined).length).toBeLessThanOrEqual(1);
    for (const attendee of back) attendee.leave();
    world.advance(60_000);
  }
  expect(tries()).toEqual([]);
  expect(world.livekit.rooms.some((room) => room.startsWith(id))).toBe(true);
  world.advance(12 * 60_000);
  expect(world.livekit.rooms.filter((room) => room.startsWith(id))).toEqual([]);
});

test('fifty who join at the same moment all get in', async () => {
  const id = await a.create();
  const passes = await Promise.all(Array.from({ length: 50 }, () => a.join(id)));
  for (const { token } of passes) world.livekit.join(token);
  expect((await a.show(id)).participants).toHaveLength(50);
  expect(await a.join(id).catch(codeOf)).toBe('not-allowed');
});
