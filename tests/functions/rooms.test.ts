/** Rooms that last (seed 003), on the built functions under the real local runtime: 100ms' emulator, Sync, sockets of gateways. */
import { randomBytes } from 'node:crypto';
import { SyncGateways } from '../../src/adapters/twilio/sync/gateways';
import { requestScope } from '../../src/compose/request-scope';
import { composeSync } from '../../src/compose/sync';
import { readSettings } from '../../src/config/settings';
import { twilioSettings } from '../../src/config/twilio';
import { newCallId } from '../../src/domain/call';
import { eventually } from '../contract/media-server.contract';
import { Tab } from '../emulator/twilio-video-tab';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const hex = (): string => randomBytes(8).toString('hex');
const create = (roomName = `room ${hex()}`) => foyer.ok('/rooms', { roomName });
const token = (roomId: string, more: object = {}) =>
  foyer.ok(`/rooms/${encodeURIComponent(roomId)}/token`, { role: 'host', ...more });

interface Listed {
  readonly rooms: readonly {
    readonly roomId: string;
    readonly name: string;
    readonly participantCount: number;
    readonly createdAt: string;
  }[];
  readonly next_cursor?: string;
}
const list = async (query = ''): Promise<Listed> => {
  const { status, text, json } = await foyer.verb('GET', `/rooms${query}`);
  if (status !== 200) throw new Error(text);
  return json as Listed;
};
const countOf = async (roomId: string): Promise<number | undefined> =>
  (await list('?limit=200')).rooms.find((room) => room.roomId === roomId)?.participantCount;

/** A gateway that has a lease, and what it says of its sockets. */
async function gateway() {
  const name = hex();
  const scope = requestScope(foyer.environment, foyer.origin);
  const { sync } = composeSync(scope, readSettings(scope.environment, twilioSettings));
  await new SyncGateways(sync).renew(name);
  const headers = { 'x-foyer-gateway': foyer.environment['GATEWAY_SECRET'] ?? '' };
  const say = (path: string, parameters: object) =>
    foyer.call(path, { gateway: name, ...parameters }, { headers });
  const ok = async (path: string, parameters: object) => {
    const reply = await say(path, parameters);
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
    return reply.json;
  };
  return {
    name,
    say,
    join: (roomId: string, userId: string, socket = 's1') =>
      ok('/gateway/room-join', { roomId, userId, socket }),
    leave: (roomId: string, userId: string, more: object = {}) =>
      ok('/gateway/room-leave', { roomId, userId, socket: 's1', ...more }),
    watch: (roomId: string) => ok('/gateway/room-watch', { roomId, socket: 's1' }),
    check: (...roomIds: string[]) => ok('/gateway/room-check', { roomIds }),
  };
}

describe('the seed to the letter', () => {
  test('a room is created with id, name, created_at and what else the provider says', async () => {
    const room = await create('My Room');
    expect(room).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      name: 'My Room',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      enabled: true,
    });
    expect(room).not.toHaveProperty('recording_info');
  });

  test('a token for a role is issued at the address with the id, with all that a client needs', async () => {
    const { id } = await create();
    const issued = await token(id, { userId: 'ann' });
    expect(issued).toEqual({
      token: expect.any(String) as string,
      userId: 'ann',
      roomId: id,
      provider: '100ms',
      connect_options: { initEndpoint: `http://${foyer.host}` },
    });
    const claims = JSON.parse(
      Buffer.from(String(issued.token).split('.')[1] ?? '', 'base64url').toString(),
    ) as object;
    expect(claims).toMatchObject({ type: 'app', room_id: id, user_id: 'ann', role: 'host' });
    expect(await foyer.ok('/rooms/token', { roomId: id, role: 'guest' })).toMatchObject({
      userId: expect.stringMatching(/^user_[0-9a-f]{8}$/) as string,
    });
  });

  test('rooms are listed newest first with their counts, in pages', async () => {
    const made = [];
    for (let i = 0; i < 3; i += 1) made.push((await create()).id as string);
    const first = await list('?limit=2');
    expect(first.rooms.map(({ roomId }) => roomId)).toEqual([made[2], made[1]]);
    expect(first.rooms[0]).toEqual({
      roomId: made[2],
      name: expect.any(String) as string,
      participantCount: 0,
      createdAt: expect.any(String) as string,
    });
    const rest = await list(`?limit=1&cursor=${encodeURIComponent(first.next_cursor ?? '')}`);
    expect(rest.rooms.map(({ roomId }) => roomId)).toEqual([made[0]]);
  });
});

describe('names', () => {
  test('the same name again is the same room, different names of any script are different rooms', async () => {
    const names = ['Ähre', 'ähre', 'Ahre', '朝会', '朝會', 'a b', 'a-b', 'a_b', 'a b!', 'x'.repeat(200)];
    const rooms = [];
    for (const name of names) rooms.push(await create(name));
    expect(new Set(rooms.map(({ id }) => id as string)).size).toBe(names.length);
    expect(rooms.map(({ name }) => name as string)).toEqual(names);
    const again = await create('朝会');
    expect(again).toMatchObject({ id: rooms[3]?.id as string, created_at: rooms[3]?.created_at as string });
    const { rooms: listed } = await list('?limit=200');
    expect(listed.filter(({ name }) => name === '朝会')).toHaveLength(1);
  });

  test('several who create one room at once get one', async () => {
    const name = hex();
    const made = await Promise.all(Array.from({ length: 6 }, () => create(name)));
    expect(new Set(made.map(({ id }) => id as string)).size).toBe(1);
    const { rooms } = await list('?limit=200');
    expect(rooms.filter((room) => room.name === name)).toHaveLength(1);
  });
});

describe('two verbs at one address', () => {
  test('GET never creates, also with a name', async () => {
    const name = hex();
    const { rooms } = await list(`?roomName=${name}`);
    expect(rooms.map((room) => room.name)).not.toContain(name);
    expect((await list()).rooms.map((room) => room.name)).not.toContain(name);
  });

  test('POST without a name is refused, and nothing is created', async () => {
    const before = (await list('?limit=200')).rooms.length;
    for (const body of [{}, { limit: 3 }, { roomName: '' }, { roomName: null }]) {
      const { status, json } = await foyer.call('/rooms', body);
      expect([status, json]).toEqual([400, { message: expect.stringContaining('roomName') as string }]);
    }
    expect((await list('?limit=200')).rooms).toHaveLength(before);
  });

  test('without the front port the name decides', async () => {
    const name = hex();
    const made = await foyer.ok('/rooms', { roomName: name }, { via: 'functions', headers: front() });
    expect(made).toMatchObject({ name });
    const listed = await foyer.ok('/rooms', {}, { via: 'functions', headers: front() });
    expect(listed).toHaveProperty('rooms');
  });

  const front = () => ({ 'x-foyer-front': foyer.environment['FRONT_PORT_SECRET'] ?? '' });

  test('a client cannot claim another verb', async () => {
    const name = hex();
    const { status } = await foyer.call('/rooms', { roomName: name }, { headers: { 'x-foyer-verb': 'GET' } });
    expect(status).toBe(200);
    expect((await list()).rooms.map((room) => room.name)).toContain(name);
  });
});

describe('who is present', () => {
  test('joining twice counts once, leaving without joining changes nothing, never below nought', async () => {
    const { id } = await create();
    const [one, two] = [await gateway(), await gateway()];
    expect(await one.leave(id, 'ann')).toEqual({});
    expect(await one.join(id, 'ann')).toEqual({ roomId: id, participantCount: 1, userIds: ['ann'] });
    expect(await one.join(id, 'ann')).toMatchObject({ participantCount: 1 });
    expect(await two.join(id, 'ann')).toMatchObject({ participantCount: 1 });
    expect(await two.join(id, 'bob', 's2')).toMatchObject({ participantCount: 2 });
    expect(await countOf(id)).toBe(2);
    await one.leave(id, 'ann');
    expect(await countOf(id)).toBe(2);
    await two.leave(id, 'ann');
    await two.leave(id, 'ann');
    expect(await two.watch(id)).toEqual({ roomId: id, participantCount: 1, userIds: ['bob'] });
    await two.leave(id, 'bob', { socket: 's2' });
    expect(await countOf(id)).toBe(0);
  });

  test('a lost socket counts until the grace is over, and who comes back in time never left', async () => {
    // Long enough for a busy machine to be back in time.
    foyer.environment['LEAVE_GRACE_SECONDS'] = '4';
    const { id } = await create();
    const one = await gateway();
    await one.join(id, 'ann');
    await one.join(id, 'bob', 's2');
    const { check_at } = await one.leave(id, 'ann', { dropped: true });
    await one.leave(id, 'bob', { socket: 's2', dropped: true });
    expect(check_at).toBeGreaterThan(Date.now());
    await one.join(id, 'bob', 's3');
    expect(await one.watch(id)).toMatchObject({ participantCount: 2 });
    await new Promise((resolve) => setTimeout(resolve, Number(check_at) - Date.now() + 100));
    expect(await one.watch(id)).toMatchObject({ userIds: ['bob'] });
    const { participants } = await foyer.ok('/rooms/history', { roomId: id });
    expect(participants).toMatchObject([
      { userId: 'bob', leftAt: null },
      { userId: 'ann', leftAt: expect.any(String) as string },
    ]);
  });

  test('a gateway without a lease holds nobody', async () => {
    const { id } = await create();
    const headers = { 'x-foyer-gateway': foyer.environment['GATEWAY_SECRET'] ?? '' };
    const socket = { gateway: 'unknown', socket: 's1', roomId: id, userId: 'ann' };
    expect((await foyer.call('/gateway/room-join', socket, { headers })).status).toBe(503);
    expect(await countOf(id)).toBe(0);
  });

  test('joining a room that there is not is refused, and so is watching it', async () => {
    const one = await gateway();
    for (const path of ['/gateway/room-join', '/gateway/room-watch']) {
      const { status, json } = await one.say(path, { socket: 's1', roomId: 'none', userId: 'ann' });
      expect([status, json]).toEqual([404, { message: expect.stringContaining('no such room') as string }]);
    }
  });

  test('whoever 100ms tells of is present, and gone when it tells so', async () => {
    const { id } = await create();
    const ann = foyer.hms.join((await token(id, { userId: 'ann' })).token as string, 'Ann');
    await eventually(async () => (await countOf(id)) === 1);
    const one = await gateway();
    expect(await one.join(id, 'ann')).toMatchObject({ userIds: ['ann'] });
    ann.leave();
    await one.leave(id, 'ann');
    await eventually(async () => (await countOf(id)) === 0);
    const { participants } = await foyer.ok('/rooms/history', { roomId: id });
    expect(participants).toHaveLength(1);
  });
});

describe.each(['livekit', 'twilio'] as const)('rooms of %s', (provider) => {
  beforeEach(() => {
    foyer.environment['ROOMS_PROVIDER'] = provider;
  });
  const enter = async (issued: Record<string, unknown>): Promise<{ leave(): void }> => {
    if (provider === 'livekit') return foyer.livekit.join(String(issued['token']));
    const tab = await Tab.join(foyer.videoOrigin, {
      token: String(issued['token']),
      name: String(issued['roomId']),
    });
    if (tab.phase !== 'connected') throw new Error(`refused: ${tab.ending?.code}`);
    return tab;
  };

  test('one name of any script is one room, people meet in it, and its webhooks count them', async () => {
    const name = `朝会 ${hex()}`;
    const { id } = await create(name);
    expect(await create(name)).toMatchObject({ id });
    const issued = await token(id, { userId: 'ann' });
    expect(issued).toMatchObject({ provider, roomId: id, userId: 'ann' });
    const ann = await enter(issued);
    await eventually(async () => (await countOf(id)) === 1);
    ann.leave();
    await eventually(async () => (await countOf(id)) === 0);
    const { participants } = await foyer.ok('/rooms/history', { roomId: id });
    expect(participants).toMatchObject([{ userId: 'ann', leftAt: expect.any(String) as string }]);
  });

  test('a room that everybody has left is there again for whoever has a new token', async () => {
    const { id } = await create();
    const ann = await enter(await token(id, { userId: 'ann' }));
    await eventually(async () => (await countOf(id)) === 1);
    ann.leave();
    await eventually(async () => (await countOf(id)) === 0);
    foyer.clock.advance(3 * 3_600_000);
    const bob = await enter(await token(id, { userId: 'bob' }));
    bob.leave();
  });

  test('the room of a meeting, or of a call, cannot be created as a room', async () => {
    const key = 'x'.repeat(34);
    for (const roomName of [`meeting-${key}`, `abc-defg-hij-${key}`, newCallId()])
      expect((await foyer.call('/rooms', { roomName })).status).toBe(403);
  });
});

describe('who may do what', () => {
  test('creating, listing and history are the operator’s', async () => {
    const { id } = await create();
    foyer.environment['ADMIN_API_KEY'] = 'the key of whoever runs it';
    const headers = { authorization: 'Bearer the key of whoever runs it' };
    expect((await foyer.call('/rooms', { roomName: 'x' })).status).toBe(401);
    expect((await foyer.verb('GET', '/rooms')).status).toBe(401);
    expect((await foyer.call('/rooms/history', { roomId: id })).status).toBe(401);
    expect((await foyer.verb('GET', '/rooms', headers)).status).toBe(200);
    expect((await foyer.call('/rooms/history', { roomId: id }, { headers })).status).toBe(200);
  });

  test('what a gateway says takes its secret', async () => {
    const { id } = await create();
    const said = { gateway: 'g', socket: 's1', roomId: id, userId: 'ann', roomIds: [id] };
    for (const path of ['join', 'leave', 'watch', 'check'].map((what) => `/gateway/room-${what}`)) {
      expect((await foyer.call(path, said)).status).toBe(403);
      expect((await foyer.call(path, said, { headers: { 'x-foyer-gateway': 'guessed' } })).status).toBe(403);
    }
  });

  test('what is recorded holds no token', async () => {
    const { id } = await create();
    const issued = await token(id, { userId: 'ann' });
    const one = await gateway();
    await one.join(id, 'ann');
    const stored = await everythingStored();
    expect(stored).toContain('"userId":"ann"');
    expect(stored).not.toContain(String(issued.token));
    expect(stored).not.toContain(String(issued.token).split('.')[2]);
  });
});

/** All that the Sync service holds, as its REST API shows it. */
async function everythingStored(): Promise<string> {
  const { ACCOUNT_SID = '', AUTH_TOKEN = '', SYNC_SERVICE_SID = '' } = foyer.environment;
  const authorization = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;
  const service = `/v1/Services/${SYNC_SERVICE_SID}`;
  const read = async (path: string): Promise<Record<string, { sid: string }[]>> => {
    const response = await fetch(`${foyer.syncOrigin}${path}?PageSize=100`, { headers: { authorization } });
    return (await response.json()) as Record<string, { sid: string }[]>;
  };
  const all: unknown[] = [await read(`${service}/Documents`)];
  for (const kind of ['Lists', 'Maps']) {
    const { [kind.toLowerCase()]: objects = [] } = await read(`${service}/${kind}`);
    for (const { sid } of objects) all.push(await read(`${service}/${kind}/${sid}/Items`));
  }
  return JSON.stringify(all);
}
