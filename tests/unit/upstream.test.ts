/** Calls to a vendor: how often it is asked, and what is said of it when it fails. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Upstream } from '../../src/upstream/upstream';
import { ManualTime } from '../support/manual-time';

let vendor: Server;
let origin: string;
/** How the vendor answers, one after the other; the last for ever. */
let statuses: number[];
let asked: number;

beforeAll(async () => {
  vendor = createServer((req, res) => {
    asked += 1;
    req.resume();
    res.writeHead(statuses.length > 1 ? (statuses.shift() ?? 0) : (statuses[0] ?? 0)).end('{}');
  });
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = 0;
});
afterAll(() => {
  vendor.closeAllConnections();
  vendor.close();
});

const call = (path = '/', options = {}, upstream = new Upstream(new ManualTime())) =>
  upstream.request({ method: 'POST', url: origin + path, headers: {} }, options);

test.each([408, 429, 500, 502, 503, 504])('a %i is asked again, and not seen', async (status) => {
  statuses = [status, status, 201];
  expect(await call()).toEqual({ status: 201, body: '{}' });
  expect(asked).toBe(3);
});

test.each([200, 302, 400, 401, 403, 404, 409, 412])('a %i is an answer', async (status) => {
  statuses = [status];
  expect(await call()).toEqual({ status, body: '{}' });
  expect(asked).toBe(1);
});

test('one that keeps failing is asked eight times at most, in ever longer pauses, then it is "try again"', async () => {
  statuses = [503];
  const clock = new ManualTime();
  const pauses: number[] = [];
  const sleep = clock.sleep.bind(clock);
  clock.sleep = (ms) => {
    pauses.push(ms);
    return sleep(ms);
  };
  await expect(call('/', {}, new Upstream(clock))).rejects.toMatchObject({ code: 'try-again' });
  expect(asked).toBe(8);
  pauses.forEach((ms, index) => expect(ms).toBeLessThanOrEqual(Math.min(1_600, 100 * 2 ** index)));
  expect(pauses).toHaveLength(7);
});

test('nothing is asked once the time of the request is up', async () => {
  statuses = [503];
  const clock = new ManualTime();
  const upstream = new Upstream(clock, 1_000);
  clock.advance(1_000);
  await expect(call('/', {}, upstream)).rejects.toMatchObject({ code: 'try-again' });
  expect(upstream.calls).toBe(0);
});

test('a rate limit is handed back to who wants it', async () => {
  statuses = [429];
  expect(await call('/', { rateLimit: 'answer' })).toMatchObject({ status: 429 });
  expect(asked).toBe(1);
});

test('what failed is named for the log, and whose it was is not', async () => {
  statuses = [503];
  const service = `/v1/Services/IS${'0'.repeat(32)}`;
  const [ann, name] = ['guest.482913.g0c56e09cfe781674.mwqqj77w.QW5u.1', `guest.${'x'.repeat(43)}`];
  await expect(call(`${service}/Documents/${name}/Permissions/${ann}`)).rejects.toMatchObject({
    cause: { message: `POST ${service}/Documents/…/Permissions/…: status 503` },
  });
  await expect(call('/twirp/livekit.RoomService/CreateRoom?key=value')).rejects.toMatchObject({
    cause: { message: 'POST /twirp/livekit.RoomService/CreateRoom: status 503' },
  });
});
