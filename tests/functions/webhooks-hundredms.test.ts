/** Waiting rooms on 100ms, and POST /webhooks/hundredms: they stay closed to those who were removed. */
import { createHmac } from 'node:crypto';
import { type Runtime, startRuntime } from '../support/runtime';
import { eventually } from '../contract/media-server.contract';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
beforeEach(() => {
  foyer.environment['MEETINGS_PROVIDER'] = '100ms';
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const claimsIn = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

/** A meeting that the host has joined, and two guests with passes. */
async function meeting() {
  const { meeting_id } = await foyer.ok('/admin/create');
  const enter = (name: string) => foyer.ok('/user/enter-waiting-room', { meeting_id, name });
  const [ann, bob] = [await enter('Ann'), await enter('Bob')];
  const host = await foyer.ok('/admin/join', { meeting_id, name: 'Hana' });
  const join = ({ identity }: { identity: string }) =>
    foyer.ok('/user/join', { meeting_id, room_id: host.room_id, identity });
  return { meeting_id, host, ann: await join(ann), bob: await join(bob) };
}

const remove = (meeting_id: number, { identity }: { identity: string }) =>
  foyer.ok('/admin/remove', { meeting_id, guest_id: identity.split(':')[0] });

/** An event as 100ms would send it. */
const event = (over: object = {}, data: object = {}) => ({
  version: '2.0',
  id: 'e1',
  account_id: 'a',
  app_id: 'b',
  timestamp: '2021-08-08T07:04:15Z',
  type: 'peer.join.success',
  data: {
    room_id: 'r',
    room_name: 'daily',
    peer_id: 'p',
    user_id: 'ann',
    role: 'guest',
    joined_at: '2021-08-08T07:04:15.001380432Z',
    ...data,
  },
  ...over,
});
const headers = () => ({ 'x-webhook-secret': foyer.environment['HMS_WEBHOOK_SECRET'] ?? '' });

test('host and guests are given tokens for one room of 100ms, each for its bearer alone', async () => {
  const { host, ann, bob } = await meeting();
  // The emulator is reached by the address that the page came by.
  const connect_options = { initEndpoint: `http://${foyer.host}` };
  expect([host, ann, bob]).toMatchObject(
    Array.from({ length: 3 }, () => ({ provider: '100ms', room_id: host.room_id, connect_options })),
  );
  expect(host).not.toHaveProperty('livekit_url');
  expect(claimsIn(host.token)).toMatchObject({ type: 'app', role: 'host', room_id: host.room_id });
  expect(claimsIn(ann.token)).toMatchObject({ role: 'guest', user_id: ann.identity });
  const { exp, nbf } = claimsIn(ann.token) as { exp: number; nbf: number };
  expect(exp - nbf).toBeLessThanOrEqual(3700);
  for (const { token } of [host, ann, bob]) foyer.hms.join(token);
  expect(foyer.printed().join('\n')).not.toContain(foyer.environment['HMS_APP_SECRET']);
});

test('a guest who was removed is out everywhere, and out again with a token from before', async () => {
  const { meeting_id, ann, bob } = await meeting();
  const anns = [foyer.hms.join(ann.token), foyer.hms.join(ann.token)];
  const other = foyer.hms.join(bob.token);
  await remove(meeting_id, ann);
  for (const one of anns) expect(one.reason).toBe('peer kicked');
  const back = foyer.hms.join(ann.token);
  await eventually(() => back.reason === 'peer kicked');
  expect(other.reason).toBeUndefined();
});

test('a meeting that has ended is over for every token', async () => {
  const { meeting_id, ann, bob } = await meeting();
  const inside = foyer.hms.join(ann.token);
  await foyer.ok('/admin/end', { meeting_id });
  expect(inside.reason).toBe('peer kicked');
  expect(() => foyer.hms.join(bob.token)).toThrow('room is not active');
});

test('events that come twice, late or in another order put out nobody who may be there', async () => {
  const { host, ann } = await meeting();
  const [hosts, anns] = [foyer.hms.join(host.token), foyer.hms.join(ann.token)];
  const about = { room_id: host.room_id as string, user_id: ann.identity as string, peer_id: anns.peerId };
  const told = [
    event({ type: 'room.end.success', id: '1' }, about),
    event({ type: 'peer.leave.success', id: '2' }, { ...about, left_at: '2021-08-08T07:05:15Z' }),
    event({ type: 'peer.join.success', id: '3' }, about),
    event({ type: 'session.close.success', id: '4' }, about),
  ];
  for (const one of [...told, ...told.toReversed()]) {
    expect((await foyer.call('/webhooks/hundredms', one, { headers: headers() })).status).toBe(200);
  }
  expect([hosts.reason, anns.reason]).toEqual([undefined, undefined]);
});

describe('only who knows the secret may tell', () => {
  const refused = {
    message: expect.stringMatching(/x-webhook-secret is not the HMS_WEBHOOK_SECRET/) as string,
  };

  test.each([
    ['none', {}],
    ['an empty one', { 'x-webhook-secret': '' }],
    ['a wrong one', { 'x-webhook-secret': 'wrong' }],
  ])('%s: 403', async (_, headers) => {
    const reply = await foyer.call('/webhooks/hundredms', event(), { headers });
    expect([reply.status, reply.json]).toEqual([403, refused]);
  });

  test('nobody does where none is set', async () => {
    foyer.environment['HMS_WEBHOOK_SECRET'] = '';
    const reply = await foyer.call('/webhooks/hundredms', event(), { headers: { 'x-webhook-secret': '' } });
    expect([reply.status, reply.json]).toEqual([403, refused]);
  });
});

test.each([
  ['of a kind that we do not know', event({ type: 'beam.started.success' }, { room_id: undefined })],
  ['of a kind that is a word of the language', event({ type: 'constructor' })],
  ['without data', event({ data: undefined })],
  ['of a room of somebody else', event({}, { room_name: 'My Room.2' })],
  ['of nobody', event({}, { peer_id: undefined, user_id: undefined })],
  ['at no time', event({ timestamp: 'now' }, { joined_at: 'now' })],
])('an event %s is taken, and nothing follows', async (_, body) => {
  // Whether the room is ours is looked up, and that is all.
  const traces = () => [{ ...foyer.sync.stats.rest, 'GET Documents': 0 }, foyer.hms.stats];
  const before = JSON.stringify(traces());
  const reply = await foyer.call('/webhooks/hundredms', body, { headers: headers() });
  expect([reply.status, reply.json]).toEqual([200, {}]);
  expect(JSON.stringify(traces())).toBe(before);
});

test.each([
  ['id', event({ id: 5 }), 'id must be the id of the event'],
  ['type', event({ type: null }), 'type must be the type of the event'],
  ['data', event({ data: 'x' }), 'data must be what the event is about'],
  ['room_id', event({}, { room_id: {} }), 'data must be text'],
])('an event whose %s is wrong is refused by that name', async (_, body, message) => {
  const reply = await foyer.call('/webhooks/hundredms', body, { headers: headers() });
  expect([reply.status, reply.json]).toEqual([400, { message: expect.stringContaining(message) }]);
});

describe('100ms that is not set up', () => {
  test.each([
    [{ HMS_ACCESS_KEY: '' }, /HMS_ACCESS_KEY is missing/],
    [{ HMS_ACCESS_KEY: '', HMS_APP_SECRET: '' }, /HMS_ACCESS_KEY is missing; HMS_APP_SECRET is missing/],
    [{ HMS_API_URL: 'api.100ms.live' }, /HMS_API_URL must be an http or https URL/],
  ])('%j is named, and no meeting is made', async (over, why) => {
    Object.assign(foyer.environment, over);
    const reply = await foyer.call('/admin/create');
    expect([reply.status, reply.text]).toEqual([500, expect.stringMatching(why)]);
  });

  test('API_KEY and APP_SECRET are the same by the names of seed 003', async () => {
    const { HMS_ACCESS_KEY = '', HMS_APP_SECRET = '' } = foyer.environment;
    Object.assign(foyer.environment, {
      HMS_ACCESS_KEY: '',
      HMS_APP_SECRET: '',
      API_KEY: HMS_ACCESS_KEY,
      APP_SECRET: HMS_APP_SECRET,
    });
    const { meeting_id } = await foyer.ok('/admin/create');
    const { token } = await foyer.ok('/admin/join', { meeting_id });
    const [header = '', payload = '', signature] = (token as string).split('.');
    const expected = createHmac('sha256', HMS_APP_SECRET).update(`${header}.${payload}`).digest('base64url');
    expect(signature).toBe(expected);
  });

  test('roles are called as the template calls them', async () => {
    Object.assign(foyer.environment, { HMS_HOST_ROLE: 'teacher', HMS_GUEST_ROLE: 'student' });
    const { host, ann } = await meeting();
    expect([claimsIn(host.token)['role'], claimsIn(ann.token)['role']]).toEqual(['teacher', 'student']);
  });
});
