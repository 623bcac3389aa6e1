/** Functions that are away, mailboxes that vanish, clients that are dead or slow, and a gateway that has to go. */
import { connect as connectRaw, type Socket } from 'node:net';
import { once } from 'node:events';
import { dropTimers } from '../support/sync-clients';
import { send } from '../support/http';
import { LIVE_LIMITS } from '../../gateway/live/limits';
import { Device, until } from './device';
import { type GatewayUnderTest, startGateway } from './live-gateway';
import { SpokenFunctions } from './spoken-functions';

let functions: SpokenFunctions;
const gateways: GatewayUnderTest[] = [];
const raw: Socket[] = [];

beforeEach(async () => {
  functions = await SpokenFunctions.start();
});
afterEach(async () => {
  for (const socket of raw.splice(0)) socket.destroy();
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
  await functions.close();
});
afterAll(dropTimers);

async function start(pace: Parameters<typeof startGateway>[1] = {}): Promise<GatewayUnderTest> {
  const gateway = await startGateway(functions.origin, pace);
  gateways.push(gateway);
  return gateway;
}

const event = (call: string, n: number, more: object = {}) => ({
  id: `${call}:${n}`,
  type: 'INCOMING_CALL',
  ...more,
});
const ring = (user: string, n: number) =>
  functions.post({ to: { users: [user] }, message: event('call', n) });
const readyz = async ({ origin }: GatewayUnderTest) =>
  (await send(`${origin}/readyz`, { method: 'GET' })).status;

/** A WebSocket that never reads, and never answers. */
async function silent({ origin }: GatewayUnderTest, id: string): Promise<Socket> {
  const socket = connectRaw(Number(new URL(origin).port), '127.0.0.1');
  raw.push(socket);
  socket.write(
    `GET /?id=${id} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  await once(socket, 'data');
  socket.pause();
  return socket;
}

test('functions that are away: sockets stay, and what was to be reported is, when they are back', async () => {
  const gateway = await start({ pace: { retryMs: 20, slowestRetryMs: 50 } });
  const [stays, goes] = await Promise.all(
    ['stays', 'goes'].map((id) => Device.connect(gateway.origin, `?id=${id}`)),
  );
  const comeBack = await functions.goAway();
  goes?.socket.close();
  await goes?.ends();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(functions.at('/gateway/disconnect')).toEqual([]);
  await comeBack();
  const told = await until(() => functions.at('/gateway/disconnect')[0]);
  expect(told.body.sockets).toMatchObject([{ id: 'goes' }]);
  await ring('stays', 1);
  await stays?.hears(({ id }) => id === 'call:1');
});

test('who connects while functions are away waits a moment for them, and is told to try again after it', async () => {
  const gateway = await start({ pace: { retryMs: 20, slowestRetryMs: 50, connectMs: 600 } });
  const comeBack = await functions.goAway();
  const refused = await Device.connect(gateway.origin, '?id=ann', { origin: 'https://meet.example' });
  expect(await refused.ends()).toEqual({ code: 1013, reason: expect.stringContaining('try again') });
  expect(await readyz(gateway)).toBe(503);
  expect((await send(`${gateway.origin}/healthz`, { method: 'GET' })).status).toBe(200);
  const waiting = Device.connect(gateway.origin, '?id=ann');
  await comeBack();
  expect((await waiting).isOpen).toBe(true);
  expect(await readyz(gateway)).toBe(200);
});

test('functions that give no lease are asked less and less often, however many wait for it', async () => {
  functions.answers.set('/gateway/lease', () => ({ status: 403, json: { message: 'you are no gateway.' } }));
  const gateway = await start({ pace: { retryMs: 50, connectMs: 1000 } });
  const connect = () => Device.connect(gateway.origin, '?id=ann');
  const crowd = await Promise.all(Array.from({ length: 10 }, connect));
  expect(crowd.map(({ refusal }) => refusal?.status)).toEqual(crowd.map(() => 503));
  expect(functions.at('/gateway/lease').length).toBeLessThan(8);
  expect(gateway.reports).toEqual(['The gateway has no lease: you are no gateway.']);
});

test('without Sync nobody is let in, who could not be told anything; with it, they are', async () => {
  const gateway = await start({ pace: { retryMs: 20, slowestRetryMs: 50, connectMs: 500 } });
  const lease = await functions.lease('another');
  functions.answers.set('/gateway/lease', () => ({
    json: { ...lease, connect_options: { twilsock: { uri: 'ws://127.0.0.1:1/v3/wsconnect' } } },
  }));
  const begun = performance.now();
  const connect = () => Device.connect(gateway.origin, '?id=ann');
  const crowd = await Promise.all(Array.from({ length: 30 }, connect));
  expect(crowd.map(({ refusal }) => refusal?.status)).toEqual(crowd.map(() => 503));
  expect(performance.now() - begun).toBeLessThan(3000);
  functions.answers.clear();
  await until(async () => (await connect()).isOpen);
});

test.each([429, 500, 503])(
  'a connect that is answered %i is asked again, until it is let in',
  async (status) => {
    const gateway = await start({ pace: { retryMs: 10 } });
    let times = 0;
    functions.answers.set('/gateway/connect', () => (++times < 4 ? { status } : {}));
    expect((await Device.connect(gateway.origin, '?id=ann')).isOpen).toBe(true);
    expect(times).toBe(4);
  },
);

test('a lease is renewed while somebody is here, and not for nobody', async () => {
  functions.renewSeconds = 0.05;
  const gateway = await start();
  const device = await Device.connect(gateway.origin, '?id=ann');
  await until(() => functions.at('/gateway/lease').length > 5);
  device.socket.close();
  await until(() => functions.at('/gateway/disconnect').length > 0);
  const renewals = functions.at('/gateway/lease').length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(functions.at('/gateway/lease').length - renewals).toBeLessThan(2);
});

test('however many connect at once, the lease is renewed and calls are looked at', async () => {
  functions.renewSeconds = 0.1;
  const gateway = await start({ pace: { requestMs: 60_000 } });
  await Device.connect(gateway.origin, '?id=ann');
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  functions.answers.set('/gateway/connect', () => held.then(() => ({})));
  const crowd = Array.from({ length: 36 }, (_, n) =>
    Device.connect(gateway.origin, `?id=one-${n}`, { localAddress: `127.0.0.${2 + (n % 3)}` }),
  );
  const isFull = (): boolean => functions.at('/gateway/connect').length === 1 + LIVE_LIMITS.requestsAtOnce;
  await until(isFull);
  const renewals = functions.at('/gateway/lease').length;
  await functions.post({ check: { callId: 'call', at: Date.now() } });
  await until(() => functions.at('/gateway/check')[0]);
  await until(() => functions.at('/gateway/lease').length > renewals + 2);
  expect(isFull()).toBe(true);
  letGo();
  expect((await Promise.all(crowd)).map(({ isOpen }) => isOpen)).not.toContain(false);
});

test('functions that have forgotten a gateway hear of all its sockets again, with what each has heard last', async () => {
  functions.renewSeconds = 0.05;
  const gateway = await start();
  const device = await Device.connect(gateway.origin, '?id=ann&name=Ann');
  await ring('ann', 1);
  await device.hears(({ id }) => id === 'call:1');
  functions.answers.set('/gateway/connect', () => ({
    json: { events: [event('call', 1), event('call', 2)] },
  }));
  functions.forget();
  const [first, again] = (await until(() => {
    const both = functions.at('/gateway/connect');
    return both.length > 1 && both;
  })) as ReturnType<SpokenFunctions['at']>;
  expect(again?.body).toEqual({ ...first?.body, last_event_id: 'call:1' });
  await device.hears(({ id }) => id === 'call:2');
  expect(device.told.map(({ id }) => id)).toEqual(['call:1', 'call:2']);
});

test('mailboxes that are removed are replaced by those of the next lease, and everybody is announced anew', async () => {
  const gateway = await start({ pace: { retryMs: 20 } });
  const device = await Device.connect(gateway.origin, '?id=ann');
  await functions.loseMailboxes();
  await until(() => functions.at('/gateway/connect').length > 1);
  await ring('ann', 1);
  await device.hears(({ id }) => id === 'call:1');
});

test('mailboxes that are removed while nobody is here are missed by nobody, until somebody comes', async () => {
  const gateway = await start({ pace: { retryMs: 20 } });
  (await Device.connect(gateway.origin, '?id=ann')).socket.close();
  await until(() => functions.at('/gateway/disconnect').length > 0);
  const leases = functions.at('/gateway/lease').length;
  await functions.loseMailboxes();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(functions.at('/gateway/lease')).toHaveLength(leases);
  const device = await Device.connect(gateway.origin, '?id=ann');
  await ring('ann', 1);
  await device.hears(({ id }) => id === 'call:1');
  expect(gateway.reports).toEqual([]);
});

test('mailboxes that were out of reach for long may have lost something: how things stand is asked', async () => {
  const gateway = await start({ pace: { mailboxGapMs: 0 } });
  const device = await Device.connect(gateway.origin, '?id=ann');
  functions.answers.set('/gateway/connect', () => ({ json: { events: [event('call', 7)] } }));
  functions.sync.killConnections();
  await device.hears(({ id }) => id === 'call:7');
});

test('a call is looked at when its time has come, once, however often it was said', async () => {
  const gateway = await start();
  await Device.connect(gateway.origin, '?id=ann');
  const at = Date.now() + 300;
  functions.answers.set('/gateway/check', () => ({ json: { checks: [] } }));
  const message = { ...event('call-1', 1) };
  await functions.post({ to: { users: ['ann'] }, message, check: { callId: 'call-1', at } });
  await functions.post({ check: { callId: 'call-1', at } }, { box: 1 });
  await functions.post({ check: { callId: 'call-2', at } });
  const asked = await until(() => functions.at('/gateway/check')[0]);
  expect(asked.at).toBeGreaterThanOrEqual(at);
  expect(asked.at).toBeLessThan(at + 1000);
  expect(asked.body.callIds.toSorted()).toEqual(['call-1', 'call-2']);
  expect(functions.at('/gateway/check')).toHaveLength(1);
});

test('a call is looked at by the clock of the functions, however wrong the own one is', async () => {
  for (const ahead of [3_600_000, -3_600_000]) {
    functions.ahead = ahead;
    const gateway = await start();
    await Device.connect(gateway.origin, `?id=ann`);
    const callId = `call-${ahead}`;
    const begun = Date.now();
    await functions.post({ check: { callId, at: begun + ahead + 3000 } });
    const isOfCall = ({ body }: { body: { callIds: string[] } }): boolean => body.callIds.includes(callId);
    const asked = await until(() => functions.at('/gateway/check').find(isOfCall));
    // As precisely as question and answer are apart.
    expect(asked.at).toBeGreaterThan(begun + 1000);
  }
});

test('how a call ended is told to whom it concerns, who have heard of it and not of its end', async () => {
  const gateway = await start();
  const [rings, knows, fresh, other] = await Promise.all(
    ['ann', 'bob', 'bob', 'carl'].map((id) => Device.connect(gateway.origin, `?id=${id}`)),
  );
  const call = { id: 'call', caller: { id: 'ann' }, receiver: { id: 'bob' } };
  const ended = { id: 'call:3', type: 'END_CALL', call };
  functions.answers.set('/gateway/check', () => ({
    json: { events: [ended, { id: 'call:4' }], checks: [] },
  }));
  await functions.post({ to: { users: ['ann', 'carl'] }, message: event('call', 1) });
  functions.answers.set('/gateway/connect', () => ({ json: { events: [ended] } }));
  const late = await Device.connect(gateway.origin, '?id=bob');
  await functions.post({ check: { callId: 'call', at: Date.now() } });
  await rings?.hears(({ id }) => id === 'call:3');
  await functions.post({ to: { users: ['ann', 'bob', 'carl'] }, message: event('last', 1) });
  const everybody = [rings, knows, fresh, other, late] as Device[];
  await Promise.all(everybody.map((device) => device.hears(({ id }) => id === 'last:1')));
  expect(everybody.map((device) => device.told.slice(0, -1).map(({ id }) => id))).toEqual([
    ['call:1', 'call:3'],
    [],
    [],
    ['call:1'],
    ['call:3'],
  ]);
});

test('items that mean nothing to this version are passed over', async () => {
  const gateway = await start();
  const device = await Device.connect(gateway.origin, '?id=ann');
  for (const item of [
    { to: 5 },
    { to: { users: 'ann' }, message: {} },
    { check: { at: 'soon' } },
    { message: {} },
  ]) {
    await functions.post(item);
  }
  await ring('ann', 1);
  await device.hears(({ id }) => id === 'call:1');
  expect(device.told).toHaveLength(1);
});

test('a dead client is found by asking it, and reported; one that answers stays', async () => {
  const gateway = await start({ pace: { pingMs: 200 } });
  const alive = await Device.connect(gateway.origin, '?id=alive');
  await silent(gateway, 'dead');
  const told = await until(() => functions.at('/gateway/disconnect')[0]);
  expect(told.body.sockets).toMatchObject([{ id: 'dead' }]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(alive.ending).toBeUndefined();
});

test('a client that does not read is given up, and delays nobody', async () => {
  const gateway = await start();
  const socket = await silent(gateway, 'ann');
  const quick = await Device.connect(gateway.origin, '?id=ann');
  const padding = 'x'.repeat(15_000);
  let posted = 0;
  // The system's own buffers hold megabytes before ours begin to fill.
  while (functions.at('/gateway/disconnect').length === 0) {
    const items = [0, 1, 2, 3].map((box) => ({ box, message: { n: posted + box, padding } }));
    await Promise.all(
      items.map(({ box, message }) => functions.post({ to: { users: ['ann'] }, message }, { box })),
    );
    posted += items.length;
    // The other one has read it all the while.
    await until(() => quick.told.length === posted);
  }
  const [told] = functions.at('/gateway/disconnect');
  expect(told?.body.sockets).toMatchObject([{ id: 'ann' }]);
  expect(quick.ending).toBeUndefined();
  let received = '';
  socket.on('data', (data) => (received += data.toString('latin1')));
  socket.resume();
  await once(socket, 'close');
  expect(received.length).toBeLessThan(posted * padding.length);
}, 60_000);

test('a gateway that ends sends everybody elsewhere, says who is gone, and takes nobody any more', async () => {
  const gateway = await start();
  const devices = await Promise.all(
    Array.from({ length: 50 }, (_, i) => Device.connect(gateway.origin, `?id=user-${i}`)),
  );
  const begun = performance.now();
  const closing = gateway.close();
  const late = await Device.connect(gateway.origin, '?id=late').catch(() => undefined);
  expect(late?.isOpen).not.toBe(true);
  await closing;
  expect(performance.now() - begun).toBeLessThan(2000);
  for (const device of devices) expect(await device.ends()).toMatchObject({ code: 1012 });
  const reported = functions
    .at('/gateway/disconnect')
    .flatMap(({ body }) => body.sockets as { id: string }[]);
  expect(new Set(reported.map(({ id }) => id)).size).toBe(50);
});
