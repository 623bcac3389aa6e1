/**
 * Every call to a vendor fails once, or the vendor goes away from that call on, before or after the call took
 * effect. One failure is not noticed; an outage is a "try again", and the next request finishes or undoes
 * what was begun.
 */
import type { Entered } from '../../src/app/enter-waiting-room';
import type { Joined } from '../../src/app/join-token';
import { requestScope } from '../../src/compose/request-scope';
import { waitingRoom } from '../../src/compose/waiting-room';
import { FoyerError } from '../../src/domain/errors';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';
import { type Fault, type Moment, Wire } from '../support/wire';
import { actors } from './waiting-room.contract';

const FAULTS: readonly Fault[] = [429, 500, 503, 'reset', 'garbage'];
const MOMENTS: readonly Moment[] = ['before', 'after'];

type Actors = ReturnType<typeof actors>;

/** One meeting, prepared for one request. */
interface Stage {
  readonly id: string;
  readonly guest: Entered;
  readonly guestId: string;
  readonly host: Joined | undefined;
}

interface Scenario {
  readonly name: string;
  readonly admission: 'auto' | 'manual';
  readonly hostIsIn: boolean;
  readonly request: (a: Actors, stage: Stage) => Promise<unknown>;
  /** What must be true once the request, repeated if need be, has succeeded. */
  readonly outcome: (world: TwilioWorld, a: Actors, stage: Stage, answer: unknown) => Promise<void>;
}

const seen = (world: TwilioWorld, { guest }: Stage) => world.view(guest.pass);

const roomsOf = async (world: TwilioWorld, stage: Stage) => {
  const key = (await world.services().meetings.find(stage.id))?.key;
  return world.vendor.video.v1.rooms.list({ uniqueName: `meeting-${key}`, status: 'in-progress' });
};

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'the first host joins',
    admission: 'auto',
    hostIsIn: false,
    request: (a, { id }) => a.host(id),
    outcome: async (world, a, stage, answer) => {
      const { roomId } = answer as Joined;
      expect(await seen(world, stage)).toEqual({ state: 'admitted', room_id: roomId });
      expect((await roomsOf(world, stage)).map(({ sid }) => sid)).toEqual([roomId]);
      await expect(a.join(stage.id, roomId, stage.guest.ticket)).resolves.toMatchObject({ roomId });
    },
  },
  {
    name: 'the host of a manual meeting joins after a guest was admitted',
    admission: 'manual',
    hostIsIn: false,
    request: async (a, { id, guestId }) => {
      await a.admit(id, guestId);
      return a.host(id);
    },
    outcome: async (world, _, stage, answer) => {
      const { roomId } = answer as Joined;
      expect(await seen(world, stage)).toEqual({ state: 'admitted', room_id: roomId });
      expect(await roomsOf(world, stage)).toHaveLength(1);
    },
  },
  {
    name: 'a guest enters a manual meeting',
    admission: 'manual',
    hostIsIn: true,
    request: (a, { id }) => a.enter(id, 'Bob'),
    outcome: async (world, a, stage, answer) => {
      expect(await world.view((answer as Entered).pass)).toEqual({ state: 'waiting' });
      expect((await a.list(stage.id)).filter(({ name }) => name === 'Bob').length).toBeGreaterThan(0);
    },
  },
  {
    name: 'a guest comes back to a manual meeting',
    admission: 'manual',
    hostIsIn: true,
    request: (a, { id, guest }) => a.enter(id, 'Ann', guest.ticket),
    outcome: async (_, a, { id }) => expect(await a.list(id)).toHaveLength(1),
  },
  {
    name: 'the host admits a guest',
    admission: 'manual',
    hostIsIn: true,
    request: (a, { id, guestId }) => a.admit(id, guestId),
    outcome: async (world, a, stage) => {
      expect(await seen(world, stage)).toEqual({ state: 'admitted', room_id: stage.host?.roomId });
      expect(await a.list(stage.id)).toMatchObject([{ state: 'admitted' }]);
    },
  },
  {
    name: 'the host admits all',
    admission: 'manual',
    hostIsIn: true,
    request: (a, { id }) => a.admit(id),
    outcome: async (world, a, stage) => {
      expect(await seen(world, stage)).toEqual({ state: 'admitted', room_id: stage.host?.roomId });
      await a.admit(stage.id, stage.guestId);
      expect(await a.list(stage.id)).toMatchObject([{ state: 'admitted' }]);
    },
  },
  {
    name: 'the host denies a guest',
    admission: 'manual',
    hostIsIn: true,
    request: (a, { id, guestId }) => a.deny(id, guestId),
    outcome: async (world, a, stage) => {
      expect(await seen(world, stage)).toEqual({ state: 'denied' });
      expect(await a.list(stage.id)).toMatchObject([{ state: 'denied' }]);
    },
  },
  {
    name: 'the host removes a guest from the room',
    admission: 'auto',
    hostIsIn: true,
    request: (a, { id, guestId }) => a.remove(id, guestId),
    outcome: async (world, a, stage) => {
      const roomId = stage.host?.roomId ?? '';
      expect(await world.services().media.participants(roomId)).toEqual([]);
      await expect(a.join(stage.id, roomId, stage.guest.ticket)).rejects.toMatchObject({
        code: 'not-allowed',
      });
    },
  },
  {
    name: 'a guest leaves',
    admission: 'manual',
    hostIsIn: true,
    request: (a, { id, guest }) => a.leave(id, guest.ticket),
    outcome: async (_, a, { id }) => expect(await a.list(id)).toEqual([]),
  },
  {
    name: 'a browser connects',
    admission: 'manual',
    hostIsIn: false,
    request: (a, { guest }) => a.presence(guest.pass.identity, true),
    outcome: async (world, a, { id }) => {
      world.advance(120_000);
      expect(await a.list(id)).toHaveLength(1);
    },
  },
  ...(['auto', 'manual'] as const).map((admission): Scenario => ({
    name: `the host ends an ${admission} meeting`,
    admission,
    hostIsIn: true,
    request: (a, { id }) => a.end(id),
    outcome: async (world, a, stage) => {
      expect(await seen(world, stage)).toMatchObject({ state: 'ended' });
      expect(await roomsOf(world, stage)).toEqual([]);
      await expect(a.enter(stage.id)).rejects.toMatchObject({ code: 'not-allowed' });
    },
  })),
  ...(['auto', 'manual'] as const).map((admission): Scenario => ({
    name: `a host creates an ${admission} meeting`,
    admission,
    hostIsIn: false,
    request: (a) => a.create({ admission }),
    outcome: async (world, a, _, answer) => {
      const entered = await a.enter(answer as string);
      expect(await world.view(entered.pass)).toEqual({ state: 'waiting' });
    },
  })),
];

describe('a vendor that fails', () => {
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

  const prepare = async ({ admission, hostIsIn }: Scenario): Promise<Stage> => {
    wire.clear();
    const id = await a.create({ admission });
    const guest = await a.enter(id, 'Ann');
    const host = hostIsIn ? await a.host(id) : undefined;
    if (admission === 'auto' && host) await world.connect(await a.join(id, host.roomId, guest.ticket));
    const guestId = admission === 'manual' || host ? ((await a.list(id))[0]?.id ?? '') : '';
    wire.clear();
    return { id, guest, guestId, host };
  };

  const countCalls = async (scenario: Scenario): Promise<number> => {
    const stage = await prepare(scenario);
    await scenario.request(a, stage);
    return wire.calls.length;
  };

  for (const scenario of SCENARIOS) {
    test(`${scenario.name}: one failure of any call is not noticed`, async () => {
      const calls = await countCalls(scenario);
      expect(calls).toBeGreaterThan(0);
      for (let call = 1; call <= calls; call += 1) {
        for (const moment of MOMENTS) {
          const fault = FAULTS[(call + (moment === 'after' ? 2 : 0)) % FAULTS.length] ?? 500;
          const stage = await prepare(scenario);
          wire.fail({ fault, moment, from: call, to: call });
          const answer = await scenario.request(a, stage);
          wire.clear();
          await scenario.outcome(world, a, stage, answer);
        }
      }
    }, 60_000);

    test(`${scenario.name}: an outage from any call on is a "try again", and trying again succeeds`, async () => {
      const calls = await countCalls(scenario);
      for (let call = 1; call <= calls; call += 1) {
        for (const moment of MOMENTS) {
          const stage = await prepare(scenario);
          wire.fail({ fault: FAULTS[call % FAULTS.length] ?? 500, moment, from: call, to: Infinity });
          const failure: unknown = await scenario.request(a, stage).catch((error: unknown) => error);
          // What only spares the host's list a write may be left for later without a word.
          if (failure instanceof Error) {
            expect(failure).toBeInstanceOf(FoyerError);
            expect(failure).toMatchObject({ code: 'try-again' });
          }
          wire.clear();
          const answer = await scenario.request(a, stage);
          await scenario.outcome(world, a, stage, answer);
        }
      }
    }, 60_000);
  }

  test('one that gives no answer is asked again, whether or not it did what it was asked', async () => {
    // Every call takes its whole time to fail: each has a world of its own, all at once.
    const rounds = [1, 2, 3].flatMap((call) => MOMENTS.map((moment) => ({ call, moment })));
    const outcomes = rounds.map(async ({ call, moment }) => {
      const own = new Wire();
      const its = await twilioWorld({ through: (origin) => own.to(origin) });
      const b = actors(its);
      const id = await b.create();
      const guest = await b.enter(id, 'Ann');
      own.fail({ fault: 'silence', moment, from: call, to: call });
      const host = await b.host(id);
      const seenThen = await its.view(guest.pass);
      const rooms = await roomsOf(its, { id, guest, guestId: '', host });
      expect(seenThen).toEqual({ state: 'admitted', room_id: host.roomId });
      expect(rooms.map(({ sid }) => sid)).toEqual([host.roomId]);
      await own.close();
      await its.close();
    });
    await Promise.all(outcomes);
  }, 60_000);

  test('one that refuses our credentials is not mistaken for "not found"', async () => {
    const id = await a.create();
    const environment = { ...world.environment, AUTH_TOKEN: 'another token' };
    const services = waitingRoom(requestScope(environment, 'http://127.0.0.1', world.clock));
    await expect(services.meetings.find(id)).rejects.toMatchObject({ status: 401 });
  });
});
