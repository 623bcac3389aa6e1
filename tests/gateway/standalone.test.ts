/** `npm run gateway` and the one file of its image, as processes of their own. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectRaw } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropTimers } from '../support/sync-clients';
import { send } from '../support/http';
import { Device, until } from './device';
import { before, endGateways, runGateway } from './gateway-process';
import { SpokenFunctions } from './spoken-functions';

const ROOT = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'foyer-gateway-'));
let functions: SpokenFunctions;

beforeAll(async () => {
  functions = await SpokenFunctions.start();
});
afterEach(endGateways);
afterAll(async () => {
  await functions.close();
  rmSync(folder, { recursive: true, force: true });
  dropTimers();
});
beforeEach(() => {
  functions.asked.length = 0;
  functions.answers.clear();
});

test('without what it needs it says what, line by line, and ends', async () => {
  const gateway = runGateway({ GATEWAY_SECRET: 'short', PORT: 'any', TRUSTED_PROXIES: 'everybody' });
  expect(await gateway.exit).toBe(1);
  expect(gateway.lines.toSorted()).toEqual([
    expect.stringMatching(/^FUNCTIONS_URL is required: /),
    expect.stringMatching(/^GATEWAY_SECRET is not valid: expected at least 16 /),
    expect.stringMatching(/^PORT is not valid: /),
    expect.stringMatching(/^TRUSTED_PROXIES is not valid: /),
  ]);
});

test('it answers what functions cannot: parameters in the address, DELETE, sockets', async () => {
  const origin = await runGateway(before(functions.origin)).ready();
  functions.answers.set('/api/v1/meetings/delete', ({ headers, body }) => ({ json: { headers, body } }));
  const reply = await send(`${origin}/api/v1/meetings/abc-defg-hij`, { method: 'DELETE' });
  expect(reply.json.headers).toMatchObject({
    host: functions.origin.host,
    'x-foyer-path': 'meeting_id=abc-defg-hij',
    'x-foyer-origin': origin,
    'x-foyer-client': '127.0.0.1',
  });
  functions.answers.set('/', () => ({ json: { page: true } }));
  expect((await send(`${origin}/`, { method: 'GET' })).json).toEqual({ page: true });
  expect((await send(`${origin}/nothing/..%2fhere`, { method: 'GET' })).status).toBe(404);
  const device = await Device.connect(origin, '?id=ann');
  await functions.post({ to: { users: ['ann'] }, message: { id: 'call:1' } });
  await device.hears(({ id }) => id === 'call:1');
});

test('whose address counts behind a proxy: the one that the proxies that are trusted saw', async () => {
  const trusted = await runGateway({
    ...before(functions.origin),
    TRUSTED_PROXIES: '203.0.113.0/24',
  }).ready();
  functions.answers.set('/admin/create', ({ headers }) => ({ json: headers }));
  const clientOf = async (chain: string): Promise<unknown> =>
    (await send(`${trusted}/admin/create`, { headers: { 'x-forwarded-for': chain } })).json['x-foyer-client'];
  expect(await clientOf('198.51.100.7, 203.0.113.9')).toBe('198.51.100.7');
  expect(await clientOf('192.0.2.1, 198.51.100.7, 203.0.113.9')).toBe('198.51.100.7');
  expect(await clientOf('198.51.100.7, 192.0.2.9')).toBe('192.0.2.9');
});

test('one address asks so often, and is then told to wait a second', async () => {
  const origin = await runGateway(before(functions.origin)).ready();
  const ask = (address: string, more = '') =>
    `GET /nothing HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: ${address}\r\n${more}\r\n`;
  const socket = connectRaw(Number(new URL(origin).port), '127.0.0.1');
  let answers = '';
  socket.on('data', (data) => (answers += data.toString()));
  // All at once, and so quickly that even a busy machine does not fill the allowance meanwhile.
  socket.write(ask('198.51.100.7').repeat(1200) + ask('198.51.100.8', 'Connection: close\r\n'));
  await once(socket, 'close');
  const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));
  const refused = statuses.filter((status) => status === 429).length;
  expect(statuses).toHaveLength(1201);
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThanOrEqual(800);
  expect(answers).toMatch(/429 [^]*retry-after: 1\r\n[^]*Error: too many requests/i);
  expect(statuses.at(-1)).toBe(404);
});

test('told to end, it is no longer ready, sends everybody elsewhere and has ended within two seconds', async () => {
  const gateway = runGateway(before(functions.origin));
  const origin = await gateway.ready();
  const devices = await Promise.all(
    Array.from({ length: 20 }, (_, i) => Device.connect(origin, `?id=user-${i}`)),
  );
  const begun = performance.now();
  gateway.child.kill('SIGTERM');
  await until(() => devices.some(({ ending }) => ending));
  expect((await send(`${origin}/readyz`, { method: 'GET' })).status).toBe(503);
  expect(await gateway.exit).toBe(0);
  expect(performance.now() - begun).toBeLessThan(2000);
  for (const device of devices) expect(await device.ends()).toMatchObject({ code: 1012 });
  const gone = functions.at('/gateway/disconnect').flatMap(({ body }) => body.sockets as object[]);
  expect(gone).toHaveLength(20);
});

test('of two gateways one is killed: the other’s sockets hear everything, and the lost ones come to it', async () => {
  const first = runGateway(before(functions.origin));
  const onFirst = await Device.connect(await first.ready(), '?id=ann');
  const [killed = ''] = functions.gateways.slice(-1);
  const secondOrigin = await runGateway(before(functions.origin)).ready();
  const onSecond = await Device.connect(secondOrigin, '?id=bob');
  const [survivor = ''] = functions.gateways.slice(-1);
  expect(survivor).not.toBe(killed);

  first.child.kill('SIGKILL');
  expect(await onFirst.ends()).toMatchObject({ code: 1006 });
  const event = (n: number) => ({ id: `call:${n}`, type: 'END_CALL' });
  functions.answers.set('/gateway/connect', () => ({ json: { events: [event(1)] } }));
  const back = await Device.connect(secondOrigin, '?id=ann&last_event_id=call:0');
  expect(functions.at('/gateway/connect').at(-1)?.body).toMatchObject({ id: 'ann', last_event_id: 'call:0' });
  await functions.post({ to: { users: ['ann', 'bob'] }, message: event(2) }, { gateway: survivor });
  await Promise.all([back, onSecond].map((device) => device.hears(({ id }) => id === 'call:2')));
  expect(back.told).toEqual([event(1), event(2)]);
});

test('its image is one file, made as the Dockerfile makes it, that needs nothing but Node', async () => {
  const [, script = ''] =
    /^RUN npx tsx (\S+) \/out\/gateway\.js$/m.exec(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')) ?? [];
  const file = join(folder, 'gateway.js');
  execFileSync(process.execPath, ['--import', require.resolve('tsx'), join(ROOT, script), file]);
  const gateway = runGateway(before(functions.origin), [file]);
  const device = await Device.connect(await gateway.ready(), '?id=ann');
  await functions.post({ to: { users: ['ann'] }, message: { id: 'call:1' } });
  await device.hears(({ id }) => id === 'call:1');
  gateway.child.kill('SIGTERM');
  expect(await gateway.exit).toBe(0);
});
