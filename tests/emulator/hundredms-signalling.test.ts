/** What clients of the 100ms emulator can do and cannot, by the wire of the vendor's SDK; pages are in tests/browser. */
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { createHmsEmulator, type HmsEmulator } from '../../emulator/hundredms/server';
import { ManualClock } from '../../emulator/twilio/clock';
import { type Reply, send } from '../support/http';
import { connect, type HmsClient } from './hundredms-client';

// Each client's two connections are encrypted in TypeScript alone.
jest.setTimeout(60_000);

const KEY = 'access-key';
const SECRET = 'app-secret-app-secret-app-secret';

let emulator: HmsEmulator;
let clock: ManualClock;
let origin: string;
let roomId: string;
let hooks: Server;
let events: { type: string; data: Record<string, unknown> }[];
let clients: HmsClient[];

beforeEach(async () => {
  clock = new ManualClock();
  clients = [];
  events = [];
  hooks = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      events.push(JSON.parse(Buffer.concat(chunks).toString()) as (typeof events)[number]);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(hooks, 'listening');
  const url = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/`;
  emulator = createHmsEmulator({ keys: { [KEY]: SECRET }, clock, webhook: { url } });
  ({ origin } = await emulator.listen());
  roomId = await createRoom('clinic');
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await emulator.close();
  hooks.close();
});

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function tokenOf(type: 'management' | 'app', over: Record<string, unknown> = {}, secret = SECRET): string {
  const now = Math.floor(clock.now() / 1000);
  const claims = { access_key: KEY, type, version: 2, jti: 'j', iat: now, nbf: now, exp: now + 86_400 };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, ...over })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
const ticket = (user_id: string, over = {}): string =>
  tokenOf('app', { room_id: roomId, user_id, role: 'guest', ...over });

async function api(call: string, body?: object): Promise<Pick<Reply, 'status' | 'json'>> {
  const [method = '', path = ''] = call.split(' ');
  const headers = { authorization: `Bearer ${tokenOf('management')}`, 'content-type': 'application/json' };
  const reply = await send(`${origin}/v2${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: reply.status, json: reply.json };
}
const createRoom = async (name: string, more = {}): Promise<string> =>
  (await api('POST /rooms', { name, ...more })).json.id as string;
const peers = async (): Promise<{ id: string; user_id: string; name: string }[]> =>
  Object.values((await api(`GET /active-rooms/${roomId}/peers`)).json.peers ?? {});

async function visit(user: string, over: { role?: string; id?: string } = {}): Promise<HmsClient> {
  const { id = randomUUID(), ...claims } = over;
  const client = await connect(`${origin.replace('http', 'ws')}/init`, id, ticket(user, claims));
  clients.push(client);
  return client;
}
async function joined(user: string, over: { role?: string; id?: string } = {}): Promise<HmsClient> {
  const client = await visit(user, over);
  await client.join(user);
  await client.next('peer-list');
  return client;
}
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 1_000; tries += 1) {
    if (await holds()) return;
    await new Promise((later) => setTimeout(later, 25));
  }
  throw new Error('it did not come about');
};
const told = (type: string): unknown[] =>
  events
    .filter((event) => event.type === type && event.data['room_id'] === roomId)
    .map(({ data }) => data['user_id']);

describe('before a client connects', () => {
  const ask = (token: string, headers = {}): Promise<Reply> =>
    send(`${origin}/init?peer_id=p`, {
      method: 'GET',
      headers: { authorization: `Bearer ${token}`, ...headers },
    });

  test('it is told where the socket is, by the address that it came by', async () => {
    const { host } = new URL(origin);
    expect((await ask(ticket('ann'))).json.endpoint).toBe(`ws://${host}/init`);
    const tunnel = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'meet.example' };
    expect((await ask(ticket('ann'), tunnel)).json.endpoint).toBe('wss://meet.example/init');
  });

  test.each([
    ['none', () => '', 401],
    ['one for our own calls', () => tokenOf('management'), 401],
    ['one that somebody else has signed', () => tokenOf('app', {}, 'another-secret'), 401],
    ['one from yesterday', () => ticket('ann', { exp: Math.floor(clock.now() / 1000) - 1 }), 401],
    ['one for no room', () => ticket('ann', { room_id: undefined }), 401],
    ['one for a room that there is not', () => ticket('ann', { room_id: 'gone' }), 404],
    ['one of an unknown role', () => ticket('ann', { role: 'king' }), 403],
  ] as [string, () => string, number][])(
    'a token is refused, at both doors: %s',
    async (_, token, status) => {
      const reply = await ask(token());
      expect([reply.status, reply.json.code]).toEqual([status, status]);
      expect(reply.headers['access-control-allow-origin']).toBe('*');
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/init?peer=p&token=${token()}`);
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
      expect(response.statusCode).toBe(status);
    },
  );

  test('a peer without an id, with somebody else’s, or at another address gets no socket', async () => {
    const ann = await joined('ann');
    for (const [path, status] of [
      [`/init?token=${ticket('ann')}`, 400],
      [`/init?peer=${ann.id}&token=${ticket('eve')}`, 403],
      [`/other?peer=p&token=${ticket('ann')}`, 404],
    ] as const) {
      const socket = new WebSocket(origin.replace('http', 'ws') + path);
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
      expect(response.statusCode).toBe(status);
    }
  });
});

describe('a test of a connection', () => {
  const askToken = async (): Promise<string> =>
    (await send(`${origin}/v2/diagnostics/token`, { method: 'GET' })).json.token as string;
  const claimsOf = (token: string): Record<string, string> =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, string>;

  test('has a room of its own for whoever asks, which no account and no webhook knows of', async () => {
    const token = await askToken();
    const { room_id: id } = claimsOf(token);
    const client = await connect(`${origin.replace('http', 'ws')}/init`, randomUUID(), token);
    clients.push(client);
    const { name, known_roles: roles } = await client.next('on-policy-change');
    expect(roles[name].permissions).toMatchObject({ endRoom: false, removeOthers: false });
    await client.join('anybody');
    expect((await client.next('peer-list')).peers).toEqual({});
    expect((await api(`GET /rooms/${id}`)).status).toBe(404);
    expect((await api(`GET /active-rooms/${id}/peers`)).status).toBe(404);
    expect((await api(`POST /active-rooms/${id}/end-room`)).status).toBe(404);
    expect((await api('GET /rooms')).json.data).toMatchObject([{ id: roomId }]);
    // What is told of a room of the account comes after whatever could have been told of this one.
    await joined('ann');
    await until(() => told('peer.join.success').length > 0);
    expect(events.filter(({ data }) => data['room_id'] === id)).toEqual([]);
  });

  test('is nobody else’s: no two tokens lead to one room, and none to a second place in it', async () => {
    const [one, other] = [await askToken(), await askToken()];
    expect(claimsOf(one)['room_id']).not.toBe(claimsOf(other)['room_id']);
    emulator.join(one);
    expect(() => emulator.join(one)).toThrow('room is full');
  });

  test('lasts no longer than its token, and opens no other room with its role', async () => {
    const token = await askToken();
    clock.advance(601_000);
    expect(() => emulator.join(token)).toThrow('Token validation error');
    expect(() => emulator.join(ticket('eve', { role: 'diagnostics-role' }))).toThrow('role not allowed');
  });
});

describe('who joins', () => {
  test('is told what the role may do, is listed by the server API as the token says, and is announced', async () => {
    const ann = await visit('ann:Ann');
    const policy = await ann.next('on-policy-change');
    expect(policy).toMatchObject({
      name: 'guest',
      known_roles: { guest: { publishParams: { allowed: ['audio', 'video', 'screen'] } } },
    });
    expect(await peers()).toEqual([]);
    expect(await ann.join('Ann')).toMatchObject({
      type: 'answer',
      sdp: expect.stringContaining('m=application'),
    });
    expect((await ann.next('peer-list')).peers).toEqual({});
    expect(await peers()).toMatchObject([{ id: ann.id, user_id: 'ann:Ann', name: 'Ann' }]);
    const ben = await joined('ben:Ben');
    expect(await ann.next('on-peer-join')).toMatchObject({
      peer_id: ben.id,
      info: { user_id: 'ben:Ben', name: 'ben:Ben' },
    });
    await until(() => told('peer.join.success').length === 2);
  });

  test('finds who is there already, and what they send', async () => {
    const ann = await joined('ann');
    const { trackId } = await ann.publish('audio', { mute: true });
    const ben = await visit('ben');
    await ben.join();
    expect((await ben.next('peer-list')).peers).toMatchObject({
      [ann.id]: { info: { user_id: 'ann' }, tracks: { [trackId]: { type: 'audio', mute: true } } },
    });
  });

  test.each([
    ['is full', async () => void (await joined('first')), { size: 1 }, /full/],
    [
      'is disabled',
      async () => void (await api(`POST /rooms/${roomId}`, { enabled: false })),
      {},
      /not active/,
    ],
  ])('a room that %s is refused, and nobody has joined', async (_, before, shape, words) => {
    roomId = await createRoom('narrow', shape);
    await before();
    const there = (await peers()).length;
    const ben = await visit('ben');
    await expect(ben.join()).rejects.toMatchObject({ code: 403, message: expect.stringMatching(words) });
    expect(await peers()).toHaveLength(there);
    expect(told('peer.join.success')).not.toContain('ben');
  });

  test.each(['nonsense', 'v=0 nonsense', 'v=0\r\nm=nonsense'])(
    'an offer that is none is refused: %j',
    async (sdp) => {
      const ann = await visit('ann');
      const offer = { type: 'offer', sdp };
      await expect(ann.ask('join', { name: 'Ann', offer })).rejects.toMatchObject({ code: 400 });
      await expect(ann.ask('broadcast', { info: { message: 'm' } })).rejects.toMatchObject({ code: 400 });
      expect(await peers()).toEqual([]);
    },
  );
});

describe('media', () => {
  test('sound comes to everybody else under the id that its sender gave it', async () => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    const track = await ann.publish('audio');
    expect(await ben.next('on-track-add')).toMatchObject({
      peer: { peer_id: ann.id },
      tracks: { [track.trackId]: { type: 'audio' } },
    });
    await until(async () => {
      await track.send(5);
      return (ben.received.get(track.trackId)?.length ?? 0) > 5;
    });
    expect(ann.received.size).toBe(0);
    expect((await api(`GET /active-rooms/${roomId}/peers/${ann.id}`)).json.tracks).toMatchObject({
      [track.trackId]: { type: 'audio', mute: false },
    });
  });

  test('sound stops for whoever wants none, and comes again', async () => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    const track = await ann.publish('audio', { mute: true });
    await until(() => ben.received.has(track.trackId));
    const want = (subscribed: boolean): Promise<object> =>
      ben.wish('prefer-audio-track-state', { subscribed, track_id: track.trackId });
    expect(await want(false)).toMatchObject({ result: {} });
    await track.send(10);
    expect(ben.received.get(track.trackId)).toHaveLength(0);
    expect(await want(true)).toMatchObject({ result: {} });
    await until(async () => {
      await track.send(5);
      return (ben.received.get(track.trackId)?.length ?? 0) > 5;
    });
  });

  test('a picture comes to whoever asks for it, from a whole one on, and stops when nobody looks', async () => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    const track = await ann.publish('video');
    await ben.next('on-track-add');
    const layer = (max_spatial_layer: string, track_id = track.trackId): Promise<object> =>
      ben.wish('prefer-video-track-state', { max_spatial_layer, track_id });
    await until(() => ben.received.has(track.trackId));
    await track.send(20);
    expect(ben.received.get(track.trackId)).toHaveLength(0);
    expect(await layer('high')).toMatchObject({ result: {} });
    await until(async () => {
      await track.send(5);
      return (ben.received.get(track.trackId)?.length ?? 0) > 5;
    });
    await until(() => track.keyframesAsked() > 0);
    expect(await layer('none')).toMatchObject({ result: {} });
    const before = ben.received.get(track.trackId)?.length;
    await track.send(10);
    expect(ben.received.get(track.trackId)).toHaveLength(before ?? -1);
    expect(await layer('high', 'unknown')).toMatchObject({ error: { code: 404 } });
  });

  test('what is not sent any more is taken back, and its place is taken by what is sent next', async () => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    const first = await ann.publish('audio');
    await ben.next('on-track-add');
    await until(() => ben.received.has(first.trackId));
    await first.unpublish();
    expect(Object.keys((await ben.next('on-track-remove'))['tracks'] as object)).toEqual([first.trackId]);
    const second = await ann.publish('audio');
    await until(async () => {
      await second.send(5);
      return (ben.received.get(second.trackId)?.length ?? 0) > 5;
    });
  });

  test('muting is told to the others, of own tracks alone', async () => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    const { trackId } = await ann.publish('audio');
    await ben.next('on-track-add');
    const state = { track_id: trackId, stream_id: 's', type: 'audio', source: 'regular', mute: true };
    ben.tell('track-update', { tracks: { [trackId]: state } });
    ann.tell('track-update', { tracks: { [trackId]: state } });
    expect((await ben.next('on-track-update'))['tracks']).toMatchObject({ [trackId]: { mute: true } });
    expect((await ann.next('on-track-update'))['tracks']).toEqual({});
  });
});

describe('messages', () => {
  test('come to everybody else, to a role, or to one, from whom the server says', async () => {
    const [host, ann, ben] = [
      await joined('host', { role: 'host' }),
      await joined('ann'),
      await joined('ben'),
    ];
    const info = { message: 'hello', type: 'chat' };
    expect(await ann.ask('broadcast', { info })).toMatchObject({ message_id: expect.any(String) });
    for (const client of [host, ben])
      expect(await client.next('on-broadcast')).toMatchObject({
        peer: { peer_id: ann.id },
        private: false,
        info,
      });
    await ann.ask('broadcast', { info, roles: ['host'] });
    await ann.ask('broadcast', { info, peer_id: ben.id });
    await host.next('on-broadcast');
    expect(await ben.next('on-broadcast')).toMatchObject({ private: true });
    await ann.ask('ping', { timestamp: 1 });
    for (const { heard } of [host, ann, ben])
      expect(heard.filter(([method]) => method === 'on-broadcast')).toEqual([]);
  });
});

describe('who leaves', () => {
  test('by a word is gone at once, for the others, the server API and the webhook', async () => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    ben.tell('leave', { client_reason: 'user request' });
    expect(await ann.next('on-peer-leave')).toMatchObject({ peer_id: ben.id });
    expect(await peers()).toMatchObject([{ user_id: 'ann' }]);
    await until(() => told('peer.leave.success').includes('ben'));
  });

  test('by closing the page is gone at once, too', async () => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    ben.socket.close(1001);
    expect(await ann.next('on-peer-leave')).toMatchObject({ peer_id: ben.id });
  });

  test('by a broken socket keeps the place for a while, and may go on by another socket', async () => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    ben.socket.terminate();
    await new Promise((later) => setTimeout(later, 100));
    clock.advance(29_000);
    expect(await peers()).toHaveLength(2);
    const again = await visit('ben', { id: ben.id });
    expect(Object.keys((await again.next('peer-list'))['peers'] as object)).toEqual([ann.id]);
    clock.advance(60_000);
    expect(await again.ask('broadcast', { info: { message: 'still here' } })).toBeDefined();
    expect(await ann.next('on-broadcast')).toMatchObject({ info: { message: 'still here' } });
    again.socket.terminate();
    await new Promise((later) => setTimeout(later, 100));
    clock.advance(31_000);
    expect(await ann.next('on-peer-leave')).toMatchObject({ peer_id: ben.id });
    expect(await peers()).toHaveLength(1);
  });

  test('because the server API says so is told why; so is everybody when the room ends', async () => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    await api(`POST /active-rooms/${roomId}/remove-peers`, { peer_id: ben.id, reason: 'enough' });
    expect(await ben.next('on-peer-leave-request')).toMatchObject({ reason: 'enough', room_end: false });
    await ann.next('on-peer-leave');
    await api(`POST /active-rooms/${roomId}/end-room`, { lock: true, reason: 'over' });
    expect(await ann.next('on-peer-leave-request')).toMatchObject({ reason: 'over', room_end: true });
    expect((await api(`GET /active-rooms/${roomId}/peers`)).status).toBe(404);
  });

  test('because a host says so; a guest may not', async () => {
    const [host, ann] = [await joined('host', { role: 'host' }), await joined('ann')];
    for (const [method, params] of [
      ['peer-leave-request', { requested_for: host.id, reason: '' }],
      ['end-room', { lock: true, reason: '' }],
    ] as const) {
      await expect(ann.ask(method, params)).rejects.toMatchObject({ code: 403 });
    }
    await host.ask('peer-leave-request', { requested_for: ann.id, reason: 'bye' });
    expect(await ann.next('on-peer-leave-request')).toMatchObject({ room_end: false });
    await expect(ann.ask('broadcast', { info: { message: 'm' } })).rejects.toMatchObject({ code: 400 });
  });
});

describe('nonsense', () => {
  test.each([
    ['no JSON', '{', -32700],
    ['no object', '[]', -32600],
    ['no method', '{"id":"1"}', -32600],
  ])('%s is refused, and the conversation goes on', async (_, frame, code) => {
    const ann = await joined('ann');
    ann.socket.send(frame);
    expect(await ann.next('error')).toMatchObject({ code });
    expect(await ann.ask('ping', { timestamp: 1 })).toMatchObject({ timestamp: expect.any(Number) });
  });

  test.each([
    ['rtmp-start', {}, 404],
    ['__proto__', {}, 404],
    ['broadcast', { info: { message: 5 } }, 400],
    ['broadcast', { info: { message: 'm', type: 'x'.repeat(101) } }, 400],
    ['offer', { desc: { type: 'offer', sdp: 'v=0' }, tracks: { a: {} } }, 400],
    ['offer', { desc: { type: 'answer', sdp: 'v=0' }, tracks: {} }, 400],
    ['join', { offer: { type: 'offer', sdp: 'v=0' } }, 400],
    ['peer-leave-request', { requested_for: 5 }, 400],
  ])('%s %j is refused, and changes nothing', async (method, params, code) => {
    const [ann, ben] = [await joined('ann'), await joined('ben')];
    await expect(ann.ask(method, params)).rejects.toMatchObject({ code });
    await ben.ask('ping', { timestamp: 1 });
    expect(ben.heard.filter(([one]) => one !== 'on-policy-change' && one !== 'offer')).toEqual([]);
    expect(await peers()).toHaveLength(2);
  });

  test('a frame that is too large, or too many at once, end the socket and nothing else', async () => {
    const [ann, ben, carl] = [await joined('ann'), await joined('ben'), await joined('carl')];
    ann.socket.send('x'.repeat(300_000));
    expect((await once(ann.socket, 'close'))[0]).toBe(1009);
    for (let n = 0; n < 1_000; n += 1) ben.tell('ping', { timestamp: 1 });
    expect((await once(ben.socket, 'close'))[0]).toBe(1008);
    expect(await carl.ask('ping', { timestamp: 1 })).toBeDefined();
  });
});

test('when everything is forgotten every socket is closed', async () => {
  const ann = await joined('ann');
  emulator.reset();
  await once(ann.socket, 'close');
});
