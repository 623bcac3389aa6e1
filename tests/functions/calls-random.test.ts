/**
 * Whatever people do, in whatever order and at once, over the real runtime, gateway and push channel: nobody is in
 * two calls, every call ends, and everybody who heard of it hears how, the same on both sides and in order.
 * FUZZ_RUNS says how many lives are lived, FUZZ_SEED=random that they are others each time.
 */
import * as fc from 'fast-check';
import type { CallResponse } from '../../src/api/calls';
import { CallsOnRuntime } from '../support/calls-on-runtime';
import type { Reply } from '../support/http';
import { type Phone, SocketPhone } from '../support/live-phones';
import { until } from '../support/sync-clients';

let world: CallsOnRuntime;
beforeAll(async () => {
  world = await CallsOnRuntime.start();
});
afterAll(() => world.close());

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 3);
const PEOPLE = 3;

const someone = fc.nat(PEOPLE - 1);
/** Counted from oneself, who is rarely called. */
const other = fc.constantFrom(1, 1, 1, 2, 2, 2, 0);
const which = fc.nat(3);
const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('start' as const), by: someone, to: other }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      call: which,
      by: someone,
      answer: fc.constantFrom('ACCEPT' as const, 'ACCEPT' as const, 'DECLINE' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), call: which, by: someone }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('token' as const), call: which, by: someone }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), by: someone, device: which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('come' as const), by: someone, kind: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), part: fc.nat(100) }) },
);
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;
/** What happens at once, one after another. */
const life = fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { minLength: 6, maxLength: 14 });

const isLive = ({ status }: CallResponse): boolean => status === 'DIALLING' || status === 'ONGOING';
let lives = 0;

class Life {
  private readonly run = (lives += 1);
  private readonly phones = new Map<string, Phone[]>();
  /** ms since epoch at which each was connected. */
  private readonly since = new Map<Phone, number>();
  /** By id, as they were last seen. */
  private readonly calls = new Map<string, CallResponse>();

  constructor(
    /** Lets this much of the time pass that a call rings. */
    private readonly wait: (part: number) => Promise<void>,
    private readonly connect: (id: string, kind: boolean) => Promise<Phone>,
  ) {}

  private who = (n: number): string => `person-${this.run}-${n}`;
  private callOf = (n: number): string => [...this.calls.keys()].toReversed()[n] ?? `call-${'x'.repeat(22)}`;

  async begin(): Promise<void> {
    for (let n = 0; n < PEOPLE; n += 1) await this.come(n, n % 2 === 0);
  }

  async perform(step: Act): Promise<void> {
    const { foyer } = world;
    switch (step.do) {
      case 'start':
        return this.note(
          await foyer.call('/calls/start', {
            callerId: this.who(step.by),
            receiverId: this.who((step.by + step.to) % PEOPLE),
          }),
          [200],
        );
      case 'answer': {
        const parameters = { callId: this.callOf(step.call), userId: this.who(step.by), answer: step.answer };
        return this.note(await foyer.call('/calls/answer', parameters));
      }
      case 'end':
        return this.note(await world.end(this.callOf(step.call), this.who(step.by)));
      case 'token': {
        const reply = await foyer.call('/token', { room: this.callOf(step.call), id: this.who(step.by) });
        return reply.status === 200 ? undefined : this.note(reply);
      }
      case 'leave': {
        const phones = this.phones.get(this.who(step.by)) ?? [];
        const [gone] = phones.splice(step.device % Math.max(1, phones.length), 1);
        return gone?.vanish();
      }
      case 'come':
        return this.come(step.by, step.kind);
      case 'wait':
        return this.wait(step.part / 100);
    }
  }

  private async come(n: number, kind: boolean): Promise<void> {
    const phone = await this.connect(this.who(n), kind);
    this.since.set(phone, Date.now());
    this.phones.set(this.who(n), [...(this.phones.get(this.who(n)) ?? []), phone]);
  }

  private note({ status, json, text }: Reply, expected = [200, 403, 404, 409]): void {
    if (!expected.includes(status)) throw new Error(`${status} ${text}`);
    const call = (status === 409 ? json.call : json) as CallResponse;
    if (status === 200 || status === 409) this.see(call);
  }

  /** What is over stays as it is. */
  private see(call: CallResponse): void {
    const before = this.calls.get(call.id);
    if (before && !isLive(before)) expect(call).toEqual(before);
    this.calls.set(call.id, call);
  }

  /** Of calls that all were placed before anybody looked. */
  async look(): Promise<CallResponse[]> {
    const live: CallResponse[] = [];
    for (const id of this.calls.keys()) {
      const call = await world.info(id);
      this.see(call);
      if (isLive(call)) live.push(call);
    }
    const parties = live.flatMap(({ caller, receiver }) => [caller.id, receiver.id]);
    expect(parties).toEqual([...new Set(parties)]);
    return live;
  }

  /** Nobody hangs up: all time that there is passes. */
  async finish(): Promise<void> {
    for (const phones of this.phones.values()) {
      for (const { user } of phones.slice(0, 1)) {
        for (const { id, caller, receiver } of await this.look()) {
          if ([caller.id, receiver.id].includes(user.id)) await world.end(id, user.id);
        }
      }
    }
    await this.wait(1.1);
    await until(async () => (await this.look()).length === 0);
    for (const phone of [...this.phones.values()].flat()) await this.hasHeard(phone);
  }

  /** Who was there from a call's beginning, or heard of it, hears how it ended, in order; and of nobody else's. */
  private async hasHeard(phone: Phone): Promise<void> {
    const toldOf = (id: string) => phone.told.filter(({ call }) => call.id === id);
    const since = this.since.get(phone) ?? Infinity;
    const its = [...this.calls.values()].filter(
      ({ status, placedAt, caller, receiver }) =>
        status !== 'ERROR' &&
        Date.parse(placedAt) > since &&
        [caller.id, receiver.id].includes(phone.user.id),
    );
    const heardOf = phone.heard.map(({ call }) => call.id);
    for (const id of new Set([...heardOf, ...its.map((call) => call.id)])) {
      const ended = this.calls.get(id) ?? (await world.info(id));
      await until(() => toldOf(id).some(({ call }) => !isLive(call)));
      expect(toldOf(id).at(-1)?.call).toEqual(ended);
      expect([ended.caller.id, ended.receiver.id]).toContain(phone.user.id);
      if (!(phone instanceof SocketPhone)) continue;
      const steps = phone.heard
        .filter(({ call }) => call.id === id)
        .map((event) => Number(event.id.split(':')[1]));
      expect(steps).toEqual([...new Set(steps)].toSorted((one, two) => one - two));
      if (its.some((call) => call.id === id) && phone.user.id === ended.receiver.id) {
        expect(toldOf(id)[0]?.type).toBe('INCOMING_CALL');
      }
    }
  }
}

async function live(steps: readonly (readonly Act[])[], one: Life): Promise<void> {
  try {
    await one.begin();
    for (const batch of steps) {
      await Promise.all(batch.map((step) => one.perform(step)));
      await one.look();
    }
    await one.finish();
  } finally {
    await world.clear();
  }
}

const settings = { numRuns: RUNS, endOnFailure: true } as const;

test('on the push channel, time passing as fast as can be', async () => {
  const wait = (part: number): Promise<void> => {
    world.foyer.clock.advance(part * 45_000);
    return new Promise((resolve) => setTimeout(resolve, 20));
  };
  await fc.assert(
    fc.asyncProperty(life, (steps) => live(steps, new Life(wait, (id) => world.sync(id)))),
    settings,
  );
}, 300_000);

test('on sockets and on the push channel, in real time', async () => {
  const wait = (part: number): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, part * 1_000);
    });
  const connect = (id: string, kind: boolean): Promise<Phone> => (kind ? world.socket(id) : world.sync(id));
  await fc.assert(
    fc.asyncProperty(life, async (steps) => {
      world.foyer.environment['RING_TIMEOUT_SECONDS'] = '1';
      world.foyer.environment['CALL_GRACE_SECONDS'] = '1';
      await live(steps, new Life(wait, connect));
    }),
    settings,
  );
}, 300_000);
