/** The domain of calls as tables and values, exhaustively. */
import {
  type Call,
  CALL_TRANSITIONS,
  type CallEvent,
  type CallStatus,
  callView,
  changeCall,
  dueEvent,
  failedCall,
  isCallId,
  isLive,
  messageOf,
  newCall,
  newCallId,
  stepOfMessage,
} from '../../src/domain/call';
import {
  type Device,
  isOnline,
  onlineUntil,
  type Presence,
  withDevice,
  withoutDevices,
  withSyncDevice,
} from '../../src/domain/presence';

const T = Date.UTC(2026, 0, 1);
const RING_MS = 45_000;
const ann = { id: 'ann', name: 'Ann', location: 'Nairobi - Kenya' };
const bob = { id: 'bob', name: 'Bob', location: '' };

const STATUSES: readonly CallStatus[] = ['DIALLING', 'ONGOING', 'ENDED', 'DECLINED', 'MISSED', 'ERROR'];
const EVENTS: readonly CallEvent[] = ['accept', 'decline', 'hangUp', 'deadline', 'vanish', 'fail'];

const callIn = (status: CallStatus): Call => ({ ...newCall(ann, bob, T, RING_MS), status, settled: 1 });

/** What the table should say, said once more. */
const EXPECTED: Readonly<Record<string, CallStatus>> = {
  'DIALLING accept': 'ONGOING',
  'DIALLING decline': 'DECLINED',
  'DIALLING hangUp': 'ENDED',
  'DIALLING deadline': 'MISSED',
  'DIALLING vanish': 'ENDED',
  'DIALLING fail': 'ERROR',
  'ONGOING hangUp': 'ENDED',
  'ONGOING vanish': 'ENDED',
  'ONGOING fail': 'ERROR',
};

describe('a call', () => {
  const pairs = STATUSES.flatMap((status) => EVENTS.map((event) => [status, event] as const));

  test.each(pairs)('%s, %s', (status, event) => {
    const call = callIn(status);
    const expected = EXPECTED[`${status} ${event}`];
    if (expected === undefined) {
      expect(() => changeCall(call, event, T + 1)).toThrow(
        expect.objectContaining({ code: 'conflict', details: { call: callView(call) } }),
      );
      return;
    }
    expect(changeCall(call, event, T + 1)).toEqual({
      ...call,
      status: expected,
      step: 2,
      settled: 1,
      changedAt: T + 1,
    });
  });

  test('leaves no state that is over, and only live ones have a way out', () => {
    expect(Object.keys(CALL_TRANSITIONS)).toEqual(STATUSES.filter((status) => isLive({ status })));
    expect(Object.values(CALL_TRANSITIONS).flatMap((row) => Object.keys(row))).toHaveLength(
      Object.keys(EXPECTED).length,
    );
  });

  test.each([
    ['rings until its deadline', callIn('DIALLING'), RING_MS - 1, undefined],
    ['is missed at its deadline', callIn('DIALLING'), RING_MS, 'deadline'],
    ['that is answered has no deadline', callIn('ONGOING'), RING_MS, undefined],
    ['that is over has no deadline', callIn('DECLINED'), RING_MS, undefined],
    ['may take ten seconds to be placed', newCall(ann, bob, T, RING_MS), 9_999, undefined],
    ['that is not placed by then has failed', newCall(ann, bob, T, RING_MS), 10_000, 'fail'],
    ['that is not placed by its deadline is missed', newCall(ann, bob, T, 5_000), 5_000, 'deadline'],
  ] as const)('%s', (_, call, ms, event) => {
    expect(dueEvent(call, T + ms)).toBe(event);
  });

  test('is seen in the seed’s shape, with times', () => {
    const call = newCall(ann, bob, T, RING_MS);
    const seen = { id: call.id, caller: ann, receiver: bob, placedAt: '2026-01-01T00:00:00.000Z' };
    expect(callView(call)).toEqual({ ...seen, status: 'DIALLING', expiresAt: '2026-01-01T00:00:45.000Z' });
    const answered = changeCall(call, 'accept', T + 1000);
    expect(callView(answered)).toEqual({ ...seen, status: 'ONGOING' });
    expect(callView(changeCall(answered, 'hangUp', T + 2000))).toEqual({
      ...seen,
      status: 'ENDED',
      endedAt: '2026-01-01T00:00:02.000Z',
    });
    expect(callView(failedCall(call, 'why'))).toMatchObject({ status: 'ERROR', errMsg: 'why' });
  });

  test.each([
    ['DIALLING', 'INCOMING_CALL'],
    ['ONGOING', 'ACCEPT_CALL'],
    ['DECLINED', 'DECLINE_CALL'],
    ['ENDED', 'END_CALL'],
    ['MISSED', 'END_CALL'],
    ['ERROR', 'END_CALL'],
  ] as const)('that is %s is told of as %s', (status, type) => {
    const call = callIn(status);
    expect(messageOf(call)).toEqual({ id: `${call.id}:1`, type, call: callView(call) });
    expect(stepOfMessage(messageOf(call).id)).toEqual({ callId: call.id, step: 1 });
  });

  test('has an id that nobody guesses, and that nothing else looks like', () => {
    const ids = Array.from({ length: 100 }, newCallId);
    expect(new Set(ids).size).toBe(100);
    expect(ids.every(isCallId)).toBe(true);
    const others = ['', 'call-', 'call-short', `x${ids[0]}`, `${ids[0]}x`, `${ids[0]}\n`, 'meeting-abc'];
    expect(others.some(isCallId)).toBe(false);
    const noMessages = ['', ':1', `${ids[0]}`, `${ids[0]}:`, `${ids[0]}:x`, `${ids[0]}:1:2`, `${ids[0]}:-1`];
    for (const id of noMessages) expect(stepOfMessage(id)).toBeUndefined();
  });
});

describe('presence', () => {
  const HOUR_MS = 3_600_000;
  const leases = new Map([
    ['g1', T + 30_000],
    ['g2', T + 5_000],
  ]);
  const at = (gateway: string): Device => ({ via: 'gateway', gateway });
  const on = (devices: Presence['devices'], leftAt = 0): Presence => ({
    user: ann,
    devices,
    leftAt,
    keepUntil: T + HOUR_MS,
  });
  const browser: Device = { via: 'sync', until: T + 60_000, tokenUntil: T + HOUR_MS };

  test.each([
    ['nobody', on({}), false, 0],
    ['who left', on({}, T - 7), false, T - 7],
    ['at a gateway that lives', on({ s: at('g1') }), true, T + 30_000],
    ['at two gateways', on({ s: at('g2'), t: at('g1') }), true, T + 30_000],
    ['at an unknown gateway', on({ s: at('gone') }, T - 9), false, T - 9],
    ['in a browser', on({ b: browser }), true, T + 60_000],
    ['in a browser that was last heard of long ago', on({ b: { ...browser, until: T - 1 } }), false, T - 1],
    ['in a browser that has gone', on({ b: { ...browser, goneAt: T - 3 } }), false, T - 3],
  ])('of somebody %s', (_, presence, online, until) => {
    expect(isOnline(presence, leases, T)).toBe(online);
    expect(onlineUntil(presence, leases)).toBe(until);
  });

  test('counts from the end of the last lease when a gateway died, also after its devices were put out of the record', () => {
    const later = T + 20_000;
    const dead = on({ s: at('g2') });
    expect(isOnline(dead, leases, later)).toBe(false);
    expect(onlineUntil(dead, leases)).toBe(T + 5_000);
    const back = withDevice(dead, ann, ['t', at('g1')], leases, later);
    expect(Object.keys(back.devices)).toEqual(['t']);
    expect(back.leftAt).toBe(T + 5_000);
  });

  test('knows a device that comes back as the same one', () => {
    const once = withDevice(undefined, ann, ['s', at('g1')], leases, T);
    const twice = withDevice(once, { ...ann, name: 'Anna' }, ['s', at('g1')], leases, T + 1);
    expect(twice).toMatchObject({ user: { name: 'Anna' }, devices: { s: at('g1') } });
    expect(Object.keys(twice.devices)).toHaveLength(1);
  });

  test('forgets somebody who is offline sooner than somebody who is not, and nothing that was not there', () => {
    const one = withDevice(undefined, ann, ['s', at('g1')], leases, T);
    expect(withoutDevices(one, ['other'], leases, T)).toBe(one);
    const none = withoutDevices(one, ['s'], leases, T + 1);
    expect(none).toMatchObject({ devices: {}, leftAt: T + 1 });
    expect(none.keepUntil).toBeLessThan(one.keepUntil);
    const two = withDevice(one, ann, ['t', at('g1')], leases, T);
    expect(withoutDevices(two, ['s'], leases, T + 1)).toMatchObject({
      devices: { t: at('g1') },
      keepUntil: T + 1 + 24 * HOUR_MS,
    });
  });

  test('believes in a browser for as long as its token once it was seen, and not when it has gone', () => {
    const opened = withDevice(undefined, ann, ['b', browser], leases, T);
    const seen = withSyncDevice(opened, 'b', true, leases, T);
    expect(onlineUntil(seen, leases)).toBe(T + HOUR_MS);
    expect(withSyncDevice(seen, 'b', true, leases, T + 1)).toBe(seen);
    const gone = withSyncDevice(seen, 'b', false, leases, T + 2);
    expect(isOnline(gone, leases, T + 3)).toBe(false);
    expect(gone.leftAt).toBe(T + 2);
    expect(withSyncDevice(gone, 'b', false, leases, T + 3)).toBe(gone);
    expect(isOnline(withSyncDevice(gone, 'b', true, leases, T + 4), leases, T + 5)).toBe(true);
    expect(withSyncDevice(gone, 'nobody’s', true, leases, T)).toBe(gone);
  });
});
