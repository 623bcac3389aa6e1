/**
 * Every call to Sync fails once, or Sync goes away from that call on, before or after the call took effect. One
 * failure is not noticed; an outage is a "try again", and the next request finishes or undoes what was begun.
 */
import type { Call } from '../../src/domain/call';
import { FoyerError } from '../../src/domain/errors';
import type { ChannelPass } from '../../src/ports/call-events';
import { callers, type Gateway, taken } from '../support/callers';
import { twilioCallsWorld, type TwilioCallsWorld } from '../support/twilio-calls-world';
import { type Fault, type Moment, Wire } from '../support/wire';

const FAULTS: readonly Fault[] = [429, 500, 503, 'reset', 'garbage'];
const MOMENTS: readonly Moment[] = ['before', 'after'];

/** Every fault, before and after the effect, in turns. */
const faultOf = (turn: number): { readonly fault: Fault; readonly moment: Moment } => ({
  fault: FAULTS[turn % FAULTS.length] ?? 500,
  moment: MOMENTS[turn % MOMENTS.length] ?? 'before',
});

type Actors = ReturnType<typeof callers>;

/** Two people, prepared for one request. */
interface Stage {
  readonly ann: string;
  readonly bob: string;
  /** Ann's; bob's are this and the next. */
  readonly one: Gateway;
  readonly other: Gateway;
  /** Ann's call to bob, where there is one. */
  readonly call: Call | undefined;
  /** Bob's browser on the push channel. */
  readonly pass: ChannelPass;
}

interface Scenario {
  readonly name: string;
  readonly call: 'none' | 'ringing' | 'ongoing' | 'due';
  readonly request: (a: Actors, stage: Stage) => Promise<unknown>;
  /** What must be true once the request, repeated if need be, has been answered. */
  readonly outcome: (world: TwilioCallsWorld, a: Actors, stage: Stage, answer: unknown) => Promise<void>;
}

const idOf = ({ call }: Stage): string => call?.id ?? '';

/** The call has come to `status`; both sides know, by each way that they can be told, and the lines are as they must be. */
async function stands(
  world: TwilioCallsWorld,
  a: Actors,
  stage: Stage,
  id: string,
  status: string,
): Promise<void> {
  const record = await world.services().calls.find(id);
  expect(record).toMatchObject({ status, settled: record?.step });
  const isOver = !['DIALLING', 'ONGOING'].includes(status);
  for (const user of [stage.ann, stage.bob]) expect(await a.line(user)).toMatchObject({ id, isOver });
  const last = async (gateway: Gateway, user: string) =>
    taken(await a.told(gateway, user)).findLast(({ call }) => call.id === id)?.call.status;
  expect([await last(stage.one, stage.bob), await last(stage.other, stage.bob)]).toEqual([status, status]);
  expect(await last(stage.one, stage.ann)).toBe(status === 'DIALLING' ? undefined : status);
  expect(await world.document(stage.pass)).toMatchObject({ id, status });
  expect(await world.list(stage.pass)).toContainEqual(
    expect.objectContaining({ id: `${id}:${record?.step}` }),
  );
}

const moved = (
  name: string,
  call: Scenario['call'],
  status: string,
  request: Scenario['request'],
): Scenario => ({
  name,
  call,
  request,
  outcome: (world, a, stage) => stands(world, a, stage, idOf(stage), status),
});

/** Whoever only looks leaves what was made just now to its maker, for two seconds. */
const looked = (name: string, request: Scenario['request']): Scenario => ({
  name,
  call: 'due',
  request,
  outcome: async (world, a, stage) => {
    world.advance(2_000);
    await request(a, stage);
    await stands(world, a, stage, idOf(stage), 'MISSED');
  },
});

const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a call is placed',
    call: 'none',
    request: (a, { ann, bob }) => a.start(ann, bob),
    outcome: async (world, a, stage, answer) => {
      const { id, status } = answer as Call;
      // Of an answer that was lost with everything done, the next one says that the line is busy: by that very call.
      const ringing = status === 'ERROR' ? ((await a.line(stage.ann))?.id ?? '') : id;
      await stands(world, a, stage, ringing, 'DIALLING');
    },
  },
  {
    name: 'the other side calls back at the same time',
    call: 'ringing',
    request: (a, { ann, bob }) => a.start(bob, ann),
    outcome: (world, a, stage) => stands(world, a, stage, idOf(stage), 'ONGOING'),
  },
  moved('the receiver accepts', 'ringing', 'ONGOING', (a, stage) => a.answer(idOf(stage), 'ACCEPT')),
  moved('the receiver declines', 'ringing', 'DECLINED', (a, stage) => a.answer(idOf(stage), 'DECLINE')),
  moved('the caller hangs up', 'ringing', 'ENDED', (a, stage) => a.end(idOf(stage), stage.ann)),
  moved('a party ends the call', 'ongoing', 'ENDED', (a, stage) => a.end(idOf(stage), stage.bob)),
  looked('the deadline is found to have passed', (a, stage) => a.check(idOf(stage))),
  looked('a device wakes up after the deadline', (a, stage) => a.show(idOf(stage))),
  {
    name: 'a device connects while it rings',
    call: 'ringing',
    request: (a, { bob, other }) => a.connect(bob, other, 'another'),
    outcome: async (world, _, stage, answer) => {
      expect((answer as { events: unknown[] }).events).toMatchObject([{ type: 'INCOMING_CALL' }]);
      const presence = await world.services().directory.find(stage.bob);
      expect(Object.keys(presence?.devices ?? {})).toContain(`${stage.other.id}.another`);
    },
  },
  {
    name: 'a browser connects while it rings',
    call: 'ringing',
    request: (a, { bob }) => a.open(bob),
    outcome: async (world, _, stage, answer) => {
      const { list, document, identity } = answer as ChannelPass;
      expect([list, document]).toEqual([stage.pass.list, stage.pass.document]);
      const presence = await world.services().directory.find(stage.bob);
      expect(presence?.devices[identity]).toMatchObject({ via: 'sync' });
      expect(await world.document(stage.pass)).toMatchObject({ status: 'DIALLING' });
    },
  },
  {
    name: 'somebody’s first browser connects',
    call: 'none',
    request: (a) => a.open('somebody new'),
    outcome: async (world, a, _, answer) => {
      const { list, document, identity } = answer as ChannelPass;
      const presence = await world.services().directory.find('somebody new');
      expect(presence).toMatchObject({
        channel: { list, document },
        devices: { [identity]: { via: 'sync' } },
      });
      await a.close('somebody new', answer as ChannelPass);
    },
  },
  {
    name: 'a device goes',
    call: 'ongoing',
    request: (a, { ann, one }) => a.disconnect(ann, one),
    outcome: async (world, _, stage) => {
      const presence = await world.services().directory.find(stage.ann);
      expect(presence?.devices).toEqual({});
    },
  },
  {
    name: 'a browser says goodbye',
    call: 'none',
    request: (a, { bob, pass }) => a.close(bob, pass),
    outcome: async (world, _, { bob, pass }) => {
      const presence = await world.services().directory.find(bob);
      expect(Object.keys(presence?.devices ?? {})).not.toContain(pass.identity);
    },
  },
  ...[true, false].map((connected): Scenario => ({
    name: `the webhook tells that a browser has ${connected ? 'come' : 'gone'}`,
    call: 'none',
    request: (a, { pass }) => a.webhook(pass, connected),
    outcome: async (world, _, { bob, pass }) => {
      const device = (await world.services().directory.find(bob))?.devices[pass.identity];
      if (connected) expect(device).toMatchObject({ until: pass.tokenUntil });
      else expect(device).toHaveProperty('goneAt');
    },
  })),
  {
    name: 'a gateway renews its lease',
    call: 'none',
    request: (a, { one }) => a.renew(one),
    outcome: async (world, _, { one }, answer) => {
      expect(answer).toMatchObject({ lists: one.lists });
      const ends = await world.services().gateways.ends([one.id]);
      expect(ends.get(one.id)).toBeGreaterThan(world.now() + 20_000);
    },
  },
];

describe('Sync that fails', () => {
  let wire: Wire;
  let world: TwilioCallsWorld;
  let a: Actors;
  let stages = 0;
  let one: Gateway;
  let other: Gateway;
  beforeAll(async () => {
    wire = new Wire();
    world = await twilioCallsWorld({ through: (origin) => wire.to(origin), limits: 'off' });
    a = callers(world);
  });
  beforeEach(async () => {
    wire.clear();
    [one, other] = [await a.gateway(), await a.gateway()];
  });
  afterAll(async () => {
    await wire.close();
    await world.close();
  });

  const prepare = async ({ call }: Scenario): Promise<Stage> => {
    wire.clear();
    await renew({ one, other });
    const [ann, bob] = [`ann ${(stages += 1)}`, `bob ${stages}`];
    await a.connect(ann, one);
    await a.connect(bob, one);
    await a.connect(bob, other);
    const pass = await a.open(bob);
    const placed = call === 'none' ? undefined : await a.start(ann, bob);
    const stage = { ann, bob, one, other, pass, call: placed };
    if (call === 'ongoing') await a.answer(idOf(stage), 'ACCEPT');
    if (call === 'due') {
      world.advance(25_000);
      await renew(stage);
      world.advance(20_001);
    }
    wire.clear();
    return stage;
  };

  const renew = async (of: Pick<Stage, 'one' | 'other'>) => {
    await a.renew(of.one);
    await a.renew(of.other);
  };

  /** A change that has been made already is refused with the call as it stands: as good as an answer. */
  const attempt = async (scenario: Scenario, stage: Stage): Promise<unknown> => {
    try {
      return await scenario.request(a, stage);
    } catch (error) {
      if (error instanceof FoyerError && error.code === 'conflict') return error.details?.['call'];
      throw error;
    }
  };

  const countCalls = async (scenario: Scenario): Promise<number> => {
    const stage = await prepare(scenario);
    await attempt(scenario, stage);
    return wire.calls.length;
  };

  for (const scenario of SCENARIOS) {
    test(`${scenario.name}: one failure of any call is not noticed`, async () => {
      const calls = await countCalls(scenario);
      expect(calls).toBeGreaterThan(0);
      for (let call = 1; call <= calls; call += 1) {
        const stage = await prepare(scenario);
        wire.fail({ ...faultOf(call), from: call, to: call });
        const answer = await scenario.request(a, stage);
        wire.clear();
        await scenario.outcome(world, a, stage, answer);
      }
    }, 120_000);

    test(`${scenario.name}: an outage from any call on is a "try again", and trying again succeeds`, async () => {
      const calls = await countCalls(scenario);
      for (let call = 1; call <= calls; call += 1) {
        const stage = await prepare(scenario);
        wire.fail({ ...faultOf(call + 1), from: call, to: Infinity });
        const failure: unknown = await attempt(scenario, stage).catch((error: unknown) => error);
        if (failure instanceof Error) {
          expect(failure).toBeInstanceOf(FoyerError);
          expect(failure).toMatchObject({ code: 'try-again' });
        }
        wire.clear();
        await renew(stage);
        const answer = await attempt(scenario, stage);
        wire.clear();
        await scenario.outcome(world, a, stage, answer);
      }
    }, 120_000);
  }
});
