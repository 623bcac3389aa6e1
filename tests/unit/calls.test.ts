/** Calls that ring, case by case, over the memory adapters. */
import { answerCall } from '../../src/app/answer-call';
import { connectUser } from '../../src/app/connect-user';
import { disconnectUser } from '../../src/app/disconnect-user';
import { endCall } from '../../src/app/end-call';
import { showCall } from '../../src/app/find-call';
import { listUsers } from '../../src/app/list-users';
import { noteUserPresence } from '../../src/app/note-user-presence';
import { startCall } from '../../src/app/start-call';
import { FoyerError } from '../../src/domain/errors';
import { MAX_DEVICES } from '../../src/domain/presence';
import { GRACE_MS, memoryCallServices, type MemoryCallServices, RING_MS } from '../support/call-world';
import { ManualTime } from '../support/manual-time';
import { Gateway, type Phone } from '../support/phones';

const ANYBODY = { client: '', user: 'anonymous' } as const;
const LEASE_MS = 30_000;

let clock: ManualTime;
let services: MemoryCallServices;
let gateway: Gateway;
let gateways: Gateway[];
beforeEach(async () => {
  clock = new ManualTime();
  services = memoryCallServices(clock);
  gateway = await newGateway('g1', []);
});

async function newGateway(name: string, others = gateways): Promise<Gateway> {
  const added = new Gateway(name, services);
  await added.renew();
  gateways = [...others, added];
  return added;
}

const start = (callerId: string, receiverId: string) =>
  startCall(services, ANYBODY, { callerId, receiverId });
const answer = (callId: string, answer: 'ACCEPT' | 'DECLINE', userId?: string) =>
  answerCall(services, ANYBODY, { callId, answer, userId });
const end = (callId: string, userId: string) => endCall(services, ANYBODY, { callId, userId });
const show = (callId: string) => showCall(services, ANYBODY, { callId });

/** Mailboxes are emptied, and what gateways were to look at is looked at. */
const settle = async () => {
  for (const each of gateways) await each.run();
};

/** Time passes, in steps of a second; gateways that live renew their leases. */
const pass = async (ms: number) => {
  for (let left = ms; left > 0; left -= 1000) {
    clock.advance(Math.min(1000, left));
    for (const each of gateways) if (each.isAlive) await each.renew();
    await settle();
  }
};

const connect = (...userIds: string[]): Promise<Phone[]> =>
  Promise.all(userIds.map((userId) => gateway.connect(userId)));

/** A call that rings, and the devices of both. */
async function ringing() {
  const [a, b] = (await connect('ann', 'bob')) as [Phone, Phone];
  const call = await start('ann', 'bob');
  await settle();
  return { a, b, call };
}

async function ongoing() {
  const { a, b, call } = await ringing();
  await answer(call.id, 'ACCEPT');
  await settle();
  return { a, b, call };
}

const refusal = async (action: Promise<unknown>): Promise<FoyerError> => {
  try {
    await action;
  } catch (error) {
    if (error instanceof FoyerError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

const conflict = (status: string) => ({
  code: 'conflict',
  details: { call: expect.objectContaining({ status }) },
});

/** Nobody is busy: both may be called. */
async function expectFree(...userIds: string[]) {
  await connect('probe', ...userIds);
  for (const userId of userIds) {
    const call = await start('probe', userId);
    expect(call).toMatchObject({ status: 'DIALLING' });
    await end(call.id, 'probe');
  }
}

describe('a call', () => {
  test('rings, is answered, and ends, and both sides hear of it', async () => {
    const { a, b, call } = await ringing();
    expect(call).toMatchObject({
      status: 'DIALLING',
      caller: { id: 'ann', name: 'Name of ann', location: '' },
      receiver: { id: 'bob' },
    });
    expect(b.story).toEqual(['INCOMING_CALL DIALLING']);
    expect(await answer(call.id, 'ACCEPT')).toMatchObject({ status: 'ONGOING' });
    await settle();
    expect(await end(call.id, 'ann')).toMatchObject({ status: 'ENDED' });
    await settle();
    expect(a.story).toEqual(['ACCEPT_CALL ONGOING', 'END_CALL ENDED']);
    expect(b.story).toEqual(['INCOMING_CALL DIALLING', 'ACCEPT_CALL ONGOING', 'END_CALL ENDED']);
    await expectFree('ann', 'bob');
  });

  test('that is declined on one device is declined', async () => {
    const { a, b, call } = await ringing();
    const [other] = (await connect('bob')) as [Phone];
    expect(await answer(call.id, 'DECLINE')).toMatchObject({ status: 'DECLINED' });
    await settle();
    expect([a.story, b.story, other.story]).toEqual([
      ['DECLINE_CALL DECLINED'],
      ['INCOMING_CALL DIALLING', 'DECLINE_CALL DECLINED'],
      ['INCOMING_CALL DIALLING', 'DECLINE_CALL DECLINED'],
    ]);
    expect(await refusal(answer(call.id, 'ACCEPT'))).toMatchObject(conflict('DECLINED'));
    await expectFree('ann', 'bob');
  });

  test('rings on three devices: one answers, two stop', async () => {
    const [a, ...theirs] = (await connect('ann', 'bob', 'bob', 'bob')) as [Phone, ...Phone[]];
    const call = await start('ann', 'bob');
    await settle();
    await answer(call.id, 'ACCEPT');
    await settle();
    for (const phone of theirs)
      expect(phone.story).toEqual(['INCOMING_CALL DIALLING', 'ACCEPT_CALL ONGOING']);
    expect(a.story).toEqual(['ACCEPT_CALL ONGOING']);
  });

  test('that two devices answer at once is answered by one', async () => {
    const { call, b } = await ringing();
    const outcomes = await Promise.allSettled([answer(call.id, 'ACCEPT'), answer(call.id, 'ACCEPT')]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [lost] = outcomes.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(lost?.reason).toMatchObject(conflict('ONGOING'));
    await settle();
    expect(b.story).toEqual(['INCOMING_CALL DIALLING', 'ACCEPT_CALL ONGOING']);
  });

  test('that nobody answers is missed at its deadline, on both sides, though nobody kept a timer', async () => {
    const { a, b, call } = await ringing();
    for (const ms of [RING_MS / 2, RING_MS / 2 - 1]) {
      clock.advance(ms);
      await gateway.renew();
    }
    expect(await show(call.id)).toMatchObject({ status: 'DIALLING' });
    clock.advance(1);
    expect(await refusal(answer(call.id, 'ACCEPT'))).toMatchObject(conflict('MISSED'));
    await settle();
    expect([a.story, b.story]).toEqual([['END_CALL MISSED'], ['INCOMING_CALL DIALLING', 'END_CALL MISSED']]);
    await expectFree('ann', 'bob');
  });

  test('that nobody answers is seen to be missed by a gateway within two seconds', async () => {
    const { a, b, call } = await ringing();
    await pass(RING_MS + 1000);
    expect([a.story, b.story]).toEqual([['END_CALL MISSED'], ['INCOMING_CALL DIALLING', 'END_CALL MISSED']]);
    expect(services.calls.all()).toEqual([expect.objectContaining({ id: call.id, status: 'MISSED' })]);
  });

  test('that the caller hangs up stops ringing', async () => {
    const { b, call } = await ringing();
    expect(await end(call.id, 'ann')).toMatchObject({ status: 'ENDED' });
    await settle();
    expect(b.story).toEqual(['INCOMING_CALL DIALLING', 'END_CALL ENDED']);
    await expectFree('ann', 'bob');
  });

  test('ends once: again is refused with the call as it stands', async () => {
    const { call } = await ongoing();
    await end(call.id, 'bob');
    expect(await refusal(end(call.id, 'ann'))).toMatchObject(conflict('ENDED'));
    expect(await refusal(answer(call.id, 'ACCEPT'))).toMatchObject(conflict('ENDED'));
  });

  test('is no third person’s affair', async () => {
    const { call } = await ringing();
    const eve = { client: '', user: { subject: 'eve' } };
    const asEve = [
      answerCall(services, eve, { callId: call.id, answer: 'ACCEPT' }),
      answerCall(services, eve, { callId: call.id, answer: 'ACCEPT', userId: 'bob' }),
      endCall(services, eve, { callId: call.id, userId: 'eve' }),
      endCall(services, eve, { callId: call.id, userId: 'ann' }),
      showCall(services, eve, { callId: call.id }),
      startCall(services, eve, { callerId: 'ann', receiverId: 'bob' }),
      answer(call.id, 'ACCEPT', 'ann'),
      end(call.id, 'eve'),
    ];
    for (const attempt of asEve) expect(await refusal(attempt)).toMatchObject({ code: 'not-allowed' });
    const caller = { client: '', user: { subject: 'ann' } };
    expect(await refusal(answerCall(services, caller, { callId: call.id, answer: 'ACCEPT' }))).toMatchObject({
      code: 'not-allowed',
    });
    expect(await show(call.id)).toMatchObject({ status: 'DIALLING' });
  });

  test('that never was is not found, whatever its id looks like', async () => {
    for (const id of ['nothing', 'call-', `call-${'x'.repeat(22)}`]) {
      expect(await refusal(show(id))).toMatchObject({ code: 'not-found' });
    }
  });

  test('closes its room when it ends, and has an id that nobody guesses', async () => {
    const { call } = await ongoing();
    expect(call.id).toMatch(/^call-[\w-]{22}$/);
    await services.media.openRoom(call.id, { maxParticipants: 2 });
    await end(call.id, 'ann');
    expect(services.media.hasLiveRoom(call.id)).toBe(false);
  });
});

describe('a call that cannot be placed is an ERROR that says why', () => {
  const failing = async (callerId: string, receiverId: string, errMsg: RegExp) => {
    const call = await start(callerId, receiverId);
    expect(call).toMatchObject({ status: 'ERROR', errMsg: expect.stringMatching(errMsg) });
    await settle();
    expect(await show(call.id)).toMatchObject({ status: 'ERROR' });
    expect(await refusal(answer(call.id, 'ACCEPT'))).toMatchObject(conflict('ERROR'));
  };

  test('to oneself', async () => {
    const [a] = (await connect('ann')) as [Phone];
    await failing('ann', 'ann', /yourself/);
    expect(a.story).toEqual([]);
  });

  test('to somebody offline, to nobody, and from nobody', async () => {
    const [a, b] = (await connect('ann', 'bob')) as [Phone, Phone];
    await gateway.disconnect(b);
    await failing('ann', 'bob', /offline/);
    await failing('ann', 'nobody', /offline/);
    await failing('nobody', 'ann', /not connected/);
    expect([a.story, b.story]).toEqual([[], []]);
  });

  test('while either side is in another call', async () => {
    const [, b, c] = (await connect('ann', 'bob', 'cid')) as [Phone, Phone, Phone];
    const call = await start('ann', 'bob');
    for (let round = 0; round < 2; round += 1) {
      await failing('cid', 'bob', /other side is in another call/);
      await failing('cid', 'ann', /other side is in another call/);
      await failing('bob', 'cid', /you are in another call/);
      await failing('ann', 'cid', /you are in another call/);
      if (round === 0) await answer(call.id, 'ACCEPT');
      else await failing('ann', 'bob', /you are in another call/);
    }
    await failing('bob', 'ann', /in another call/);
    expect(c.story).toEqual([]);
    expect(b.story).toEqual(['INCOMING_CALL DIALLING', 'ACCEPT_CALL ONGOING']);
    await end(call.id, 'ann');
    await expectFree('ann', 'bob', 'cid');
  });
});

test('whoever calls again while it rings, because the answer was lost, gets that call, and it rings once', async () => {
  const { a, b, call } = await ringing();
  expect(await start('ann', 'bob')).toEqual(call);
  await settle();
  expect([a.story, b.story]).toEqual([[], ['INCOMING_CALL DIALLING']]);
  await end(call.id, 'ann');
  await expectFree('ann', 'bob');
});

describe('two who call each other', () => {
  test('while one rings get that one call, answered', async () => {
    const { a, b, call } = await ringing();
    expect(await start('bob', 'ann')).toMatchObject({ id: call.id, status: 'ONGOING' });
    await settle();
    expect([a.story, b.story]).toEqual([
      ['ACCEPT_CALL ONGOING'],
      ['INCOMING_CALL DIALLING', 'ACCEPT_CALL ONGOING'],
    ]);
  });

  test('at once get one call, answered', async () => {
    const [a, b] = (await connect('ann', 'bob')) as [Phone, Phone];
    const [one, other] = await Promise.all([start('ann', 'bob'), start('bob', 'ann')]);
    expect(one.id).toBe(other.id);
    expect(await show(one.id)).toMatchObject({ status: 'ONGOING' });
    await settle();
    expect([a.story.at(-1), b.story.at(-1)]).toEqual(['ACCEPT_CALL ONGOING', 'ACCEPT_CALL ONGOING']);
  });
});

describe('whoever vanishes', () => {
  test.each([
    ['while it rings', ringing, 'bob'],
    ['while it rings, as the caller', ringing, 'ann'],
    ['in the call', ongoing, 'bob'],
    ['in the call, as the caller', ongoing, 'ann'],
  ])('%s ends the call when the grace is over', async (_, begin, who) => {
    const { a, b, call } = await begin();
    const [gone, left] = who === 'ann' ? [a, b] : [b, a];
    await gateway.disconnect(gone);
    await pass(GRACE_MS - 1000);
    expect(left.story).not.toContain('END_CALL ENDED');
    await pass(2000);
    expect(left.story.at(-1)).toBe('END_CALL ENDED');
    expect(await refusal(end(call.id, 'ann'))).toMatchObject(conflict('ENDED'));
    await expectFree('ann', 'bob');
  });

  test('and comes back within the grace keeps the call, and hears how it stands', async () => {
    const { b, call } = await ringing();
    await gateway.disconnect(b);
    await pass(GRACE_MS - 1000);
    const back = await gateway.connect('bob');
    expect(back.story).toEqual(['INCOMING_CALL DIALLING']);
    await pass(GRACE_MS);
    expect(await answer(call.id, 'ACCEPT')).toMatchObject({ status: 'ONGOING' });
    await settle();
    expect(back.story).toEqual(['INCOMING_CALL DIALLING', 'ACCEPT_CALL ONGOING']);
  });

  test('and comes back after the grace finds the call ended, though nobody has looked', async () => {
    const { b, call } = await ringing();
    await gateway.disconnect(b);
    clock.advance(GRACE_MS + 1);
    const back = await gateway.connect('bob');
    expect(back.story).toEqual(['END_CALL ENDED']);
    expect(await show(call.id)).toMatchObject({ status: 'ENDED' });
  });

  test('with one of two devices has not vanished', async () => {
    const { b, call } = await ringing();
    await connect('bob');
    await gateway.disconnect(b);
    await pass(2 * GRACE_MS);
    expect(await show(call.id)).toMatchObject({ status: 'DIALLING' });
  });

  test('with a gateway that was killed is offline when its lease ends, and out of the call a grace later', async () => {
    const other = await newGateway('g2');
    const [a] = (await connect('ann')) as [Phone];
    const b = await other.connect('bob');
    const call = await start('ann', 'bob');
    await settle();
    expect(b.story).toEqual(['INCOMING_CALL DIALLING']);
    await answer(call.id, 'ACCEPT');
    await settle();
    other.isAlive = false;
    await pass(LEASE_MS - 1000);
    expect((await listUsers(services)).map(({ id }) => id)).toEqual(['ann', 'bob']);
    await pass(2000);
    expect((await listUsers(services)).map(({ id }) => id)).toEqual(['ann']);
    expect(a.story).toEqual(['ACCEPT_CALL ONGOING']);
    await pass(GRACE_MS);
    expect(a.story).toEqual(['ACCEPT_CALL ONGOING', 'END_CALL ENDED']);
    await expectFree('ann', 'bob');
  });

  test('with a gateway that was killed, and comes back to another one, is still in the call', async () => {
    const other = await newGateway('g2');
    const [a] = (await connect('ann')) as [Phone];
    await other.connect('bob');
    const call = await start('ann', 'bob');
    await answer(call.id, 'ACCEPT');
    other.isAlive = false;
    const back = await gateway.connect('bob');
    expect(back.story).toEqual(['ACCEPT_CALL ONGOING']);
    await pass(LEASE_MS + 2 * GRACE_MS);
    await end(call.id, 'bob');
    await settle();
    expect(back.story).toEqual(['ACCEPT_CALL ONGOING', 'END_CALL ENDED']);
    expect(a.story).toEqual(['ACCEPT_CALL ONGOING', 'END_CALL ENDED']);
  });
});

describe('a device that was away', () => {
  test('is told how the call ended that it knew of, once', async () => {
    const { b, call } = await ringing();
    const { id } = b.heard[0] ?? { id: '' };
    await gateway.disconnect(b);
    await end(call.id, 'ann');
    const [plain, knowing] = [await gateway.connect('bob'), await gateway.connect('bob', id)];
    expect([plain.story, knowing.story]).toEqual([['END_CALL ENDED'], ['END_CALL ENDED']]);
    const informed = await gateway.connect('bob', knowing.heard[0]?.id);
    expect(informed.story).toEqual([]);
  });

  test('is not told again what it has had', async () => {
    const { b } = await ringing();
    await gateway.disconnect(b);
    expect((await gateway.connect('bob', b.heard[0]?.id)).story).toEqual([]);
  });

  test('and one that comes for the first time hear nothing of calls that are over', async () => {
    const { a, b, call } = await ongoing();
    await end(call.id, 'ann');
    await settle();
    clock.advance(1);
    await gateway.disconnect(a);
    await gateway.disconnect(b);
    expect((await gateway.connect('bob')).story).toEqual([]);
  });

  test('cannot ask for somebody else’s calls by the id of a message', async () => {
    const { b } = await ongoing();
    expect((await gateway.connect('eve', `${b.heard[0]?.call.id}:1`)).story).toEqual([]);
  });
});

describe('somebody with a browser on the push channel', () => {
  const open = (id: string) => connectUser(services, ANYBODY, { id, name: id });

  test('is online, hears by the list, and sees the call as it stands in the document', async () => {
    const [a] = (await connect('ann')) as [Phone];
    const pass = await open('bob');
    const call = await start('ann', 'bob');
    const heard = () => services.events.list(pass.list).map(({ type }) => type);
    expect(heard()).toEqual(['INCOMING_CALL']);
    expect(services.events.document(pass.document)).toMatchObject({ id: call.id, status: 'DIALLING' });
    await answer(call.id, 'ACCEPT');
    await end(call.id, 'bob');
    await settle();
    expect(heard()).toEqual(['INCOMING_CALL', 'ACCEPT_CALL', 'END_CALL']);
    expect(services.events.document(pass.document)).toMatchObject({ id: call.id, status: 'ENDED' });
    expect(a.story).toEqual(['ACCEPT_CALL ONGOING', 'END_CALL ENDED']);
  });

  test('that opens while it rings is told', async () => {
    const { call } = await ringing();
    const pass = await open('bob');
    expect(services.events.document(pass.document)).toMatchObject({ id: call.id, status: 'DIALLING' });
    expect(services.events.list(pass.list)).toHaveLength(1);
  });

  test('that goes ends the call a grace later, unless it comes back', async () => {
    const [a] = (await connect('ann')) as [Phone];
    const { identity } = await open('bob');
    const call = await start('ann', 'bob');
    await answer(call.id, 'ACCEPT');
    await noteUserPresence(services, { identity, connected: false });
    await pass(GRACE_MS / 2);
    expect(await listUsers(services)).toHaveLength(1);
    await noteUserPresence(services, { identity, connected: true });
    await pass(2 * GRACE_MS);
    expect(await show(call.id)).toMatchObject({ status: 'ONGOING' });
    await disconnectUser(services, ANYBODY, { id: 'bob', identity });
    await pass(GRACE_MS + 1000);
    expect(a.story).toEqual(['ACCEPT_CALL ONGOING', 'END_CALL ENDED']);
  });

  test('stays online for as long as it is connected, with another token for the same device', async () => {
    const { identity } = await open('bob');
    await pass(GRACE_MS);
    expect(await connectUser(services, ANYBODY, { id: 'bob', identity })).toMatchObject({ identity });
    expect(await listUsers(services)).toHaveLength(1);
    await disconnectUser(services, ANYBODY, { id: 'bob', identity });
    expect(await listUsers(services)).toEqual([]);
  });

  test('has identities of its own alone', async () => {
    const { identity } = await open('bob');
    const attempts = [
      connectUser(services, ANYBODY, { id: 'eve', identity }),
      disconnectUser(services, ANYBODY, { id: 'eve', identity }),
      connectUser(services, { client: '', user: { subject: 'eve' } }, { id: 'bob' }),
    ];
    for (const attempt of attempts) expect(await refusal(attempt)).toMatchObject({ code: 'not-allowed' });
  });
});

describe('who is online', () => {
  test('is each user once, however many devices there are, with the latest name', async () => {
    await connect('ann', 'ann', 'bob');
    expect(await listUsers(services)).toEqual([
      { id: 'ann', name: 'Name of ann', location: '' },
      { id: 'bob', name: 'Name of bob', location: '' },
    ]);
  });

  test('comes in pages that overlook nobody, those offline left out', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `user ${String(index).padStart(3, '0')}`);
    const phones = await connect(...ids);
    for (const phone of phones.slice(20, 140)) await gateway.disconnect(phone);
    const expected = [...ids.slice(0, 20), ...ids.slice(140)];
    const seen: string[] = [];
    for (;;) {
      const page = await listUsers(services, { limit: 50, after: seen.at(-1) });
      seen.push(...page.map(({ id }) => id));
      if (page.length < 50) break;
    }
    expect(seen).toEqual(expected);
    expect(await listUsers(services)).toHaveLength(expected.length);
  });

  test('has room for so many devices of one user, and refuses more in words', async () => {
    for (let count = 0; count < MAX_DEVICES; count += 1) await gateway.connect('ann');
    const [one] = gateway.phones as [Phone];
    expect(await refusal(gateway.connect('ann'))).toMatchObject({ code: 'not-allowed' });
    await gateway.disconnect(one);
    await expect(gateway.connect('ann')).resolves.toBeDefined();
  });

  test('takes nobody from a gateway without a lease', async () => {
    clock.advance(LEASE_MS);
    expect(await refusal(gateway.connect('ann'))).toMatchObject({ code: 'try-again' });
    await gateway.renew();
    await expect(gateway.connect('ann')).resolves.toBeDefined();
  });
});

describe('a request that died halfway', () => {
  /** One of the ports fails whenever it is asked for this. */
  const without = <P extends 'calls' | 'events'>(port: P, method: keyof MemoryCallServices[P]) => {
    const value = () => Promise.reject(new FoyerError('try-again', 'busy'));
    const failing = Object.create(services[port], { [method]: { value } }) as MemoryCallServices[P];
    return { ...services, [port]: failing };
  };

  test.each([
    ['before it rings', () => without('events', 'deliver')],
    ['after it rings', () => without('calls', 'replace')],
  ])('%s: a start that is tried again is the call that it began', async (_, broken) => {
    const [, b] = (await connect('ann', 'bob')) as [Phone, Phone];
    const input = { callerId: 'ann', receiverId: 'bob' };
    expect(await refusal(startCall(broken(), ANYBODY, input))).toMatchObject({ code: 'try-again' });
    const call = await start('ann', 'bob');
    expect(call).toMatchObject({ status: 'DIALLING' });
    await settle();
    expect(b.story).toEqual(['INCOMING_CALL DIALLING']);
    const live = services.calls.all().filter(({ status }) => status === 'DIALLING');
    expect(live).toEqual([expect.objectContaining({ id: call.id })]);
  });

  test('a start that nobody tries again keeps nobody busy', async () => {
    await connect('ann', 'bob');
    const input = { callerId: 'ann', receiverId: 'bob' };
    await refusal(startCall(without('calls', 'create'), ANYBODY, input));
    await pass(11_000);
    await expectFree('ann', 'bob');
  });

  test('an answer of which nobody was told is told of by whoever comes next', async () => {
    const { a, call } = await ringing();
    const accept = { callId: call.id, answer: 'ACCEPT' } as const;
    await refusal(answerCall(without('events', 'deliver'), ANYBODY, accept));
    await settle();
    expect(a.story).toEqual([]);
    clock.advance(3000);
    expect(await show(call.id)).toMatchObject({ status: 'ONGOING' });
    await settle();
    expect(a.story).toEqual(['ACCEPT_CALL ONGOING']);
  });
});
