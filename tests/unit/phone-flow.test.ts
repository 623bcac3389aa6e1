/** One device's way through calls, as data: what each event does in each stage. */
import type { CallResponse, CallStatus } from '../../src/api/calls';
import {
  nextPhoneState,
  PHONE_FLOW,
  type PhoneEvent,
  type PhoneState,
  type Stage,
} from '../../src/assets/calls/flow';
import { createCallNews } from '../../src/assets/calls/news';
import { outcomeOf } from '../../src/assets/calls/outcome';
import { refusalOf } from '../../src/assets/api/refusal';
import { connectUser } from '../../src/app/connect-user';
import { requireSubject } from '../../src/app/require-subject';
import { startCall } from '../../src/app/start-call';
import { CALL_TRANSITIONS, callView } from '../../src/domain/call';
import { closeReason } from '../../gateway/live/refusal';
import { refuse } from '../../src/adapters/identity-provider/refusals';
import { requireAccess } from '../../src/http/access';
import { memoryCallServices } from '../support/call-world';
import { ManualTime } from '../support/manual-time';

const ANN = { id: 'ann', name: 'Ann', location: '' };
const BEN = { id: 'ben', name: 'Ben', location: '' };
const call = (status: CallStatus, id = 'call-1', more: Partial<CallResponse> = {}): CallResponse => ({
  id,
  caller: ANN,
  receiver: BEN,
  status,
  placedAt: `2026-01-01T00:00:0${id.slice(-1)}.000Z`,
  ...more,
});
const told = (status: CallStatus, id?: string): PhoneEvent => ({ type: 'told', call: call(status, id) });
const mine = (status: CallStatus, more?: Partial<CallResponse>): PhoneEvent => ({
  type: 'mine',
  call: call(status, undefined, more),
});
const follow = (me: string, ...events: readonly PhoneEvent[]): PhoneState =>
  events.reduce<PhoneState>((state, event) => nextPhoneState(state, event, me), { stage: 'idle' });
const asAnn = (...events: readonly PhoneEvent[]): PhoneState => follow('ann', ...events);
const asBen = (...events: readonly PhoneEvent[]): PhoneState => follow('ben', ...events);
const PLACE: PhoneEvent = { type: 'place', callee: BEN };
const ACCEPT: PhoneEvent = { type: 'accept' };
const LEAVE: PhoneEvent = { type: 'leave' };
const JOINED: PhoneEvent = { type: 'joined' };

describe('who calls', () => {
  it('is led from the press over the ring into the room, and out of it', () => {
    expect(asAnn(PLACE)).toEqual({ stage: 'placing', callee: BEN });
    expect(asAnn(PLACE, mine('DIALLING')).stage).toBe('dialling');
    expect(asAnn(PLACE, mine('DIALLING'), told('ONGOING')).stage).toBe('joining');
    expect(asAnn(PLACE, mine('DIALLING'), told('ONGOING'), JOINED).stage).toBe('inCall');
    const after = asAnn(PLACE, mine('DIALLING'), told('ONGOING'), JOINED, told('ENDED'));
    expect(after).toEqual({ stage: 'idle', outcome: { kind: 'ended', callId: 'call-1', other: BEN } });
  });

  it.each([
    ['DECLINED', 'declined'],
    ['MISSED', 'unanswered'],
    ['ENDED', 'cancelled'],
  ] as const)('is told in words that the call was %s', (status, kind) => {
    expect(asAnn(PLACE, mine('DIALLING'), told(status)).outcome?.kind).toBe(kind);
  });

  it.each([
    ['offline', [], 'ben'],
    ['busy', ['ben', 'carl'], 'ben'],
    ['selfBusy', ['ann', 'carl', 'ben'], 'ben'],
    ['selfOffline', undefined, 'ben'],
    ['failed', [], 'ann'],
  ] as const)('is told in words why it could not be placed: %s', async (kind, others, receiverId) => {
    const services = memoryCallServices(new ManualTime());
    const caller = { client: '', user: 'anonymous' } as const;
    for (const id of others ? ['ann', ...others] : ['ben']) await connectUser(services, caller, { id });
    const [from, to] = others ?? [];
    if (from && to) await startCall(services, caller, { callerId: from, receiverId: to });
    const failed = callView(await startCall(services, caller, { callerId: 'ann', receiverId }));
    expect(failed.status).toBe('ERROR');
    expect(asAnn(PLACE, { type: 'mine', call: failed }).outcome?.kind).toBe(kind);
  });

  it('is in the one call when both have called each other', () => {
    expect(asAnn(PLACE, told('DIALLING'), mine('ONGOING')).stage).toBe('joining');
  });

  it('is back where the call began when the server was not to be reached', () => {
    expect(asAnn(PLACE, { type: 'refused', reason: 'offline' })).toEqual({
      stage: 'idle',
      trouble: 'offline',
    });
  });
});

describe('who is called', () => {
  it('answers, and is led into the room', () => {
    expect(asBen(told('DIALLING')).stage).toBe('ringing');
    expect(asBen(told('DIALLING'), ACCEPT).stage).toBe('answering');
    // The message may come before the answer to the request.
    expect(asBen(told('DIALLING'), ACCEPT, told('ONGOING')).stage).toBe('answering');
    expect(asBen(told('DIALLING'), ACCEPT, mine('ONGOING'), JOINED).stage).toBe('inCall');
  });

  it('declines without another word', () => {
    expect(asBen(told('DIALLING'), LEAVE)).toEqual({ stage: 'idle' });
  });

  it.each(['MISSED', 'ENDED'] as const)('has missed what rang and is %s', (status) => {
    expect(asBen(told('DIALLING'), told(status)).outcome).toEqual({
      kind: 'missed',
      callId: 'call-1',
      other: ANN,
    });
  });

  it('is rung at no more when another device has answered or declined', () => {
    expect(asBen(told('DIALLING'), told('ONGOING')).stage).toBe('elsewhere');
    expect(asBen(told('DIALLING'), told('ONGOING'), told('ENDED')).outcome?.kind).toBe('ended');
    expect(asBen(told('DIALLING'), told('DECLINED')).outcome?.kind).toBe('declinedElsewhere');
  });

  it('can answer again when the answer did not come through, unless another device was faster', () => {
    const refused: PhoneEvent = { type: 'refused', reason: 'offline' };
    expect(asBen(told('DIALLING'), ACCEPT, refused)).toMatchObject({ stage: 'ringing', trouble: 'offline' });
    expect(asBen(told('DIALLING'), ACCEPT, refused, told('ONGOING')).stage).toBe('elsewhere');
  });

  it('hears of a later call even if the end of the one before was never heard of', () => {
    expect(asBen(told('DIALLING', 'call-1'), told('DIALLING', 'call-2')).call?.id).toBe('call-2');
    expect(asBen(told('DIALLING', 'call-2'), told('DIALLING', 'call-1')).call?.id).toBe('call-2');
    expect(asBen(told('DIALLING', 'call-2'), told('ENDED', 'call-1')).stage).toBe('ringing');
  });
});

it('takes the call over from another device, and gives it to one', () => {
  const elsewhere = asBen(told('ONGOING'));
  expect(elsewhere.stage).toBe('elsewhere');
  expect(asBen(told('ONGOING'), { type: 'takeOver' }).stage).toBe('joining');
  expect(
    asBen(told('ONGOING'), { type: 'takeOver' }, JOINED, { type: 'out', why: 'elsewhere', again: true })
      .stage,
  ).toBe('elsewhere');
});

it('asks whether the call goes on when the room is gone', () => {
  const inCall = [told('DIALLING'), ACCEPT, mine('ONGOING'), JOINED];
  expect(asBen(...inCall, { type: 'out', why: 'lost', again: true })).toMatchObject({
    stage: 'checking',
    trouble: 'lost',
  });
  expect(asBen(...inCall, { type: 'out', why: 'closed', again: true }, told('ENDED')).outcome?.kind).toBe(
    'ended',
  );
  expect(asBen(...inCall, { type: 'out', why: 'lost', again: true }, { type: 'takeOver' }).stage).toBe(
    'joining',
  );
});

it('tells whether whoever is cut off is led back, or has to press', () => {
  const joining = [told('DIALLING'), ACCEPT, mine('ONGOING')];
  expect(asBen(...joining, { type: 'refused', reason: 'noMedia' })).toMatchObject({
    stage: 'checking',
    trouble: 'noMedia',
    isStuck: true,
  });
  expect(asBen(...joining, { type: 'refused', reason: 'busy', again: true })).toMatchObject({
    stage: 'checking',
    isStuck: false,
  });
  expect(asBen(...joining, { type: 'refused', reason: 'noMedia' }, { type: 'takeOver' }).stage).toBe(
    'joining',
  );
});

it('leads a page that was loaded again back to where it was', () => {
  expect(asAnn(mine('DIALLING')).stage).toBe('dialling');
  expect(asBen(mine('DIALLING')).stage).toBe('ringing');
  expect(asBen(mine('ONGOING')).stage).toBe('joining');
  expect(asBen(mine('ENDED')).outcome?.kind).toBe('ended');
  expect(asAnn(mine('MISSED')).outcome?.kind).toBe('unanswered');
});

it('is led out of every stage by the end of its call', () => {
  for (const status of Object.keys(CALL_TRANSITIONS)) expect(['DIALLING', 'ONGOING']).toContain(status);
  for (const stage of Object.keys(PHONE_FLOW) as Stage[]) {
    if (stage === 'idle' || stage === 'placing') continue;
    const state: PhoneState = { stage, call: call('ONGOING') };
    for (const status of ['ENDED', 'DECLINED', 'MISSED', 'ERROR'] as const)
      expect(nextPhoneState(state, told(status), 'ben').stage).toBe('idle');
    expect(nextPhoneState(state, LEAVE, 'ben').stage).toBe('idle');
  }
});

it('changes nothing by what a stage does not take', () => {
  const types: readonly PhoneEvent[] = [
    PLACE,
    told('DIALLING'),
    mine('DIALLING'),
    ACCEPT,
    LEAVE,
    JOINED,
    { type: 'out', why: 'lost', again: true },
    { type: 'refused', reason: 'busy' },
    { type: 'takeOver' },
    { type: 'dismiss' },
  ];
  for (const [stage, taken] of Object.entries(PHONE_FLOW)) {
    for (const event of types.filter(({ type }) => !(taken as readonly string[]).includes(type))) {
      const state: PhoneState = { stage: stage as Stage };
      expect(nextPhoneState(state, event, 'ben')).toBe(state);
    }
  }
});

describe('news of calls', () => {
  it('only ever goes forward, however late and often it comes', () => {
    const news = createCallNews();
    expect(news.note(call('DIALLING'))).toBeUndefined();
    expect(news.note(call('ONGOING'))).toMatchObject({ status: 'DIALLING' });
    for (const status of ['DIALLING', 'ONGOING'] as const) expect(news.note(call(status))).toBe('old');
    expect(news.note(call('ENDED'))).toMatchObject({ status: 'ONGOING' });
    expect(news.note(call('ENDED'))).toBe('old');
    expect(news.live()).toEqual([]);
  });

  it('that was faster than an answer counts more than the answer', () => {
    const news = createCallNews();
    expect(news.latest(call('DIALLING'))).toMatchObject({ status: 'DIALLING' });
    news.note(call('ONGOING'));
    expect(news.latest(call('DIALLING'))).toMatchObject({ status: 'ONGOING' });
    expect(news.latest(call('DIALLING', 'call-2'))).toMatchObject({ id: 'call-2', status: 'DIALLING' });
  });

  it('of a call that was left is its end alone, unless it goes on elsewhere', () => {
    const news = createCallNews();
    news.note(call('DIALLING'));
    news.leave('call-1');
    expect(news.live()).toEqual([]);
    expect(news.note(call('ONGOING'))).toBe('old');
    news.comeBack('call-1');
    expect(news.live()).toHaveLength(1);
    news.leave('call-1');
    expect(news.note(call('ENDED'))).toMatchObject({ status: 'ONGOING' });
  });

  it('remembers as much as matters', () => {
    const news = createCallNews();
    for (let index = 0; index < 100; index += 1) news.note(call('DIALLING', `call-${index}`));
    expect(news.live()).toHaveLength(32);
  });
});

it('names the other side, whichever one is', () => {
  expect(outcomeOf(call('ENDED'), 'ann', true).other).toBe(BEN);
  expect(outcomeOf(call('ENDED'), 'ben', true).other).toBe(ANN);
});

describe('what the server says of users is understood', () => {
  const incoming = { headers: {} } as unknown as Parameters<typeof requireAccess>[1];
  const provider = {
    AUTH_JWKS_URL: 'https://issuer.example/keys',
    AUTH_ISSUER: 'https://issuer.example/',
    AUTH_AUDIENCE: 'https://meet.example',
  };
  const access = (environment: Record<string, string>, authorization?: string) =>
    requireAccess(
      'user',
      { ...incoming, headers: authorization === undefined ? {} : { authorization } },
      environment,
      () => ({ verify: () => Promise.reject(refuse('has expired')) }),
    );
  it.each([
    ['usersOnly', 401, () => access(provider)],
    ['usersOnly', 401, () => access(provider, 'Bearer e.y.J')],
    ['usersClosed', 403, () => access({})],
    ['notYou', 403, () => requireSubject({ client: '', user: { subject: 'ann' } }, 'ben')],
  ] as const)('%s', async (reason, status, act: () => unknown) => {
    const message = await Promise.resolve()
      .then(act)
      .then(
        () => 'nothing',
        (error: Error) => error.message,
      );
    expect(refusalOf(status, JSON.stringify({ message })).reason).toBe(reason);
    // A socket's close frame has room for so much of it.
    expect(refusalOf(status, JSON.stringify({ message: closeReason(message) })).reason).toBe(reason);
  });
});
