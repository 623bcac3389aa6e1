/** The 100ms emulator by hand, as its manual has it: the vendor's own SDK is of another licence and not kept up. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmsEmulator, type HmsEmulator } from '../../emulator/hundredms/server';
import { ManualClock } from '../../emulator/twilio/clock';
import { send } from '../support/http';

const KEY = 'access-key';
const SECRET = 'app-secret-app-secret-app-secret';

let emulator: HmsEmulator;
let clock: ManualClock;
let origin: string;

const start = async (options: Partial<Parameters<typeof createHmsEmulator>[0]> = {}) => {
  clock = new ManualClock();
  emulator = createHmsEmulator({ keys: { [KEY]: SECRET }, clock, ...options });
  ({ origin } = await emulator.listen());
};

beforeEach(() => start());
afterEach(() => emulator.close());

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param over replaces claims; undefined takes one away. */
function tokenOf(type: 'management' | 'app', over: Record<string, unknown> = {}, secret = SECRET): string {
  const now = Math.floor(clock.now() / 1000);
  const claims = { access_key: KEY, type, version: 2, jti: 'j', iat: now, nbf: now, exp: now + 86_400 };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, ...over })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
const ticket = (room_id: string, user_id: string, over = {}) =>
  tokenOf('app', { room_id, user_id, role: 'guest', ...over });

/** @param call `POST /rooms` */
async function api(call: string, body?: unknown, token?: string) {
  const [method = '', path = ''] = call.split(' ');
  const authorization = `Bearer ${token ?? tokenOf('management')}`;
  const reply = await send(`${origin}/v2${path}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: reply.status, json: reply.json };
}
const create = async (name: string, more = {}): Promise<string> =>
  (await api('POST /rooms', { name, ...more })).json.id as string;
const peersOf = async (id: string, query = '') =>
  Object.values<{ id: string; user_id: string }>(
    (await api(`GET /active-rooms/${id}/peers${query}`)).json.peers,
  );

describe('rooms', () => {
  test('are made once; a name that there is, in any case, finds its room and changes what is said', async () => {
    const made = await api('POST /rooms', { name: 'Daily-1', size: 3, description: 'd' });
    expect(made).toMatchObject({
      status: 200,
      json: { id: expect.stringMatching(/^[0-9a-f]{24}$/), name: 'Daily-1', enabled: true, size: 3 },
    });
    const again = await api('POST /rooms', { name: 'daily-1', size: 5 });
    expect(again.json).toMatchObject({ id: made.json.id, name: 'Daily-1', size: 5, description: 'd' });
    expect((await api(`GET /rooms/${made.json.id}`)).json).toEqual(again.json);
    expect((await api('POST /rooms', {})).json.name).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('stay as disabled as they are when their name comes again', async () => {
    const id = await create('r');
    expect((await api(`POST /rooms/${id}`, { enabled: false })).json).toMatchObject({ id, enabled: false });
    expect((await api('POST /rooms', { name: 'r' })).json).toMatchObject({ id, enabled: false });
    expect((await api(`POST /rooms/${id}`, { enabled: true })).json.enabled).toBe(true);
  });

  test('are listed newest first, page by page, those that are enabled unless told', async () => {
    for (let index = 0; index < 25; index += 1) await create(`room-${index}`);
    const disabled = await create('off');
    await api(`POST /rooms/${disabled}`, { enabled: false });
    const names: string[] = [];
    let last = '';
    for (let pages = 0; pages < 3; pages += 1) {
      const page = await api(`GET /rooms?limit=10${last && `&start=${last}`}`);
      names.push(...page.json.data.map(({ name }: { name: string }) => name));
      last = page.json.last as string;
    }
    expect(names).toEqual(Array.from({ length: 25 }, (_, index) => `room-${24 - index}`));
    expect((await api(`GET /rooms?start=${last}`)).json).toEqual({ limit: 10, data: [] });
    expect((await api('GET /rooms?enabled=false')).json.data).toMatchObject([{ name: 'off' }]);
    expect((await api('GET /rooms?name=ROOM-7')).json.data).toMatchObject([{ name: 'room-7' }]);
    expect((await api('GET /rooms?name=room')).json.data).toEqual([]);
  });

  test.each<[string, string, unknown]>([
    ['a space in a name', 'POST /rooms', { name: 'my room' }],
    ['another alphabet', 'POST /rooms', { name: 'комната' }],
    ['a name that is none', 'POST /rooms', { name: 5 }],
    ['a size of too many', 'POST /rooms', { name: 'r', size: 2501 }],
    ['a short session', 'POST /rooms', { name: 'r', max_duration_seconds: 119 }],
    ['an unknown region', 'POST /rooms', { name: 'r', region: 'mars' }],
    ['an unknown template', 'POST /rooms', { name: 'r', template_id: 'mine' }],
    ['a template by its old name', 'POST /rooms', { name: 'r', template: 'mine' }],
    ['no JSON', 'POST /rooms', '{nonsense'],
    ['no object', 'POST /rooms', '[]'],
    ['a page too small', 'GET /rooms?limit=9', undefined],
    ['a page too large', 'GET /rooms?limit=101', undefined],
    ['a start that is nothing', 'GET /rooms?start=x', undefined],
  ])('%s is refused in the vendor’s shape', async (_, call, body) => {
    const { status, json } = await api(call, body);
    expect([status, json]).toMatchObject([400, { code: 400, message: expect.any(String) }]);
    expect(json.details).toHaveLength(1);
    expect(emulator.rooms).toEqual([]);
  });

  test.each(['GET /rooms/none', 'POST /rooms/none', 'GET /active-rooms/none', 'DELETE /rooms', 'GET /nope'])(
    '%s is not found',
    async (call) => {
      expect(await api(call)).toMatchObject({ status: 404, json: { code: 404 } });
    },
  );
});

describe('tokens of management', () => {
  test.each<[string, () => string]>([
    ['of an app', () => tokenOf('app', { room_id: 'r', role: 'host' })],
    ['of another key', () => tokenOf('management', { access_key: 'other' })],
    ['of a key that is a word of the language', () => tokenOf('management', { access_key: 'constructor' })],
    ['signed by another', () => tokenOf('management', {}, `${SECRET}x`)],
    ['of another version', () => tokenOf('management', { version: 1 })],
    ['without jti', () => tokenOf('management', { jti: undefined })],
    ['without exp', () => tokenOf('management', { exp: undefined })],
    ['expired', () => tokenOf('management', { exp: Math.floor(clock.now() / 1000) - 1 })],
    ['not valid yet', () => tokenOf('management', { nbf: Math.floor(clock.now() / 1000) + 5 })],
    ['that are none', () => 'rubbish'],
    ['without a signature', () => `${tokenOf('management').split('.', 2).join('.')}.`],
  ])('%s: 401', async (_, token) => {
    expect(await api('POST /rooms', { name: 'r' }, token())).toMatchObject({
      status: 401,
      json: { code: 401, message: 'Token validation error', details: [expect.any(String)] },
    });
    expect(emulator.rooms).toEqual([]);
  });

  test('none at all: 401', async () => {
    expect((await send(`${origin}/v2/rooms`, { method: 'GET' })).status).toBe(401);
  });
});

describe('peers', () => {
  test('make a room active, and are seen as the vendor shows them', async () => {
    const id = await create('r');
    expect(await api(`GET /active-rooms/${id}/peers`)).toMatchObject({ status: 404, json: { code: 404 } });
    const ann = emulator.join(ticket(id, 'g1:Zoë 🎈'), 'Zoë');
    emulator.join(ticket(id, 'bob', { role: 'host' }));
    expect((await api(`GET /active-rooms/${id}`)).json).toMatchObject({
      id,
      name: 'r',
      session: { peers: [ann.peerId, expect.any(String)] },
    });
    expect(await peersOf(id)).toHaveLength(2);
    const shown = { id: ann.peerId, user_id: 'g1:Zoë 🎈', name: 'Zoë', role: 'guest' };
    expect(await peersOf(id, `?user_id=${encodeURIComponent('g1:Zoë 🎈')}`)).toMatchObject([shown]);
    expect(await peersOf(id, '?role=host')).toMatchObject([{ user_id: 'bob' }]);
    expect((await api(`GET /active-rooms/${id}/peers/${ann.peerId}`)).json).toMatchObject(shown);
    ann.leave();
    ann.leave();
    expect(await peersOf(id)).toMatchObject([{ user_id: 'bob' }]);
    expect((await api(`GET /active-rooms/${id}/peers/${ann.peerId}`)).status).toBe(404);
  });

  test('of one user may be several', async () => {
    const id = await create('r');
    const [one, two] = [emulator.join(ticket(id, 'ann')), emulator.join(ticket(id, 'ann'))];
    expect(one.peerId).not.toBe(two.peerId);
    expect(await peersOf(id, '?user_id=ann')).toHaveLength(2);
  });

  test('are put out by id, which comes first, or by role', async () => {
    const id = await create('r');
    const [ann, bob, host] = [
      emulator.join(ticket(id, 'ann')),
      emulator.join(ticket(id, 'bob')),
      emulator.join(ticket(id, 'host', { role: 'host' })),
    ];
    const remove = (body: object) => api(`POST /active-rooms/${id}/remove-peers`, body);
    expect(await remove({ peer_id: ann.peerId, role: 'host' })).toMatchObject({ status: 200 });
    expect([ann.reason, bob.reason, host.reason]).toEqual(['peer kicked', undefined, undefined]);
    expect(await remove({ peer_id: ann.peerId })).toMatchObject({ status: 404 });
    expect(await remove({})).toMatchObject({ status: 400 });
    await remove({ role: 'guest' });
    expect([bob.reason, host.reason]).toEqual(['peer kicked', undefined]);
  });

  test('all leave when the room ends, and come back unless it is locked', async () => {
    const id = await create('r');
    const end = (body: object) => api(`POST /active-rooms/${id}/end-room`, body);
    expect((await end({ lock: true })).status).toBe(404);
    expect((await api(`GET /rooms/${id}`)).json.enabled).toBe(true);
    const ann = emulator.join(ticket(id, 'ann'));
    expect((await end({})).json).toEqual({ message: 'session is ending' });
    expect(ann.reason).toBe('peer kicked');
    emulator.join(ticket(id, 'ann'));
    await end({ lock: true });
    expect((await api(`GET /rooms/${id}`)).json.enabled).toBe(false);
    const token = ticket(id, 'ann');
    expect(() => emulator.join(token)).toThrow('room is not active');
  });

  test('of a room that is disabled meet as long as somebody is left', async () => {
    const id = await create('r');
    const ann = emulator.join(ticket(id, 'ann'));
    await api(`POST /rooms/${id}`, { enabled: false });
    const bob = emulator.join(ticket(id, 'bob'));
    ann.leave();
    bob.leave();
    const token = ticket(id, 'ann');
    expect(() => emulator.join(token)).toThrow('room is not active');
  });

  test('are as many as the room has places for, and stay as long as it lasts', async () => {
    const id = await create('r', { size: 1, max_duration_seconds: 120 });
    const ann = emulator.join(ticket(id, 'ann'));
    const token = ticket(id, 'bob');
    expect(() => emulator.join(token)).toThrow('room is full');
    clock.advance(119_000);
    expect(ann.reason).toBeUndefined();
    clock.advance(1_000);
    expect(ann.reason).toBe('peer kicked');
    emulator.join(token);
  });

  test.each<[string, (id: string) => string, number]>([
    ['a token of management', () => tokenOf('management'), 401],
    ['a token that has expired', (id) => ticket(id, 'ann', { exp: Math.floor(clock.now() / 1000) }), 401],
    ['a token of another key', (id) => ticket(id, 'ann', { access_key: 'other' }), 401],
    ['a room that is not there', () => ticket('0'.repeat(24), 'ann'), 404],
    ['a role that the template does not know', (id) => ticket(id, 'ann', { role: 'king' }), 403],
    ['no role', (id) => ticket(id, 'ann', { role: undefined }), 403],
  ])('do not join with %s', async (_, token, status) => {
    const id = await create('r');
    const refused = token(id);
    expect(() => emulator.join(refused)).toThrow(expect.objectContaining({ status }));
    expect((await api(`GET /active-rooms/${id}`)).status).toBe(404);
  });

  test('join and leave by HTTP too, for tests in another process, but not by a page', async () => {
    const id = await create('r');
    const body = JSON.stringify({ token: ticket(id, 'ann'), user_name: 'Ann' });
    const page = await send(`${origin}/_emulator/join`, { body, headers: { origin: 'http://evil' } });
    expect(page.status).toBe(403);
    const joined = await send(`${origin}/_emulator/join`, { body });
    expect([joined.status, joined.json]).toMatchObject([200, { user_id: 'ann', name: 'Ann', room_id: id }]);
    const leave = { body: JSON.stringify({ peer_id: joined.json.id as string }) };
    expect((await send(`${origin}/_emulator/peer`, leave)).json).toMatchObject({ user_id: 'ann' });
    expect((await send(`${origin}/_emulator/leave`, leave)).status).toBe(204);
    expect((await send(`${origin}/_emulator/peer`, leave)).status).toBe(404);
    expect((await send(`${origin}/_emulator/leave`, leave)).status).toBe(404);
    expect((await send(`${origin}/_emulator/join`, { body: '{}' })).status).toBe(400);
    await send(`${origin}/_emulator/reset`);
    expect([emulator.rooms, emulator.stats]).toEqual([[], {}]);
  });
});

test('too many calls are refused until time has passed', async () => {
  const token = tokenOf('management');
  const calls = async (count: number) =>
    (await Promise.all(Array.from({ length: count }, () => api('GET /rooms', undefined, token)))).map(
      ({ status }) => status,
    );
  const many = [await calls(500), await calls(500), await calls(2)].flat();
  expect(many.filter((status) => status === 429)).toHaveLength(2);
  clock.advance(1_000);
  expect(await calls(1)).toEqual([200]);
});

describe('webhooks', () => {
  let receiver: Server;
  let url: string;
  let answers: number[] = [];
  const heard: { headers: IncomingHttpHeaders; event: { id: string; type: string; data: object } }[] = [];
  const hear = async (count: number) => {
    while (heard.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    // Nor more than that.
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(heard).toHaveLength(count);
    return heard.map(({ event }) => event);
  };

  beforeEach(async () => {
    heard.length = 0;
    answers = [];
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        heard.push({ headers: request.headers, event: JSON.parse(body) });
        response.writeHead(answers.shift() ?? 200).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    await emulator.close();
    await start({ webhook: { url, headers: { 'x-webhook-secret': 'chosen' } } });
  });
  afterEach(() => new Promise((resolve) => receiver.close(resolve)));

  test('tell what happens, with the header that the receiver chose', async () => {
    const id = await create('r');
    const ann = emulator.join(ticket(id, 'ann'), 'Ann');
    await hear(2);
    ann.leave();
    await hear(4);
    emulator.join(ticket(id, 'bob'));
    await hear(6);
    await api(`POST /active-rooms/${id}/end-room`, { lock: true, reason: 'over' });
    const events = await hear(9);
    expect(events.map(({ type }) => type).toSorted()).toEqual([
      'peer.join.success',
      'peer.join.success',
      'peer.leave.success',
      'peer.leave.success',
      'room.end.success',
      'session.close.success',
      'session.close.success',
      'session.open.success',
      'session.open.success',
    ]);
    expect(new Set(events.map((event) => event.id)).size).toBe(9);
    expect(heard.every(({ headers }) => headers['x-webhook-secret'] === 'chosen')).toBe(true);
    expect(events.find(({ type }) => type === 'peer.join.success')).toMatchObject({
      version: '2.0',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        room_id: id,
        room_name: 'r',
        peer_id: ann.peerId,
        user_id: 'ann',
        user_name: 'Ann',
        role: 'guest',
      },
    });
    expect(events.find(({ type }) => type === 'peer.leave.success')).toMatchObject({
      data: { room_id: id, peer_id: ann.peerId, reason: 'client request', duration: 0 },
    });
    expect(events.find(({ type }) => type === 'room.end.success')).toMatchObject({
      data: { room_id: id, room_name: 'r', lock_room: true, reason: 'over' },
    });
  });

  test('come again after 1, 3 and 10 seconds, the same, until they are answered with 200', async () => {
    answers = [200, 500, 202, 500, 200];
    const id = await create('r');
    emulator.join(ticket(id, 'ann'));
    await hear(2);
    for (const [seconds, count] of [
      [1, 3],
      [3, 4],
      [10, 5],
    ] as const) {
      clock.advance(seconds * 1000 - 1);
      await hear(count - 1);
      clock.advance(1);
      await hear(count);
    }
    expect(new Set(heard.slice(2).map(({ event }) => JSON.stringify(event))).size).toBe(1);
    clock.advance(60_000);
    await hear(5);
  });

  test('are given up after the third time', async () => {
    answers = [200, 500, 500, 500, 500];
    const id = await create('r');
    emulator.join(ticket(id, 'ann'));
    await hear(2);
    for (const seconds of [1, 3, 10]) {
      clock.advance(seconds * 1000);
      await hear(heard.length + 1);
    }
    clock.advance(60_000);
    await hear(5);
  });
});
