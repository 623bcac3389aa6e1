/** Races of calls, raced many times, whatever they stand on. */
import { randomInt } from 'node:crypto';
import type { Call } from '../../src/domain/call';
import { isLive } from '../../src/domain/call';
import { FoyerError } from '../../src/domain/errors';
import { callers, type Gateway, taken } from '../support/callers';
import type { CallsWorld } from '../support/calls-world';
import { race } from '../support/race';

/** Losing a race is fine, if it is said how things stand. */
function refused(outcome: PromiseSettledResult<unknown> | undefined): boolean {
  if (outcome?.status !== 'rejected') return false;
  const reason = outcome.reason as unknown;
  expect(reason).toBeInstanceOf(FoyerError);
  expect((reason as FoyerError).code).toBe('conflict');
  expect((reason as FoyerError).details).toMatchObject({ call: { id: expect.any(String) } });
  return true;
}

const valuesOf = <T>(outcomes: readonly PromiseSettledResult<T>[]): T[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));

export function callRacesContract(name: string, makeWorld: () => Promise<CallsWorld>, rounds: number): void {
  describe(`races of calls over ${name}`, () => {
    let world: CallsWorld;
    let a: ReturnType<typeof callers>;
    let one: Gateway;
    let other: Gateway;
    beforeAll(async () => {
      world = await makeWorld();
      a = callers(world);
    });
    afterAll(() => world.close());

    const many = (sentence: string, round: () => Promise<void>): void => {
      test(`${sentence} (${rounds} rounds)`, async () => {
        for (let count = 0; count < rounds; count += 1) {
          [one, other] = [await a.gateway(), await a.gateway()];
          await round();
        }
      }, 120_000);
    };

    let people = 0;
    /** Somebody who is online at one gateway, or at both. */
    const person = async (...gateways: readonly Gateway[]): Promise<string> => {
      const id = `person ${randomInt(1000)} ${(people += 1)}`;
      for (const gateway of gateways) await a.connect(id, gateway);
      return id;
    };
    const ringing = async (from: string, to: string): Promise<Call> => {
      const call = await a.start(from, to);
      expect(call).toMatchObject({ status: 'DIALLING' });
      return call;
    };
    const toldOf = async (id: string, call: Call) => {
      const messages = [...(await a.told(one, id)), ...(await a.told(other, id))];
      return messages.filter((message) => message.call.id === call.id);
    };

    /** What must be true of calls whatever happened to them, once all requests are answered. */
    const holds = async (users: readonly string[], calls: readonly Call[]): Promise<Call[]> => {
      const services = world.services();
      const found = await Promise.all(
        [...new Set(calls.map(({ id }) => id))].map((id) => services.calls.find(id)),
      );
      const records = found.filter((call) => call !== undefined);
      const live = records.filter(isLive);
      for (const user of users) {
        const own = live.filter(({ caller, receiver }) => [caller.id, receiver.id].includes(user));
        expect(own.length).toBeLessThanOrEqual(1);
        const line = await a.line(user);
        if (line && !line.isOver) expect(own.map(({ id }) => id)).toEqual([line.id]);
        if (own[0]) expect(line).toMatchObject({ id: own[0].id, isOver: false });
      }
      for (const call of records) {
        expect(call.settled).toBe(call.step);
        const wasTold = !(call.status === 'ERROR');
        for (const { id } of wasTold ? [call.caller, call.receiver] : []) {
          // What comes late, and is not later, is dropped by whoever receives it.
          const last = taken(await toldOf(id, call)).at(-1);
          const rang = call.status === 'DIALLING' && id === call.caller.id;
          if (!rang) expect([id, last?.call.status]).toEqual([id, call.status]);
        }
      }
      return records;
    };

    many('two devices accept in the same millisecond: one wins, both sides are told once', async () => {
      const [ann, bob] = [await person(one), await person(one, other)];
      const call = await ringing(ann, bob);
      const outcomes = await race(
        () => a.answer(call.id, 'ACCEPT', bob),
        () => a.answer(call.id, 'ACCEPT', bob),
        () => a.answer(call.id, 'ACCEPT', bob),
      );
      expect(outcomes.filter(refused)).toHaveLength(2);
      expect(valuesOf(outcomes)).toMatchObject([{ status: 'ONGOING' }]);
      await holds([ann, bob], [call]);
      expect(taken(await a.told(one, ann)).map(({ type }) => type)).toEqual(['ACCEPT_CALL']);
      for (const gateway of [one, other]) {
        const types = taken(await a.told(gateway, bob)).map(({ type }) => type);
        expect(types).toEqual(['INCOMING_CALL', 'ACCEPT_CALL']);
      }
    });

    many('one device accepts while another declines: one wins, and all agree', async () => {
      const [ann, bob] = [await person(one), await person(one, other)];
      const call = await ringing(ann, bob);
      const outcomes = await race(
        () => a.answer(call.id, 'ACCEPT'),
        () => a.answer(call.id, 'DECLINE'),
      );
      expect(outcomes.filter(refused)).toHaveLength(1);
      const [record] = await holds([ann, bob], [call]);
      expect(valuesOf(outcomes)[0]?.status).toBe(record?.status);
      expect(['ONGOING', 'DECLINED']).toContain(record?.status);
    });

    many('the caller hangs up while the receiver accepts: the call is over, for both', async () => {
      const [ann, bob] = [await person(one), await person(other)];
      const call = await ringing(ann, bob);
      const [accepted, ended] = await race(
        () => a.answer(call.id, 'ACCEPT'),
        () => a.end(call.id, ann),
      );
      expect(refused(ended)).toBe(false);
      refused(accepted);
      expect(await holds([ann, bob], [call])).toMatchObject([{ status: 'ENDED' }]);
      expect((await ringing(bob, ann)).id).not.toBe(call.id);
    });

    many('both hang up at once: one does, the other learns that it is over', async () => {
      const [ann, bob] = [await person(one), await person(other)];
      const call = await ringing(ann, bob);
      await a.answer(call.id, 'ACCEPT');
      const outcomes = await race(
        () => a.end(call.id, ann),
        () => a.end(call.id, bob),
      );
      expect(outcomes.filter(refused)).toHaveLength(1);
      expect(await holds([ann, bob], [call])).toMatchObject([{ status: 'ENDED' }]);
    });

    many('each calls the other: both get the one call, and it is ongoing', async () => {
      const [ann, bob] = [await person(one), await person(other)];
      const outcomes = await race(
        () => a.start(ann, bob),
        () => a.start(bob, ann),
      );
      expect(outcomes.filter(refused)).toEqual([]);
      const calls = valuesOf(outcomes);
      expect(calls[0]?.id).toBe(calls[1]?.id);
      expect(await holds([ann, bob], calls)).toMatchObject([{ status: 'ONGOING' }]);
    });

    many('two call one at once: one rings, the other learns that the line is busy and is free', async () => {
      const [ann, bob, eve] = [await person(one), await person(one), await person(other)];
      const outcomes = await race(
        () => a.start(ann, eve),
        () => a.start(bob, eve),
      );
      const calls = valuesOf(outcomes);
      expect(calls.map(({ status }) => status).toSorted()).toEqual(['DIALLING', 'ERROR']);
      const loser = calls.find(({ status }) => status === 'ERROR');
      expect(loser?.errMsg).toMatch(/in another call/);
      await holds([ann, bob, eve], calls);
      expect(taken(await a.told(other, eve))).toHaveLength(1);
      const free = await person(one);
      await ringing(loser?.caller.id ?? '', free);
    });

    many('one who is called calls a third: nobody is in two calls', async () => {
      const [ann, bob, eve] = [await person(one), await person(other), await person(one)];
      const outcomes = await race(
        () => a.start(ann, bob),
        () => a.start(bob, eve),
        () => a.start(eve, ann),
      );
      const calls = valuesOf(outcomes);
      expect(calls).toHaveLength(3);
      await holds([ann, bob, eve], calls);
      expect(calls.filter(({ status }) => status === 'DIALLING')).toHaveLength(1);
    });

    many('a call is placed twice from two devices of one caller: one rings', async () => {
      const [ann, bob] = [await person(one, other), await person(other)];
      const outcomes = await race(
        () => a.start(ann, bob),
        () => a.start(ann, bob),
      );
      const calls = valuesOf(outcomes);
      const live = (await holds([ann, bob], calls)).filter(isLive);
      expect(live).toMatchObject([{ status: 'DIALLING' }]);
      expect(taken(await a.told(other, bob)).map(({ type }) => type)).toEqual(['INCOMING_CALL']);
    });

    many('a device that connects while the call is placed rings, one way or the other', async () => {
      const [ann, bob] = [await person(one), await person(one)];
      const outcomes = await race<{ events: readonly { call: { id: string } }[] } | Call>(
        () => a.start(ann, bob),
        () => a.connect(bob, other),
      );
      expect(outcomes.filter(refused)).toEqual([]);
      const [call, connected] = valuesOf(outcomes) as [Call, { events: readonly { call: { id: string } }[] }];
      const told = [...connected.events, ...(await a.told(other, bob))];
      expect(new Set(told.map((message) => message.call.id))).toEqual(new Set([call.id]));
      await holds([ann, bob], [call]);
    });

    many('a device that connects while the call is answered or over learns that it is', async () => {
      const [ann, bob] = [await person(one), await person(one)];
      const call = await ringing(ann, bob);
      const [moved, connected] = await race<unknown>(
        () => (randomInt(2) === 0 ? a.answer(call.id, 'ACCEPT') : a.end(call.id, ann)),
        () => a.connect(bob, other),
      );
      expect([refused(moved), refused(connected)]).toEqual([false, false]);
      const [record] = await holds([ann], [call]);
      const { events } = (connected as PromiseFulfilledResult<{ events: readonly Call[] }>).value;
      const told = taken([...(events as never[]), ...(await a.told(other, bob))]);
      // Whoever connects when all is over need not know of it.
      if (told.length > 0) expect(told.at(-1)?.call.status).toBe(record?.status);
      else expect(record?.status).toBe('ENDED');
    });

    many(
      'the receiver’s last device goes while the call is placed: it fails, or ends after the grace',
      async () => {
        const [ann, bob] = [await person(one), await person(other)];
        const outcomes = await race<unknown>(
          () => a.start(ann, bob),
          () => a.disconnect(bob, other),
        );
        expect(outcomes.filter(refused)).toEqual([]);
        const [call] = valuesOf(outcomes) as [Call];
        if (call.status !== 'ERROR') {
          world.advance(10_001);
          await a.check(call.id);
          expect((await toldOf(ann, call)).at(-1)?.type).toBe('END_CALL');
        }
        const records = await world.services().calls.find(call.id);
        expect(['ERROR', 'ENDED']).toContain(records?.status);
        expect((await a.line(ann))?.isOver ?? true).toBe(true);
      },
    );

    many(
      'the deadline passes while the receiver accepts: what was too late is refused, and both agree',
      async () => {
        const [ann, bob] = [await person(one), await person(other)];
        const call = await ringing(ann, bob);
        for (let seconds = 0; seconds < 40; seconds += 20) {
          world.advance(20_000);
          await Promise.all([a.renew(one), a.renew(other)]);
        }
        world.advance(call.deadline - world.now());
        const outcomes = await race<unknown>(
          () => a.answer(call.id, 'ACCEPT'),
          () => a.check(call.id),
          () => a.show(call.id, ann),
          () => a.check(call.id),
        );
        expect(outcomes.map(refused)).toEqual([true, false, false, false]);
        expect(await holds([ann, bob], [call])).toMatchObject([{ status: 'MISSED' }]);
      },
    );

    many(
      'a gateway dies with one party: however many look, the call ends once, and the other side is told',
      async () => {
        const [ann, bob] = [await person(one), await person(other)];
        const call = await ringing(ann, bob);
        await a.answer(call.id, 'ACCEPT');
        for (let seconds = 0; seconds <= 30; seconds += 10) {
          await a.renew(one);
          await a.check(call.id);
          expect(await world.services().calls.find(call.id)).toMatchObject({ status: 'ONGOING' });
          world.advance(10_000);
        }
        await a.renew(one);
        const outcomes = await race<unknown>(
          () => a.check(call.id),
          () => a.show(call.id, ann),
          () => a.check(call.id),
        );
        expect(outcomes.filter(refused)).toEqual([]);
        expect(await world.services().calls.find(call.id)).toMatchObject({ status: 'ENDED', settled: 3 });
        expect(taken(await a.told(one, ann)).map(({ type }) => type)).toEqual(['ACCEPT_CALL', 'END_CALL']);
        await ringing(ann, await person(one));
      },
    );

    many('whoever comes back within the grace keeps the call', async () => {
      const [ann, bob] = [await person(one), await person(other)];
      const call = await ringing(ann, bob);
      await a.answer(call.id, 'ACCEPT');
      await a.disconnect(bob, other);
      world.advance(9_000);
      const outcomes = await race<unknown>(
        () => a.connect(bob, one, 'again'),
        () => a.check(call.id),
      );
      expect(outcomes.filter(refused)).toEqual([]);
      world.advance(5_000);
      await a.check(call.id);
      expect(await world.services().calls.find(call.id)).toMatchObject({ status: 'ONGOING' });
    });

    many('two first devices on the push channel watch the same list', async () => {
      const id = await person();
      const outcomes = await race(
        () => a.open(id),
        () => a.open(id),
        () => a.open(id),
      );
      const lists = new Set(valuesOf(outcomes).map(({ list }) => list));
      expect([outcomes.length, valuesOf(outcomes).length, lists.size]).toEqual([3, 3, 1]);
      const presence = await world.services().directory.find(id);
      expect(Object.keys(presence?.devices ?? {})).toHaveLength(3);
    });

    many('everybody does everything at once: in the end all agree, and everybody is free', async () => {
      const users = [
        await person(one),
        await person(one, other),
        await person(other),
        await person(one, other),
      ];
      const any = (): string => users[randomInt(users.length)] ?? '';
      const calls: Call[] = [];
      const note = async (request: Promise<Call>): Promise<void> => void calls.push(await request);
      const anyCall = (): string => calls[randomInt(calls.length + 1)]?.id ?? 'call-AAAAAAAAAAAAAAAAAAAAAA';
      const deeds = [
        () => note(a.start(any(), any())),
        () => note(a.start(any(), any())),
        () => note(a.start(any(), any())),
        () => note(a.answer(anyCall(), 'ACCEPT')),
        () => note(a.answer(anyCall(), 'DECLINE')),
        () => note(a.end(anyCall(), any())),
        () => a.connect(any(), other),
        () => a.check(anyCall()),
      ];
      for (let turn = 0; turn < 3; turn += 1) {
        const outcomes = await race<unknown>(
          ...Array.from(
            { length: 6 },
            () => deeds[randomInt(deeds.length)] ?? deeds[0] ?? (() => note(a.start(any(), any()))),
          ),
        );
        for (const outcome of outcomes) {
          if (outcome.status === 'fulfilled') continue;
          expect(outcome.reason).toBeInstanceOf(FoyerError);
          expect(['conflict', 'not-found', 'not-allowed']).toContain((outcome.reason as FoyerError).code);
        }
        await holds(users, calls);
      }
      for (const { id } of calls) {
        const call = await a.show(id);
        if (isLive(call)) await a.end(id, call.caller.id);
      }
      expect((await holds(users, calls)).filter(isLive)).toEqual([]);
      for (const user of users) expect((await a.line(user))?.isOver ?? true).toBe(true);
    });
  });
}
