/** The ring, right in every case: browsers on the push channel and on WebSockets, in front of the real runtime. */
import type { CallResponse } from '../../src/api/calls';
import { CallsOnRuntime, type Kind, someone } from '../support/calls-on-runtime';
import type { Phone } from '../support/live-phones';
import { until } from '../support/sync-clients';

let world: CallsOnRuntime;
beforeAll(async () => {
  world = await CallsOnRuntime.start();
});
afterEach(() => world.clear());
afterAll(() => world.close());

const statusIn = ({ json }: { json: CallResponse }): string => json.status;

const WAYS: readonly (readonly [Kind, Kind])[] = [
  ['sync', 'sync'],
  ['socket', 'socket'],
  ['sync', 'socket'],
  ['socket', 'sync'],
];

describe.each(WAYS)('from %s to %s', (from, to) => {
  test('a call rings, is answered and ends, and both hear all of it in order', async () => {
    const [ann, ben] = await world.couple(from, to);
    const call = await world.start(ann.user.id, ben.user.id);
    const { id, placedAt, expiresAt } = call;
    const shape = { id, caller: ann.user, receiver: ben.user };
    expect(call).toEqual({ ...shape, status: 'DIALLING', placedAt, expiresAt });
    expect(Date.parse(expiresAt ?? '') - Date.parse(placedAt)).toBe(45_000);
    expect(await ben.hears('INCOMING_CALL', id)).toEqual(call);

    const answered = await world.answer(id, 'ACCEPT');
    expect(answered.json).toEqual({ ...shape, status: 'ONGOING', placedAt });
    for (const phone of [ann, ben]) expect(await phone.hears('ACCEPT_CALL', id)).toEqual(answered.json);

    const ended = await world.end(id, ann.user.id);
    expect(ended.json).toEqual({ ...shape, status: 'ENDED', placedAt, endedAt: expect.any(String) });
    for (const phone of [ann, ben]) expect(await phone.hears('END_CALL', id)).toEqual(ended.json);
    expect(await world.info(id)).toEqual(ended.json);
    expect(ann.types(call)).toEqual(['ACCEPT_CALL', 'END_CALL']);
    expect(ben.types(call)).toEqual(['INCOMING_CALL', 'ACCEPT_CALL', 'END_CALL']);
  });

  test('a call that is declined is over for both, and so is one that its caller gives up', async () => {
    const [ann, ben] = await world.couple(from, to);
    const declined = await world.start(ann.user.id, ben.user.id);
    await ben.hears('INCOMING_CALL', declined.id);
    expect(statusIn(await world.answer(declined.id, 'DECLINE'))).toBe('DECLINED');
    for (const phone of [ann, ben]) {
      expect(await phone.hears('DECLINE_CALL', declined.id)).toMatchObject({ status: 'DECLINED' });
    }
    const givenUp = await world.start(ann.user.id, ben.user.id);
    await ben.hears('INCOMING_CALL', givenUp.id);
    expect(statusIn(await world.end(givenUp.id, ann.user.id))).toBe('ENDED');
    for (const phone of [ann, ben]) {
      expect(await phone.hears('END_CALL', givenUp.id)).toMatchObject({ status: 'ENDED' });
    }
  });

  test('who calls the one who calls is connected: both have one call, and it is ongoing', async () => {
    const [ann, ben] = await world.couple(from, to);
    const first = await world.start(ann.user.id, ben.user.id);
    const second = await world.start(ben.user.id, ann.user.id);
    expect([second.id, second.status]).toEqual([first.id, 'ONGOING']);
    for (const phone of [ann, ben]) await phone.hears('ACCEPT_CALL', first.id);
  });
});

test('two who call each other at the same moment have one ongoing call', async () => {
  const [ann, ben] = await world.couple('sync', 'socket');
  for (let round = 0; round < 8; round += 1) {
    const [a, b] = await Promise.all([
      world.start(ann.user.id, ben.user.id),
      world.start(ben.user.id, ann.user.id),
    ]);
    expect(a.id).toBe(b.id);
    // Whoever was first may have been answered before the other was.
    expect([a.status, b.status]).toContain('ONGOING');
    expect(await world.info(a.id)).toMatchObject({ status: 'ONGOING' });
    await world.end(a.id, ann.user.id);
  }
});

describe('a call that cannot be placed is a call with the status ERROR', () => {
  const refused = async (callerId: string, receiverId: string): Promise<CallResponse> => {
    const reply = await world.foyer.call('/calls/start', { callerId, receiverId });
    expect([reply.status, reply.json]).toMatchObject([200, { status: 'ERROR', errMsg: expect.any(String) }]);
    expect(reply.json.errMsg).toMatch(/^[^\n]{10,100}$/);
    return reply.json as CallResponse;
  };

  test('to oneself, to nobody, to somebody offline, and by somebody offline', async () => {
    const ann = await world.sync(someone('ann'));
    const gone = await world.socket(someone('gone'));
    await gone.vanish();
    await until(async () => !(await world.online()).includes(gone.user.id));
    await refused(ann.user.id, ann.user.id);
    await refused(ann.user.id, someone('nobody'));
    await refused(ann.user.id, gone.user.id);
    await refused(someone('nobody'), ann.user.id);
    expect(ann.heard).toEqual([]);
  });

  test('while either side has another call, ringing or going on', async () => {
    const [ann, ben] = await world.couple('sync', 'socket');
    const eve = await world.sync(someone('eve'));
    const call = await world.start(ann.user.id, ben.user.id);
    for (const state of ['ringing', 'ongoing']) {
      if (state === 'ongoing') await world.answer(call.id, 'ACCEPT');
      for (const [caller, receiver] of [
        [eve, ann],
        [eve, ben],
        [ann, eve],
        [ben, eve],
      ] as const) {
        const { errMsg } = await refused(caller.user.id, receiver.user.id);
        expect([state, errMsg]).toEqual([state, expect.stringMatching(/another call/)]);
      }
    }
    expect(eve.heard).toEqual([]);
    await world.end(call.id, ben.user.id);
    expect(await world.start(eve.user.id, ann.user.id)).toMatchObject({ status: 'DIALLING' });
  });

  test('and so is the one that lost, of two who call the same person at once', async () => {
    const ben = await world.socket(someone('ben'));
    const callers = await Promise.all([1, 2, 3].map(() => world.sync(someone('caller'))));
    const calls = await Promise.all(callers.map(({ user }) => world.start(user.id, ben.user.id)));
    expect(calls.map(({ status }) => status).toSorted()).toEqual(['DIALLING', 'ERROR', 'ERROR']);
    const [placed] = calls.filter(({ status }) => status === 'DIALLING');
    await ben.hears('INCOMING_CALL', placed?.id);
    expect(ben.told).toHaveLength(1);
  });
});

describe('of several devices', () => {
  const threeOf = (id: string): Promise<Phone[]> =>
    Promise.all([world.sync(id), world.socket(id), world.sync(id)]);

  test('all ring, one answers, the others stop', async () => {
    const ann = await world.sync(someone('ann'));
    const devices = await threeOf(someone('ben'));
    const { id } = await world.start(ann.user.id, devices[0]?.user.id ?? '');
    for (const device of devices) await device.hears('INCOMING_CALL', id);
    await world.answer(id, 'ACCEPT');
    for (const device of devices) await device.hears('ACCEPT_CALL', id);
    expect((await world.online()).filter((user) => user === devices[0]?.user.id)).toHaveLength(1);
  });

  test('one declines for all', async () => {
    const ann = await world.socket(someone('ann'));
    const devices = await threeOf(someone('ben'));
    const { id } = await world.start(ann.user.id, devices[0]?.user.id ?? '');
    for (const device of devices) await device.hears('INCOMING_CALL', id);
    await world.answer(id, 'DECLINE');
    for (const device of [ann, ...devices]) await device.hears('DECLINE_CALL', id);
  });

  test('of those that answer in the same millisecond one is first, the others learn how it stands', async () => {
    const [ann, ben] = await world.couple('sync', 'sync');
    for (const answers of [
      ['ACCEPT', 'ACCEPT', 'ACCEPT'],
      ['ACCEPT', 'DECLINE'],
      ['DECLINE', 'ACCEPT', 'DECLINE'],
    ] as const) {
      const { id } = await world.start(ann.user.id, ben.user.id);
      const replies = await Promise.all(answers.map((answer) => world.answer(id, answer)));
      const [won, ...others] = replies.filter(({ status }) => status === 200);
      expect(others).toEqual([]);
      const stands = await world.info(id);
      expect(won?.json).toEqual(stands);
      for (const lost of replies.filter((reply) => reply !== won)) {
        expect([lost.status, lost.json]).toEqual([
          409,
          { message: expect.stringMatching(/^this call /), call: stands },
        ]);
      }
      if (stands.status === 'ONGOING') await world.end(id, ann.user.id);
    }
  });

  test('answering and giving up at the same moment come to one end, which both sides see', async () => {
    const [ann, ben] = await world.couple('socket', 'sync');
    for (let round = 0; round < 6; round += 1) {
      const { id } = await world.start(ann.user.id, ben.user.id);
      await Promise.all([world.answer(id, 'ACCEPT'), world.end(id, ann.user.id), world.end(id, ben.user.id)]);
      expect(await world.info(id)).toMatchObject({ status: 'ENDED' });
      for (const phone of [ann, ben]) {
        expect(await phone.hears('END_CALL', id)).toMatchObject({ status: 'ENDED' });
      }
    }
  });
});

describe('what is refused', () => {
  const over = { message: expect.stringMatching(/^this call [a-z ]+\.$/), call: expect.any(Object) };

  test('ending or answering what is over, whichever way it ended', async () => {
    const [ann, ben] = await world.couple('sync', 'sync');
    const ends: readonly ((id: string) => Promise<unknown>)[] = [
      (id) => world.end(id, ann.user.id),
      (id) => world.answer(id, 'DECLINE'),
      async (id) => {
        await world.answer(id, 'ACCEPT');
        await world.end(id, ben.user.id);
      },
      (id) => {
        world.foyer.clock.advance(45_000);
        return world.info(id);
      },
    ];
    for (const bring of ends) {
      const { id } = await world.start(ann.user.id, ben.user.id);
      await bring(id);
      const stands = await world.info(id);
      for (const reply of [
        await world.answer(id, 'ACCEPT'),
        await world.answer(id, 'DECLINE'),
        await world.end(id, ann.user.id),
        await world.end(id, ben.user.id),
      ]) {
        expect([reply.status, reply.json]).toEqual([409, { ...over, call: stands }]);
      }
      expect(await world.info(id)).toEqual(stands);
    }
  });

  test('answering twice', async () => {
    const [ann, ben] = await world.couple('sync', 'socket');
    const call = await world.ongoing(ann.user.id, ben.user.id);
    for (const answer of ['ACCEPT', 'DECLINE'] as const) {
      const reply = await world.answer(call.id, answer);
      expect([reply.status, reply.json]).toEqual([409, { ...over, call }]);
    }
  });

  test('a third person, whatever it tries, and the caller answering', async () => {
    const [ann, ben] = await world.couple('sync', 'socket');
    const eve = await world.sync(someone('eve'));
    const call = await world.start(ann.user.id, ben.user.id);
    for (const reply of [
      await world.end(call.id, eve.user.id),
      await world.answer(call.id, 'ACCEPT', { userId: eve.user.id }),
      await world.answer(call.id, 'DECLINE', { userId: ann.user.id }),
      await world.foyer.call('/calls/info', { callId: call.id, userId: eve.user.id }),
      await world.foyer.call('/token', { room: call.id, id: eve.user.id }),
    ]) {
      expect([reply.status, Object.keys(reply.json)]).toEqual([403, ['message']]);
    }
    expect(await world.info(call.id)).toEqual(call);
  });

  test('a call that there is not', async () => {
    for (const callId of [`call-${'x'.repeat(22)}`, 'call', '../x', 'call-🎥']) {
      for (const reply of [
        await world.answer(callId, 'ACCEPT'),
        await world.end(callId, 'ann'),
        await world.foyer.call('/calls/info', { callId }),
        await world.foyer.call('/token', { room: callId, id: 'ann' }),
      ]) {
        expect([reply.status, reply.json]).toEqual([
          404,
          { message: expect.stringMatching(/there is no such call/) },
        ]);
      }
    }
  });
});
