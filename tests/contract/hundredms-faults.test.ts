/**
 * Waiting rooms on 100ms whose calls to a vendor fail once, or from one call on, before or after they took effect:
 * one failure is not noticed; an outage is a "try again", after which the next request finishes what was begun.
 */
import { idOfIdentity } from '../../src/domain/guest';
import type { Joined } from '../../src/app/join-token';
import { waitingRoomOnHundredMs } from '../support/waiting-room-on-hundredms';
import { type Fault, type Moment, Wire } from '../support/wire';
import { actors } from './waiting-room.contract';

const FAULTS: readonly Fault[] = [429, 500, 503, 'reset', 'garbage'];
const MOMENTS: readonly Moment[] = ['before', 'after'];

let wire: Wire;
let world: Awaited<ReturnType<typeof waitingRoomOnHundredMs>>;
let a: ReturnType<typeof actors>;
beforeAll(async () => {
  wire = new Wire();
  world = await waitingRoomOnHundredMs({ through: (origin) => wire.to(origin), limits: 'off' });
  a = actors(world);
});
afterAll(async () => {
  await wire.close();
  await world.close();
});

interface Stage {
  readonly id: string;
  readonly ticket: string;
  /** Undefined before the host. */
  readonly guest: Joined | undefined;
}

async function prepare(hostIsIn: boolean): Promise<Stage> {
  wire.clear();
  const id = await a.create();
  const { ticket } = await a.enter(id, 'Ann');
  const host = hostIsIn ? await a.host(id) : undefined;
  const guest = host && (await a.join(id, host.roomId, ticket));
  if (guest) {
    await world.connect(guest);
    await world.connect(guest);
  }
  wire.clear();
  return { id, ticket, guest };
}

const peersOf = (roomId: string) => world.services().media.participants(roomId);

const SCENARIOS: readonly {
  readonly name: string;
  readonly hostIsIn: boolean;
  readonly request: (stage: Stage) => Promise<unknown>;
  readonly outcome: (stage: Stage) => Promise<void>;
}[] = [
  {
    name: 'the first host joins',
    hostIsIn: false,
    request: ({ id }) => a.host(id),
    outcome: async ({ id, ticket }) => {
      const { roomId } = await a.host(id);
      await world.connect(await a.join(id, roomId, ticket));
      expect(await peersOf(roomId)).toHaveLength(1);
    },
  },
  {
    name: 'the host removes a guest who is in the room twice',
    hostIsIn: true,
    request: ({ id, guest }) => a.remove(id, idOfIdentity(guest?.identity ?? '')),
    outcome: async ({ guest }) => expect(await peersOf(guest?.roomId ?? '')).toEqual([]),
  },
  {
    name: 'the host ends the meeting',
    hostIsIn: true,
    request: ({ id }) => a.end(id),
    outcome: async ({ guest }) => {
      if (!guest) throw new Error('there is no guest');
      expect(await peersOf(guest.roomId)).toEqual([]);
      await expect(world.connect(guest)).rejects.toThrow('room is not active');
    },
  },
];

describe.each(SCENARIOS)('$name', ({ hostIsIn, request, outcome }) => {
  const countCalls = async (): Promise<number> => {
    await request(await prepare(hostIsIn));
    return wire.calls.length;
  };

  test('one failure of any call is not noticed', async () => {
    const calls = await countCalls();
    for (let call = 1; call <= calls; call += 1) {
      for (const moment of MOMENTS) {
        const fault = FAULTS[(call + (moment === 'after' ? 2 : 0)) % FAULTS.length] ?? 500;
        const stage = await prepare(hostIsIn);
        wire.fail({ fault, moment, from: call, to: call });
        await request(stage);
        wire.clear();
        await outcome(stage);
      }
    }
  }, 60_000);

  test('an outage from any call on is a "try again", and trying again succeeds', async () => {
    const calls = await countCalls();
    for (let call = 1; call <= calls; call += 1) {
      for (const moment of MOMENTS) {
        const stage = await prepare(hostIsIn);
        wire.fail({ fault: FAULTS[call % FAULTS.length] ?? 500, moment, from: call, to: Infinity });
        await expect(request(stage)).rejects.toMatchObject({ code: 'try-again' });
        wire.clear();
        await request(stage);
        await outcome(stage);
      }
    }
  }, 60_000);
});
