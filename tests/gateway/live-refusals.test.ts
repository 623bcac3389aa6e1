/** What is not let in, what may not be said, and what is no business of others. */
import { connect as connectRaw } from 'node:net';
import { once } from 'node:events';
import { LIVE_LIMITS } from '../../gateway/live/limits';
import { dropTimers } from '../support/sync-clients';
import { send } from '../support/http';
import { Device, until } from './device';
import { type GatewayUnderTest, startGateway } from './live-gateway';
import { SpokenFunctions } from './spoken-functions';

const PAGE = 'https://meet.example';

let functions: SpokenFunctions;
let gateway: GatewayUnderTest;

beforeAll(async () => {
  functions = await SpokenFunctions.start();
  gateway = await startGateway(functions.origin, { allowedOrigins: [`${PAGE}/`] });
});
afterAll(async () => {
  await gateway.close();
  await functions.close();
  dropTimers();
});
beforeEach(() => {
  functions.asked.length = 0;
  functions.answers.clear();
});

const connect = (query: string, options = {}): Promise<Device> =>
  Device.connect(gateway.origin, query, options);
/** As by somebody else elsewhere. */
const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });

const BAD_ADDRESSES = [
  ['an id given twice', '?id=ann&id=bob', 400, /^id is given more than once\.$/],
  ['a name without an id', '?name=Ann', 400, /^id is required/],
  ['bad percent-encoding', '?id=%E0%A4%A', 400, /^the address is not encoded well\.$/],
  ['bytes that are no UTF-8', '?id=%ff', 400, /^the address is not encoded well\.$/],
  ['an absurdly long name', `?id=ann&name=${'a'.repeat(9000)}`, 414, /^the address is too long\.$/],
  ['a token of several lines', '?id=ann&access_token=a%0d%0ab', 400, /^access_token is no token\.$/],
] as const;

describe.each(BAD_ADDRESSES)('%s', (_what, query, status, message) => {
  test('is refused by HTTP, in words', async () => {
    const { refusal } = await connect(query);
    expect(refusal?.status).toBe(status);
    expect(JSON.parse(refusal?.body ?? '')).toEqual({ message: expect.stringMatching(message) });
    expect(functions.at('/gateway/connect')).toEqual([]);
  });

  test('is refused to a browser by a close code, which its page can read', async () => {
    const device = await connect(query, { origin: PAGE });
    expect(await device.ends()).toEqual({ code: 4000 + status, reason: expect.stringMatching(message) });
  });
});

test.each([401, 403, 409, 400])(
  'what the functions refuse with %i is refused with their words',
  async (status) => {
    functions.answers.set('/gateway/connect', () => ({ status, json: { message: 'you are not Ann.' } }));
    const { refusal } = await connect('?id=ann');
    expect(refusal).toEqual({ status, body: '{"message":"you are not Ann."}' });
    const page = await connect('?id=ann', { origin: PAGE });
    expect(await page.ends()).toEqual({ code: 4000 + status, reason: 'you are not Ann.' });
    expect(functions.at('/gateway/disconnect')).toEqual([]);
  },
);

test('a reason that is longer than a close frame is cut between characters', async () => {
  const message = 'ü'.repeat(100);
  functions.answers.set('/gateway/connect', () => ({ status: 403, json: { message } }));
  const { reason } = await (await connect('?id=ann', { origin: PAGE })).ends();
  expect(reason).toMatch(/^ü{50,60}…$/);
});

test('pages of other origins are refused, whoever they say they are', async () => {
  for (const origin of [
    'https://evil.example',
    'http://meet.example',
    'https://meet.example.evil.example',
    'null',
  ]) {
    expect((await connect('?id=ann', { origin })).refusal?.status).toBe(403);
  }
  expect(functions.at('/gateway/connect')).toEqual([]);
  expect((await connect('?id=ann', { origin: PAGE })).isOpen).toBe(true);
  expect((await connect('?id=ann')).isOpen).toBe(true);
});

test('what is no WebSocket handshake is refused as what it is', async () => {
  const handshake = (headers: Record<string, string>) =>
    send(`${gateway.origin}/?id=ann`, { method: 'GET', headers });
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
  expect((await handshake({ ...upgrade, upgrade: 'h2c' })).status).toBe(426);
  expect((await handshake({ ...upgrade, 'sec-websocket-version': '7' })).status).toBe(426);
  expect((await handshake({ ...upgrade, 'sec-websocket-key': 'short' })).status).toBe(400);
  expect(functions.at('/gateway/connect')).toEqual([]);
});

describe('a socket that says', () => {
  test.each([
    ['no JSON', 'hello', /^a message must be/],
    ['JSON that is no object', '[1]', /^a message must be/],
    ['nothing', '', /^a message must be/],
    [
      'an event that there is not',
      '{"event":"dance","data":{}}',
      /^event must be one of join, leave, watch\.$/,
    ],
    ['no event', '{"data":{"roomId":"r"}}', /^event must be/],
    ['no data', '{"event":"join"}', /^a message must be/],
    ['no room', '{"event":"join","data":{"userId":"ann"}}', /^roomId must be/],
    ['no user', '{"event":"join","data":{"roomId":"r"}}', /^userId must be/],
    ['a user that is no text', '{"event":"leave","data":{"roomId":"r","userId":{}}}', /^userId must be/],
  ])('%s is told so, and stays', async (_what, text, message) => {
    const device = await connect('');
    device.say(text);
    const told = await device.hears(({ event }) => event === 'error');
    expect(told).toEqual({ event: 'error', data: { message: expect.stringMatching(message) } });
    expect(device.ending).toBeUndefined();
    expect(functions.asked.filter(({ path }) => path.startsWith('/gateway/room'))).toEqual([]);
  });

  test('something binary is closed, and told why', async () => {
    const device = await connect('?id=ann');
    device.say(Buffer.from('{"event":"join"}'));
    expect(await device.ends()).toEqual({ code: 1003, reason: expect.stringContaining('binary') });
  });

  test.each([LIVE_LIMITS.messageBytes + 1, 1024 * 1024])(
    '%i bytes is closed, and told the limit',
    async (bytes) => {
      const device = await connect('?id=ann');
      device.say('a'.repeat(bytes));
      expect(await device.ends()).toEqual({ code: 1009, reason: expect.stringContaining('65536') });
    },
  );

  test('what is no text in UTF-8, or no frame, is closed, and told why', async () => {
    const texts = await connect('?id=ann');
    texts.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await texts.ends()).toEqual({ code: 1007, reason: expect.stringContaining('UTF-8') });
  });

  test('too much too fast is closed; the others go on', async () => {
    const [loud, quiet] = await Promise.all([connect(''), connect('')]);
    for (let i = 0; i < LIVE_LIMITS.messages.burst + 20; i += 1) loud.say('nonsense');
    expect(await loud.ends()).toEqual({ code: 1008, reason: expect.stringContaining('too many messages') });
    quiet.say('nonsense');
    await quiet.hears(({ event }) => event === 'error');
  });

  test('too many pings, too', async () => {
    const device = await connect('');
    for (let i = 0; i < LIVE_LIMITS.messages.burst + 20; i += 1) device.socket.ping();
    expect(await device.ends()).toMatchObject({ code: 1008 });
  });
});

test('one address has a thousand sockets; another one notices nothing', async () => {
  const office = from('198.51.100.1');
  const devices: Device[] = [];
  // A hundred at a time: more than a listening socket's backlog at once, and the system itself turns some away.
  while (devices.length < LIVE_LIMITS.socketsPerClient)
    devices.push(...(await Promise.all(Array.from({ length: 100 }, () => connect('', office)))));
  expect(devices.every(({ isOpen }) => isOpen)).toBe(true);
  expect((await connect('', office)).refusal).toMatchObject({
    status: 429,
    body: expect.stringContaining('too many sockets'),
  });
  expect((await connect('', from('198.51.100.2'))).isOpen).toBe(true);
  devices[0]?.socket.close();
  await devices[0]?.ends();
  await until(async () => (await connect('', office)).isOpen);
  for (const { socket } of devices) socket.terminate();
}, 30_000);

test('a flood of sockets of one user is refused by and by, and only at its address', async () => {
  const flood = from('2001:db8:1:2:3::1');
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, i) => connect('?id=ann', i % 2 ? flood : from('2001:db8:1:2:ffff::2'))),
  );
  const refused = outcomes.filter(({ refusal }) => refusal?.status === 429);
  expect(refused.length).toBeGreaterThan(80);
  expect(refused[0]?.refusal?.body).toContain('too often');
  expect((await connect('?id=ann', from('2001:db8:1:3::1'))).isOpen).toBe(true);
  expect((await connect('?id=bob', flood)).isOpen).toBe(true);
});

test('somebody who vanishes in the middle of connecting is reported, and troubles nobody', async () => {
  let let_in: () => void = () => undefined;
  functions.answers.set('/gateway/connect', async () => {
    await new Promise<void>((resolve) => (let_in = resolve));
    return {};
  });
  const { port } = new URL(gateway.origin);
  const socket = connectRaw(Number(port), '127.0.0.1');
  socket.write(
    'GET /?id=gone HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
  const asked = await until(() => functions.at('/gateway/connect')[0]);
  socket.destroy();
  await once(socket, 'close');
  let_in();
  const told = await until(() => functions.at('/gateway/disconnect')[0]);
  expect(told.body.sockets).toEqual([{ socket: asked.body.socket, id: 'gone' }]);
});

test('only a gateway is believed what it says of clients; the rest is stripped', async () => {
  const forged = { 'x-foyer-client': '192.0.2.1', 'x-foyer-front': 'forged', 'x-foyer-path': 'id=1' };
  functions.answers.set('/webhooks/sync', ({ headers }) => ({ json: headers }));
  const { json } = await send(`${gateway.origin}/webhooks/sync`, { headers: forged });
  expect(json['x-foyer-client']).toBe('127.0.0.1');
  expect(json).not.toHaveProperty('x-foyer-path');
});
