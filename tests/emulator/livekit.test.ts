/** The LiveKit emulator through the vendor's own SDK, and by hand where the SDK would not go. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AccessToken,
  DataPacket_Kind,
  RoomServiceClient,
  type VideoGrant,
  WebhookReceiver,
} from 'livekit-server-sdk';
import { WebSocket } from 'ws';
import { createLiveKitEmulator, type LiveKitEmulator } from '../../emulator/livekit/server';
import { ManualClock } from '../../emulator/twilio/clock';
import { send } from '../support/http';

const KEY = 'devkey';
const SECRET = 'secretsecretsecretsecretsecretsecret';

let emulator: LiveKitEmulator;
let clock: ManualClock;
let origin: string;
let rooms: RoomServiceClient;

const start = async (options: Partial<Parameters<typeof createLiveKitEmulator>[0]> = {}) => {
  clock = new ManualClock();
  emulator = createLiveKitEmulator({ keys: { [KEY]: SECRET }, clock, ...options });
  ({ origin } = await emulator.listen());
  rooms = new RoomServiceClient(origin, KEY, SECRET);
};

beforeEach(() => start());
afterEach(() => emulator.close());

async function tokenOf(video: VideoGrant, options: ConstructorParameters<typeof AccessToken>[2] = {}) {
  const token = new AccessToken(KEY, SECRET, { ttl: 60, ...options });
  token.addGrant(video);
  return token.toJwt();
}
const ticket = (room: string, identity: string, options = {}) =>
  tokenOf({ roomJoin: true, room }, { identity, ...options });

const call = async (method: string, token: string | undefined, body: unknown, type = 'application/json') =>
  send(`${origin}/twirp/livekit.RoomService/${method}`, {
    headers: { 'content-type': type, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('rooms', () => {
  test('are made once; who asks again is given the room as it stands', async () => {
    const made = await rooms.createRoom({ name: 'r', maxParticipants: 2, metadata: 'm' });
    const again = await rooms.createRoom({ name: 'r', maxParticipants: 9 });
    expect(made.sid).toMatch(/^RM_\w{12}$/);
    expect(again).toMatchObject({ sid: made.sid, maxParticipants: 2, metadata: 'm', emptyTimeout: 300 });
    expect((await rooms.listRooms(['r', 'none'])).map(({ name }) => name)).toEqual(['r']);
    expect((await rooms.updateRoomMetadata('r', 'new')).metadata).toBe('new');
    await rooms.deleteRoom('r');
    expect(await rooms.listRooms()).toEqual([]);
    await expect(rooms.deleteRoom('r')).rejects.toMatchObject({ status: 404, code: 'not_found' });
  });

  test('close when nobody came, or some time after the last has left', async () => {
    const open = async () => {
      const token = await tokenOf({ roomList: true }, { ttl: '1d' });
      return (await call('ListRooms', token, {})).json.rooms.map(({ name }: { name: string }) => name);
    };
    const create = await tokenOf({ roomCreate: true }, { ttl: '1d' });
    await call('CreateRoom', create, { name: 'used', empty_timeout: 100, departure_timeout: 30 });
    await call('CreateRoom', create, { name: 'unused', emptyTimeout: 100 });
    const ann = emulator.join(await ticket('used', 'ann'));
    clock.advance(99_000);
    expect(await open()).toEqual(['used', 'unused']);
    clock.advance(2_000);
    expect(await open()).toEqual(['used']);
    ann.leave();
    clock.advance(29_000);
    expect(await open()).toEqual(['used']);
    clock.advance(2_000);
    expect(await open()).toEqual([]);
    expect(emulator.stats).toEqual({ CreateRoom: 2, ListRooms: 4 });
  });
});

describe('participants', () => {
  test('are seen as the server shows them', async () => {
    const options = { name: 'Zoë 🎈', metadata: '{"x":1}', attributes: { seat: '1' } };
    const ann = emulator.join(await ticket('r', 'g1:Zoë', options));
    expect(await rooms.listParticipants('r')).toMatchObject([
      { sid: ann.sid, identity: 'g1:Zoë', state: 2, ...options, permission: { canPublish: true } },
    ]);
    expect(await rooms.getParticipant('r', 'g1:Zoë')).toMatchObject({ sid: ann.sid });
    expect(await rooms.updateParticipant('r', 'g1:Zoë', 'new')).toMatchObject({ metadata: 'new' });
    const { sid } = ann.publish({ type: 'AUDIO', source: 'MICROPHONE', name: 'mic' });
    expect(await rooms.mutePublishedTrack('r', 'g1:Zoë', sid, true)).toMatchObject({ sid, muted: true });
    await expect(rooms.mutePublishedTrack('r', 'g1:Zoë', sid, false)).rejects.toMatchObject({ status: 412 });
    await rooms.sendData('r', new Uint8Array([1]), DataPacket_Kind.RELIABLE, {});
    await rooms.removeParticipant('r', 'g1:Zoë');
    expect(ann.reason).toBe('PARTICIPANT_REMOVED');
    await expect(rooms.removeParticipant('r', 'g1:Zoë')).rejects.toMatchObject({
      status: 404,
      code: 'not_found',
    });
    await expect(rooms.mutePublishedTrack('r', 'g1:Zoë', sid, true)).rejects.toMatchObject({ status: 503 });
    expect(await rooms.listParticipants('never')).toEqual([]);
  });

  test('join by HTTP too, for tests in another process', async () => {
    const token = await ticket('r', 'ann');
    const reply = await send(`${origin}/_emulator/join`, { body: JSON.stringify({ token }) });
    expect([reply.status, reply.json]).toMatchObject([200, { identity: 'ann', state: 'ACTIVE' }]);
    const page = await send(`${origin}/_emulator/reset`, { headers: { origin: 'http://evil' } });
    expect(page.status).toBe(403);
    await send(`${origin}/_emulator/reset`);
    expect(await rooms.listRooms()).toEqual([]);
  });

  test('are refused in a room that is not there, where rooms are not made by joining', async () => {
    await emulator.close();
    await start({ autoCreate: false });
    const token = await ticket('r', 'ann');
    expect(() => emulator.join(token)).toThrow('requested room does not exist');
    await rooms.createRoom({ name: 'r' });
    expect(emulator.join(token).identity).toBe('ann');
  });
});

describe('tokens', () => {
  const create = { roomCreate: true };

  test.each<[string, number, () => Promise<string | undefined>, unknown]>([
    ['none', 401, () => Promise.resolve(undefined), { code: 'unauthenticated', msg: 'permissions denied' }],
    ['rubbish', 401, () => Promise.resolve('rubbish'), 'invalid authorization token'],
    [
      'another grant',
      401,
      () => tokenOf({ roomList: true }),
      { code: 'unauthenticated', msg: 'permissions denied' },
    ],
    ['expired', 401, () => tokenOf(create, { ttl: -120 }), /token is expired$/],
    ['expired within the leeway', 200, () => tokenOf(create, { ttl: -30 }), { name: 'r' }],
    ['good', 200, () => tokenOf(create), { name: 'r' }],
  ])('%s: %i', async (_, status, token, answer) => {
    const reply = await call('CreateRoom', await token(), { name: 'r' });
    expect(reply.status).toBe(status);
    if (typeof answer === 'string' || answer instanceof RegExp) expect(reply.text).toMatch(answer);
    else expect(reply.json).toMatchObject(answer as object);
  });

  test('of another key or secret are refused', async () => {
    const other = new RoomServiceClient(origin, 'other', SECRET);
    await expect(other.listRooms()).rejects.toMatchObject({ status: 401, message: 'invalid API key: other' });
    const wrong = new RoomServiceClient(origin, KEY, `${SECRET}x`);
    await expect(wrong.listRooms()).rejects.toMatchObject({ status: 401 });
  });

  test('to moderate one room open no other', async () => {
    const admin = await tokenOf({ roomAdmin: true, room: 'r' });
    expect((await call('ListParticipants', admin, { room: 'r' })).status).toBe(200);
    expect((await call('ListParticipants', admin, { room: 's' })).status).toBe(401);
  });
});

test('what is no call is answered as Twirp answers it', async () => {
  const create = await tokenOf({ roomCreate: true });
  expect((await call('CreateRoom', create, '{nonsense')).json).toMatchObject({ code: 'malformed' });
  expect((await call('CreateRoom', create, { name: 5 })).json).toMatchObject({ code: 'malformed' });
  expect((await call('CreateRoom', create, { name: 'x'.repeat(300) })).json).toMatchObject({
    code: 'invalid_argument',
  });
  expect((await call('Nope', create, {})).json).toMatchObject({ code: 'bad_route' });
  expect((await call('CreateRoom', create, {}, 'text/plain')).status).toBe(404);
  expect((await send(`${origin}/`, { method: 'GET' })).text).toBe('OK');
});

describe('a browser that comes for media', () => {
  const socket = (path: string) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const client = new WebSocket(origin.replace('http', 'ws') + path);
      client.on('error', reject);
      client.on('unexpected-response', (_, response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
    });

  test.each(['/rtc', '/rtc/v1'])('%s: is told at once how to start a real server', async (path) => {
    const token = await ticket('r', 'ann');
    expect(await socket(`${path}?access_token=${token}`)).toMatchObject({ status: 403 });
    const why = await send(`${origin}${path}/validate?access_token=${token}`, { method: 'GET' });
    expect([why.status, why.headers['access-control-allow-origin']]).toEqual([403, '*']);
    expect(why.text).toMatch(/livekit-server.*PATH.*LIVEKIT_URL/);
  });

  test('is refused in the server’s words with a wrong token', async () => {
    expect(await socket('/rtc?access_token=bad')).toEqual({
      status: 401,
      text: 'invalid authorization token',
    });
    const list = await tokenOf({ roomList: true });
    expect(await socket(`/rtc?access_token=${list}`)).toMatchObject({ status: 401 });
    const long = await ticket('r', 'x'.repeat(257));
    expect(await socket(`/rtc?access_token=${long}`)).toMatchObject({ status: 400 });
  });
});

describe('webhooks', () => {
  let receiver: Server;
  const heard: { type: string; body: string; authorization: string }[] = [];

  beforeEach(async () => {
    heard.length = 0;
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { authorization = '', 'content-type': type = '' } = request.headers;
        heard.push({ type, body, authorization });
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    await emulator.close();
    const { port } = receiver.address() as AddressInfo;
    await start({ webhookUrls: [`http://127.0.0.1:${port}/webhooks/livekit`] });
  });
  afterEach(() => new Promise((resolve) => receiver.close(resolve)));

  test('tell in order what happens, and are signed so that the vendor’s receiver believes them', async () => {
    const ann = emulator.join(await ticket('r', 'ann', { name: 'Ann' }));
    emulator.join(await ticket('r', 'ann'));
    await rooms.deleteRoom('r');
    expect(ann.reason).toBe('DUPLICATE_IDENTITY');
    while (heard.length < 6) await new Promise((resolve) => setTimeout(resolve, 5));
    const vendor = new WebhookReceiver(KEY, SECRET);
    const events = await Promise.all(
      heard.map(({ body, authorization }) => vendor.receive(body, authorization)),
    );
    expect(events.map(({ event }) => event)).toEqual([
      'room_started',
      'participant_joined',
      'participant_left',
      'participant_joined',
      'participant_left',
      'room_finished',
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(6);
    expect(events[1]).toMatchObject({
      room: { name: 'r' },
      participant: { identity: 'ann', name: 'Ann', sid: ann.sid },
    });
    expect(heard[0]?.type).toBe('application/webhook+json');
    await expect(vendor.receive(`${heard[0]?.body} `, heard[0]?.authorization)).rejects.toThrow();
  });
});
