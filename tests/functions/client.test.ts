/** The client, as it is served, against the running service: small, alone, and typed by the very schemas. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createFoyer, type Foyer } from '../../client/foyer';
import { buildClient } from '../../scripts/build/client';
import { type Runtime, startRuntime } from '../support/runtime';

const MOST_BYTES = 4_096;

let running: Runtime;
let foyer: Foyer;
beforeAll(async () => {
  running = await startRuntime();
  foyer = createFoyer({ origin: running.origin });
});
afterEach(() => running.restore());
afterAll(() => running.close());

test('what is served has four kilobytes at most and imports nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-client-'));
  await buildClient(join(__dirname, '../..'), folder);
  const code = readFileSync(join(folder, 'foyer-client.js'));
  rmSync(folder, { recursive: true });
  expect(gzipSync(code).length).toBeLessThanOrEqual(MOST_BYTES);
  expect(code.toString()).not.toMatch(/\bimport\b|\brequire\b|zod/i);
  expect(code.toString()).toMatch(/export\s*\{[^}]*createFoyer/);
});

test('a meeting, from creating to ending', async () => {
  const { meeting_id, admission } = await foyer.post('/admin/create', { admission: 'manual' });
  expect(admission).toBe('manual');
  const guest = await foyer.post('/user/enter-waiting-room', { meeting_id, name: 'Ann' });
  const { guests } = await foyer.post('/admin/admit', { meeting_id, all: true });
  expect(guests).toMatchObject([{ name: 'Ann', state: 'admitted' }]);
  const { room_id } = await foyer.post('/admin/join', { meeting_id });
  const joined = await foyer.post('/user/join', { meeting_id, room_id, identity: guest.identity });
  expect(joined.room_id).toBe(room_id);
  expect(await foyer.post('/admin/end', { meeting_id })).toEqual({ meeting_id, state: 'ended' });
});

test('reads by GET what the service lists', async () => {
  const room = await foyer.post('/rooms', { roomName: 'Town hall' });
  const { rooms } = await foyer.get('/rooms', { limit: 1 });
  expect(rooms).toMatchObject([{ roomId: room.id, name: 'Town hall' }]);
  expect(await foyer.get('/health')).toMatchObject({ status: 'ok' });
});

test('every route for clients is typed, and a wrong parameter does not compile', () => {
  // @ts-expect-error there is no such admission
  const wrong = () => foyer.post('/admin/create', { admission: 'open' });
  // @ts-expect-error the meeting's number is missing
  const missing = () => foyer.post('/admin/join');
  expect([typeof wrong, typeof missing]).toEqual(['function', 'function']);
});

test('a refusal carries status, sentence and the id of the log line, in every family', async () => {
  for (const [refused, status, message] of [
    [() => foyer.post('/admin/join', { meeting_id: 'x' }), 400, /^meeting_id must be the meeting number/],
    [() => foyer.post('/calls/end', { callId: '', userId: 'a' }), 400, /^callId must be/],
    [
      () => foyer.post('/livekit/join-room', { roomName: '', uid: 'a' }),
      400,
      /^Missing required parameter: roomName/,
    ],
    [() => foyer.get('/api/v1/meetings/info', { meeting_id: 'none' }), 404, /^Meeting not found$/],
  ] as const) {
    await expect(refused()).rejects.toMatchObject({
      name: 'Refused',
      status,
      message: expect.stringMatching(message) as string,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  }
});

test('sends the key it has at that moment', async () => {
  running.environment['ADMIN_API_KEY'] = 'the key';
  const keys: string[] = [];
  const keyed = createFoyer({ origin: running.origin, key: () => keys.at(-1) });
  await expect(keyed.post('/admin/create')).rejects.toMatchObject({ status: 403 });
  keys.push('the key');
  expect(await keyed.post('/admin/create')).toMatchObject({ admission: 'auto' });
});

test('does not repeat an invitation that may have been sent', async () => {
  let asked = 0;
  const vendor = createServer((_, response) => {
    asked += 1;
    response.writeHead(500).end();
  });
  await new Promise<void>((done) => vendor.listen(0, '127.0.0.1', done));
  running.environment['TWILIO_API_URL'] = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
  const { meeting_id } = await foyer.post('/admin/create');
  const refused = await foyer
    .post('/admin/invite', { meeting_id, phone: '+14155550123' })
    .catch((error: unknown) => error);
  vendor.closeAllConnections();
  await new Promise((done) => vendor.close(done));
  expect(refused).toMatchObject({
    status: 503,
    message: expect.stringMatching(/may or may not have been sent/) as string,
  });
  expect(asked).toBe(1);
});

test('asks a busy server again when it says so, and gives up on one that wants too long or is not there', async () => {
  let asked = 0;
  let wait = '0';
  const server = createServer((_, response) => {
    asked += 1;
    if (asked < 3 || wait !== '0') {
      response.writeHead(503, { 'retry-after': wait }).end('{"message":"try again"}');
    } else response.end('{"status":"ok"}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const busy = createFoyer({ origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  expect(await busy.get('/health')).toEqual({ status: 'ok' });
  expect(asked).toBe(3);
  wait = '60';
  await expect(busy.get('/health')).rejects.toMatchObject({
    status: 503,
    retryAfter: 60,
    message: 'try again',
  });
  expect(asked).toBe(4);
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await expect(busy.get('/health')).rejects.toMatchObject({ name: 'Unreachable' });
});
