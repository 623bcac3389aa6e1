/** What is peculiar to 100ms: names, rooms that stay for ever, tokens, and who is in a room twice. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmsEmulator, type HmsEmulator } from '../../emulator/hundredms/server';
import { HundredMs, type HmsSettings } from '../../src/adapters/hundredms/media-server';
import { systemClock } from '../../src/ports/clock';
import { Upstream } from '../../src/upstream/upstream';
import { Wire } from '../support/wire';

const KEY = { accessKey: 'key', appSecret: 'secret-secret-secret' };
const SHAPE = { maxParticipants: 4 };

let emulator: HmsEmulator;
let origin: string;
let wire: Wire;

beforeEach(async () => {
  emulator = createHmsEmulator({ keys: { [KEY.accessKey]: KEY.appSecret }, limits: 'off' });
  ({ origin } = await emulator.listen());
  wire = new Wire();
});
afterEach(async () => {
  await wire.close();
  await emulator.close();
});

const adapter = (over: Partial<HmsSettings> = {}, ms?: number) =>
  new HundredMs(
    { ...KEY, apiUrl: `${origin}/v2`, roles: { host: 'host', guest: 'guest' }, ...over },
    new Upstream(systemClock, ms),
    systemClock,
  );
const passFor = (roomId: string, identity = 'ann', role: 'host' | 'guest' = 'guest') =>
  adapter().joinPass(roomId, { identity, role }, 600);

test('names that the vendor would refuse, or take for one, are different rooms; the same again is the same', async () => {
  const names = [
    'My Room',
    'my room',
    'MY ROOM',
    'my-room',
    'my_room',
    'my.room',
    'my:room',
    'комната',
    '🎈',
  ];
  const long = ['x', 'y'].map((end) => `${'n'.repeat(500)}${end}`);
  const open = () => Promise.all([...names, ...long].map((name) => adapter().openRoom(name, SHAPE)));
  const ids = await open();
  expect(new Set(ids).size).toBe(ids.length);
  expect(await open()).toEqual(ids);
});

test('a room is asked for with the places and the template that it is to have', async () => {
  const templateId = 'a'.repeat(24);
  expect(await adapter({ templateId }).ensureRoom('daily', SHAPE)).toMatchObject({
    name: 'daily',
    enabled: true,
    size: 4,
    template_id: templateId,
    created_at: expect.stringMatching(/^\d{4}-/),
  });
});

test('a token says what is needed, and until when', async () => {
  const roomId = await adapter().openRoom('daily', SHAPE);
  const roles = { host: 'teacher', guest: 'student' };
  const pass = await adapter({ roles }).joinPass(roomId, { identity: 'h', name: 'Host', role: 'host' }, 600);
  const claims = JSON.parse(Buffer.from(pass.token.split('.')[1] ?? '', 'base64url').toString());
  const now = Math.floor(Date.now() / 1000);
  expect(claims).toEqual({
    access_key: KEY.accessKey,
    type: 'app',
    version: 2,
    room_id: roomId,
    user_id: 'h',
    role: 'teacher',
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    iat: expect.any(Number),
    nbf: claims.iat,
    exp: expect.any(Number),
  });
  expect(Math.abs(claims.exp - now - 600)).toBeLessThan(3);
  expect(now - claims.nbf).toBeGreaterThanOrEqual(5);
  expect(pass).toMatchObject({ identity: 'h', connectOptions: {} });
  const again = await passFor(roomId);
  expect(again.token).not.toBe((await passFor(roomId)).token);
});

test('whoever does not know which room was the last one finds the one that is open', async () => {
  const ids: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const id = await adapter().openRoom('daily', SHAPE);
    ids.push(id);
    await adapter().closeRoom('daily', id);
  }
  expect(new Set(ids).size).toBe(3);
  const [first, , third] = ids;
  const known = adapter().openRoom('daily', { ...SHAPE, lastId: third });
  const [one, other] = await Promise.all([known, adapter().openRoom('daily', { ...SHAPE, lastId: first })]);
  expect(one).toBe(other);
});

test('peers without an identity, whose tokens are not ours, are people each', async () => {
  const roomId = await adapter().openRoom('daily', SHAPE);
  const { token } = await passFor(roomId, '');
  const [one, other] = [emulator.join(token, 'One'), emulator.join(token, 'Other')];
  const found = await adapter().participants(roomId);
  expect(found.map(({ name }) => name).toSorted()).toEqual(['One', 'Other']);
  await adapter().removeParticipant(roomId, { id: one.peerId, identity: '' });
  expect([one.reason, other.reason]).toEqual(['peer kicked', undefined]);
});

test('who joins while the room is being closed is out, and nobody joins afterwards', async () => {
  wire.jitter(3);
  const apiUrl = `${await wire.to(origin)}/v2`;
  let arrivals = 0;
  for (let round = 0; round < 60; round += 1) {
    const name = `round-${round}`;
    const roomId = await adapter().openRoom(name, SHAPE);
    const { token } = await passFor(roomId);
    const came: { readonly reason: unknown }[] = [];
    // Into a room that has been empty until some moment of the closing.
    const coming = setTimeout(() => {
      try {
        came.push(emulator.join(token));
      } catch {
        // Refused: what the vendor says is looked at below.
      }
    }, round % 10);
    await adapter({ apiUrl }).closeRoom(name, roomId);
    clearTimeout(coming);
    arrivals += came.length;
    expect(came.filter(({ reason }) => reason === undefined)).toEqual([]);
    expect(await adapter().participants(roomId)).toEqual([]);
    expect(() => emulator.join(token)).toThrow('room is not active');
  }
  expect(arrivals).toBeGreaterThan(0);
});

test('all rooms of a name are closed where the last one is not known', async () => {
  let lastId: string | undefined;
  for (let openings = 0; openings < 3; openings += 1) {
    if (lastId !== undefined) await adapter().closeRoom('daily', lastId);
    lastId = await adapter().openRoom('daily', { ...SHAPE, lastId });
  }
  const ann = emulator.join((await passFor(lastId ?? '')).token);
  const other = await adapter().openRoom('daily-b', SHAPE);
  await adapter().closeRoom('daily');
  expect([ann.reason, await adapter().isOpen(lastId ?? '')]).toEqual(['peer kicked', false]);
  expect(await adapter().isOpen(other)).toBe(true);
});

test('a closing that was interrupted is finished by the next', async () => {
  const apiUrl = `${await wire.to(origin)}/v2`;
  const roomId = await adapter().openRoom('daily', SHAPE);
  const ann = emulator.join((await passFor(roomId)).token);
  wire.fail({ fault: 'reset', moment: 'before', from: 3, to: Infinity });
  await expect(adapter({ apiUrl }, 300).closeRoom('daily', roomId)).rejects.toMatchObject({
    code: 'try-again',
  });
  wire.clear();
  await adapter({ apiUrl }).closeRoom('daily', roomId);
  expect(ann.reason).toBe('peer kicked');
  expect(wire.calls).toHaveLength(3);
});

test('costs: a call to open, one to ask, two at once to put somebody out, three to close, none for a token', async () => {
  const roomId = await adapter().openRoom('daily', SHAPE);
  expect(emulator.stats).toEqual({ 'POST /rooms': 1 });
  await adapter().isOpen(roomId);
  expect(emulator.stats).toEqual({ 'POST /rooms': 1, 'GET /rooms/:id': 1 });
  emulator.join((await passFor(roomId)).token);
  const [ann] = await adapter().participants(roomId);
  await adapter().removeParticipant(roomId, ann ?? { id: '', identity: '' });
  expect(emulator.stats).toMatchObject({
    'GET /active-rooms/:id/peers': 2,
    'POST /active-rooms/:id/remove-peers': 1,
  });
  await adapter().closeRoom('daily', roomId);
  expect(emulator.stats).toEqual({
    'POST /rooms': 1,
    'GET /rooms/:id': 1,
    'GET /active-rooms/:id/peers': 2,
    'POST /active-rooms/:id/remove-peers': 1,
    'GET /rooms': 1,
    'POST /rooms/:id': 1,
    'POST /active-rooms/:id/end-room': 1,
  });
});

test.each(['..', '.', '../rooms', 'a/b', 'a?b', 'a#b', '%2e%2e', '', '🎈'])(
  'an id such as %j is looked up as that, and leads nowhere else',
  async (id) => {
    await adapter().openRoom('daily', SHAPE);
    const apiUrl = `${await wire.to(origin)}/v2`;
    await adapter({ apiUrl })
      .isOpen(id)
      .catch(() => undefined);
    await adapter({ apiUrl })
      .removeParticipant(id, { id, identity: id })
      .catch(() => undefined);
    for (const call of wire.calls)
      expect(call).toMatch(/^\w+ \/v2\/(rooms\/[^/?]*|active-rooms\/[^/?]*\/\w+.*)$/);
    expect(emulator.rooms).toEqual(['daily']);
  },
);

describe('somebody else who answers', () => {
  test.each([
    [404, 'no such page'],
    [404, '{"message":"no such route"}'],
    [200, '<h1>Welcome</h1>'],
    [403, '{"code":403,"message":"no"}'],
  ])('%i %s is an error, never "not found"', async (status, body) => {
    const server = createServer((_, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
    try {
      const media = adapter({ apiUrl });
      await expect(media.isOpen('r')).rejects.toThrow(/^100ms GET \/rooms\/r: status/);
      await expect(media.participants('r')).rejects.toThrow('100ms');
      await expect(media.closeRoom('r', 'id')).rejects.toThrow('100ms');
      await expect(media.removeParticipant('r', { id: 'p', identity: 'i' })).rejects.toThrow('100ms');
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
