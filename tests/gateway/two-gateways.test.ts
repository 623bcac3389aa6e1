/** Two gateways, each a process, before one service: the functions as they run, and the Sync emulator. */
import { CallsOnRuntime } from '../support/calls-on-runtime';
import { rsa } from '../support/issuer-world';
import { Issuer } from '../support/issuer';
import { until } from '../support/sync-clients';
import { Device } from './device';
import { endGateways, type GatewayProcess, runGateway } from './gateway-process';

let world: CallsOnRuntime;

interface Side {
  readonly process: GatewayProcess;
  readonly origin: string;
}
let left: Side;
let right: Side;

const someone = (
  (n: number) =>
  (name: string): string =>
    `${name}-${++n}`
)(0);

async function start(): Promise<Side> {
  const GATEWAY_SECRET = world.foyer.environment['GATEWAY_SECRET'] ?? '';
  const process = runGateway({ FUNCTIONS_URL: world.foyer.origin, GATEWAY_SECRET });
  return { process, origin: await process.ready() };
}

/** Which of these are online. Who was on a gateway that an earlier test has killed is so for half a minute. */
const onlineOf = async (...ids: string[]): Promise<string[]> => {
  const online = await world.online();
  return ids.filter((id) => online.includes(id));
};

beforeAll(async () => {
  world = await CallsOnRuntime.start();
}, 60_000);
beforeEach(async () => {
  [left, right] = await Promise.all([start(), start()]);
}, 60_000);
afterEach(async () => {
  await world.clear();
  await endGateways();
});
afterAll(() => world.close());

test('people on either side call each other, and both hear all of it in order', async () => {
  const [ann, ben] = await Promise.all([
    world.socket(someone('ann'), left.origin),
    world.socket(someone('ben'), right.origin),
  ]);
  const call = await world.start(ann.user.id, ben.user.id);
  expect(await ben.hears('INCOMING_CALL')).toMatchObject({
    id: call.id,
    caller: ann.user,
    receiver: ben.user,
  });
  expect((await world.answer(call.id, 'ACCEPT')).status).toBe(200);
  await Promise.all([ann, ben].map((phone) => phone.hears('ACCEPT_CALL')));
  expect((await world.end(call.id, ben.user.id)).status).toBe(200);
  await Promise.all([ann, ben].map((phone) => phone.hears('END_CALL')));
  expect(ann.types(call)).toEqual(['ACCEPT_CALL', 'END_CALL']);
  expect(ben.types(call)).toEqual(['INCOMING_CALL', 'ACCEPT_CALL', 'END_CALL']);
});

test('three devices, one on each side and one on Sync, ring together and stop together', async () => {
  const ben = someone('ben');
  const [ann, ...devices] = await Promise.all([
    world.sync(someone('ann')),
    world.socket(ben, left.origin),
    world.socket(ben, right.origin),
    world.sync(ben),
  ]);
  const { id } = await world.start(ann.user.id, ben);
  await Promise.all(devices.map((phone) => phone.hears('INCOMING_CALL', id)));
  await world.answer(id, 'DECLINE');
  await Promise.all([ann, ...devices].map((phone) => phone.hears('DECLINE_CALL', id)));
  expect((await world.online()).filter((one) => one === ben)).toEqual([ben]);
});

test('a call that nobody answers is missed for both, within two seconds, though nobody asks', async () => {
  world.foyer.environment['RING_TIMEOUT_SECONDS'] = '1';
  const [ann, ben] = await Promise.all([
    world.socket(someone('ann'), left.origin),
    world.socket(someone('ben'), right.origin),
  ]);
  const { id, expiresAt = '' } = await world.start(ann.user.id, ben.user.id);
  const ends = await Promise.all([ann, ben].map((phone) => phone.hears('END_CALL', id)));
  expect(Date.now() - Date.parse(expiresAt)).toBeLessThan(2000);
  expect(ends.map(({ status }) => status)).toEqual(['MISSED', 'MISSED']);
});

test('one is killed while it rings: who comes back to the other hears it ring, and answers', async () => {
  const ben = someone('ben');
  const ann = await world.socket(someone('ann'), right.origin);
  const lost = await world.socket(ben, left.origin);
  const { id } = await world.start(ann.user.id, ben);
  await lost.hears('INCOMING_CALL', id);
  left.process.child.kill('SIGKILL');
  await left.process.exit;
  const back = await world.socket(ben, right.origin);
  await back.hears('INCOMING_CALL', id);
  expect((await world.answer(id, 'ACCEPT')).status).toBe(200);
  await Promise.all([ann, back].map((phone) => phone.hears('ACCEPT_CALL', id)));
  expect(back.types({ id })).toEqual(['INCOMING_CALL', 'ACCEPT_CALL']);
});

test('one is killed in the middle of a call: it goes on for who comes back, and what was missed is told', async () => {
  const ann = await world.socket(someone('ann'), left.origin);
  const ben = await world.socket(someone('ben'), right.origin);
  const { id } = await world.ongoing(ann.user.id, ben.user.id);
  await ann.hears('ACCEPT_CALL', id);
  const last = ann.told.at(-1)?.id ?? '';
  left.process.child.kill('SIGKILL');
  await left.process.exit;
  expect((await world.info(id)).status).toBe('ONGOING');
  await world.end(id, ben.user.id);
  await ben.hears('END_CALL', id);
  const back = await Device.connect(right.origin, `?id=${ann.user.id}&last_event_id=${last}`);
  expect(await back.hears(({ type }) => type === 'END_CALL')).toMatchObject({
    call: { id, status: 'ENDED' },
  });
});

test('who is not coming back from a killed one is gone with its lease, and so are their calls; the others stay', async () => {
  world.foyer.environment['CALL_GRACE_SECONDS'] = '1';
  const [ann, ben, carl] = await Promise.all([
    world.socket(someone('ann'), left.origin),
    world.socket(someone('ben'), right.origin),
    world.socket(someone('carl'), right.origin),
  ]);
  const { id } = await world.ongoing(ann.user.id, ben.user.id);
  await ben.hears('ACCEPT_CALL', id);
  left.process.child.kill('SIGKILL');
  await left.process.exit;
  const everybody = [ann, ben, carl].map(({ user }) => user.id);
  expect(await onlineOf(...everybody)).toEqual(everybody);
  // The lease of the one that lives ends as well by this clock; it renews it, and says again who is there.
  world.foyer.clock.advance(31_000);
  await ben.hears('END_CALL', id);
  expect((await world.info(id)).status).toBe('ENDED');
  await until(async () => (await onlineOf(...everybody)).join() === everybody.slice(1).join());
}, 60_000);

test('told to end, a gateway sends its people to the other one, and no call ends of it', async () => {
  const ben = await world.socket(someone('ben'), right.origin);
  const ann = someone('ann');
  const device = await Device.connect(left.origin, `?id=${ann}`);
  const { id } = await world.ongoing(ann, ben.user.id);
  left.process.child.kill('SIGTERM');
  expect(await device.ends()).toMatchObject({ code: 1012 });
  expect(await left.process.exit).toBe(0);
  const back = await Device.connect(right.origin, `?id=${ann}`);
  await back.hears(({ call }) => call.id === id && call.status === 'ONGOING');
  expect(await onlineOf(ann, ben.user.id)).toEqual([ann, ben.user.id]);
});

test('a socket signs in as requests do: with a token of its own user, in a header or in the address', async () => {
  const issuer = await Issuer.publishing(rsa);
  try {
    Object.assign(world.foyer.environment, issuer.variables);
    const ann = someone('ann');
    const token = issuer.token(rsa, { sub: ann });
    const connect = (query: string, headers = {}) => Device.connect(left.origin, query, { headers });
    expect((await connect(`?id=${ann}`)).refusal?.status).toBe(401);
    expect((await connect(`?id=${ann}x&access_token=${token}`)).refusal?.status).toBe(403);
    expect((await connect(`?id=${ann}&access_token=${token.slice(0, -9)}forgotten`)).refusal?.status).toBe(
      401,
    );
    expect((await connect(`?id=${ann}&access_token=${token}`)).isOpen).toBe(true);
    expect((await connect(`?id=${ann}`, { authorization: `Bearer ${token}` })).isOpen).toBe(true);
    const page = await Device.connect(left.origin, `?id=${ann}`, { origin: 'https://meet.example' });
    expect(await page.ends()).toEqual({ code: 4401, reason: expect.stringContaining('for users') });
    const seen = [...left.process.lines, ...world.foyer.printed()].join('\n');
    expect(seen).not.toContain(token.split('.')[2]);
  } finally {
    await issuer.down();
  }
});

test('what an address or a name may not be is refused in the words of the functions', async () => {
  for (const query of ['?id=', '?id=a%00b', `?id=${'a'.repeat(200)}`, '?id=ann&name=a%07b']) {
    const { refusal } = await Device.connect(left.origin, query);
    expect(refusal?.status).toBe(400);
    expect(JSON.parse(refusal?.body ?? '')).toEqual({
      message: expect.stringMatching(/^(id|name) must be /),
    });
  }
});
