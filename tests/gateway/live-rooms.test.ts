/** What sockets say of rooms, and what they hear of them. */
import { dropTimers } from '../support/sync-clients';
import { Device, until } from './device';
import { type GatewayUnderTest, startGateway } from './live-gateway';
import { SpokenFunctions } from './spoken-functions';

let functions: SpokenFunctions;
let gateway: GatewayUnderTest;

beforeAll(async () => {
  functions = await SpokenFunctions.start();
  functions.renewSeconds = 0.2;
  gateway = await startGateway(functions.origin);
});
afterAll(async () => {
  await gateway.close();
  await functions.close();
  dropTimers();
});
beforeEach(() => {
  functions.asked.length = 0;
  functions.answers.clear();
  const standing = { roomId: 'room', participantCount: 1, userIds: ['ann'] };
  functions.answers.set('/gateway/room-join', () => ({ json: standing }));
  functions.answers.set('/gateway/room-watch', () => ({ json: standing }));
});

const connect = (query = '', options = {}): Promise<Device> => Device.connect(gateway.origin, query, options);
const say = (device: Device, event: string, data: object): void => device.say({ event, data });
const update = (roomId: string, userId: string, action: string) => ({
  event: 'update',
  data: { roomId, userId, action },
});
const tell = (roomId: string, userId: string, action = 'joined') =>
  functions.post({ to: { room: roomId }, message: update(roomId, userId, action) });

test('a socket without a user may join, with its own credentials, and hears how the room stands', async () => {
  const device = await connect('', { headers: { authorization: 'Bearer of-ann' } });
  expect(functions.at('/gateway/connect')).toEqual([]);
  say(device, 'join', { roomId: 'room', userId: 'ann' });
  expect(await device.hears(() => true)).toEqual({
    event: 'room',
    data: { roomId: 'room', participantCount: 1, userIds: ['ann'] },
  });
  const [asked] = functions.at('/gateway/room-join');
  expect(asked?.body).toEqual({
    gateway: functions.gateways[0],
    socket: expect.any(String),
    roomId: 'room',
    userId: 'ann',
  });
  expect(asked?.headers.authorization).toBe('Bearer of-ann');
});

test('who joined or watches a room hears of it, nobody else, and until they leave', async () => {
  const [joins, watches, elsewhere] = await Promise.all([connect(), connect('?id=bob'), connect()]);
  say(joins, 'join', { roomId: 'a', userId: 'ann' });
  say(watches, 'watch', { roomId: 'a' });
  say(elsewhere, 'watch', { roomId: 'b' });
  await Promise.all(
    [joins, watches, elsewhere].map((device) => device.hears(({ event }) => event === 'room')),
  );
  await tell('a', 'carl');
  await Promise.all([joins, watches].map((device) => device.hears(({ event }) => event === 'update')));
  say(joins, 'leave', { roomId: 'a', userId: 'ann' });
  await until(() => functions.at('/gateway/room-leave').length > 0);
  await tell('a', 'carl', 'left');
  await watches.hears(({ data }) => data.action === 'left');
  expect(watches.told.slice(1)).toEqual([update('a', 'carl', 'joined'), update('a', 'carl', 'left')]);
  expect(joins.told.slice(1)).toEqual([update('a', 'carl', 'joined')]);
  expect(elsewhere.told).toHaveLength(1);
});

test('what happens while the functions are asked is told after their answer', async () => {
  const device = await connect();
  functions.answers.set('/gateway/room-watch', async () => {
    await tell('room', 'dora');
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { json: { roomId: 'room', participantCount: 0, userIds: [] } };
  });
  say(device, 'watch', { roomId: 'room' });
  await device.hears(({ event }) => event === 'update');
  expect(device.told.map(({ event }) => event)).toEqual(['room', 'update']);
});

test('a refusal is told in the functions’ words, and nothing is heard of that room', async () => {
  const [device, inside] = await Promise.all([connect(), connect()]);
  say(inside, 'watch', { roomId: 'secret' });
  await inside.hears(({ event }) => event === 'room');
  functions.answers.set('/gateway/room-join', async () => {
    // It happens while they are asked.
    await tell('secret', 'dora');
    await inside.hears(({ event }) => event === 'update');
    return { status: 403, json: { message: 'you are not Bob.' } };
  });
  say(device, 'join', { roomId: 'secret', userId: 'bob' });
  expect(await device.hears(() => true)).toEqual({ event: 'error', data: { message: 'you are not Bob.' } });
  await tell('secret', 'carl');
  say(device, 'watch', { roomId: 'room' });
  await tell('room', 'carl');
  await device.hears(({ event }) => event === 'update');
  expect(device.told.filter(({ data }) => data.roomId === 'secret')).toEqual([]);
});

test('messages of one socket are answered one after the other, as they came', async () => {
  const device = await connect();
  functions.answers.set('/gateway/room-join', async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return {};
  });
  say(device, 'join', { roomId: 'room', userId: 'ann' });
  say(device, 'leave', { roomId: 'room', userId: 'ann' });
  await until(() => functions.at('/gateway/room-leave').length > 0);
  const [join] = functions.at('/gateway/room-join');
  const [leave] = functions.at('/gateway/room-leave');
  expect((leave?.at ?? 0) - (join?.at ?? 0)).toBeGreaterThanOrEqual(95);
});

test('whoever a lost socket had joined is reported as dropped, and looked at when the functions say', async () => {
  const device = await connect();
  for (const roomId of ['a', 'b']) say(device, 'join', { roomId, userId: 'ann' });
  await until(() => device.told.length === 2);
  const at = Date.now() + 400;
  functions.answers.set('/gateway/room-leave', () => ({ json: { check_at: at } }));
  device.socket.terminate();
  await until(() => functions.at('/gateway/room-leave').length === 2);
  const { body } = functions.at('/gateway/room-join')[0] ?? {};
  expect(functions.at('/gateway/room-leave').map((asked) => asked.body)).toEqual([
    { ...body, roomId: 'a', dropped: true },
    { ...body, roomId: 'b', dropped: true },
  ]);
  const check = await until(() => functions.at('/gateway/room-check').find((asked) => asked.at >= at));
  expect(check.body.roomIds).toEqual(expect.arrayContaining(['a', 'b']));
});

test('a socket that is lost in the middle of joining is reported again when that is over', async () => {
  const device = await connect();
  let answer: () => void = () => undefined;
  functions.answers.set('/gateway/room-join', async () => {
    await new Promise<void>((resolve) => (answer = resolve));
    return {};
  });
  say(device, 'join', { roomId: 'room', userId: 'ann' });
  await until(() => functions.at('/gateway/room-join').length > 0);
  device.socket.terminate();
  await until(() => functions.at('/gateway/room-leave').length === 1);
  answer();
  await until(() => functions.at('/gateway/room-leave').length === 2);
});

test('rooms that somebody here is in are looked at whenever the lease is renewed', async () => {
  const device = await connect('?id=ann');
  say(device, 'watch', { roomId: 'watched' });
  const asked = await until(() =>
    functions.at('/gateway/room-check').find(({ body }) => body.roomIds.includes('watched')),
  );
  expect(asked.body.gateway).toBe(functions.gateways[0]);
});

test('functions that have forgotten a gateway hear of its rooms again', async () => {
  const device = await connect('?id=ann');
  say(device, 'join', { roomId: 'room', userId: 'ann' });
  say(device, 'watch', { roomId: 'other' });
  await until(() => device.told.length === 2);
  functions.asked.length = 0;
  functions.forget();
  await until(
    () => functions.at('/gateway/room-join').length > 0 && functions.at('/gateway/room-watch').length > 0,
  );
});
