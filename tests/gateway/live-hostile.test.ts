/** Whatever one client does, it has an answer, and nobody else notices. */
import { connect as connectRaw } from 'node:net';
import * as fc from 'fast-check';
import { dropTimers } from '../support/sync-clients';
import { Device } from './device';
import { type GatewayUnderTest, startGateway } from './live-gateway';
import { SpokenFunctions } from './spoken-functions';

let functions: SpokenFunctions;
let gateway: GatewayUnderTest;
let witness: Device;
let rings = 0;

beforeAll(async () => {
  functions = await SpokenFunctions.start();
  gateway = await startGateway(functions.origin);
  witness = await Device.connect(gateway.origin, '?id=witness');
});
afterAll(async () => {
  await gateway.close();
  await functions.close();
  dropTimers();
});

/** Milliseconds until somebody else hears what is told now. */
async function delay(): Promise<number> {
  const id = `ring-${++rings}:1`;
  const begun = performance.now();
  await functions.post({ to: { users: ['witness'] }, message: { id } });
  await witness.hears((told) => told.id === id);
  return performance.now() - begun;
}

/** Says it byte by byte, and resolves with all that was answered until the connection closed. */
function rawly(bytes: Buffer): Promise<string> {
  const socket = connectRaw(Number(new URL(gateway.origin).port), '127.0.0.1');
  return new Promise((resolve) => {
    let answer = '';
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      // Whoever ends before the answer is no longer there for it.
      socket.end();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(bytes);
  });
}

const handshake = (target: string): string =>
  `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

const tricky = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '%',
    '%00',
    '%0d%0a',
    '__proto__',
    'constructor',
    '[]',
    '%ud800',
    '\u0000',
    '+',
    '&',
    '=',
    '?',
  ),
);
const addresses = fc
  .array(
    fc.tuple(
      fc.constantFrom('id', 'name', 'location', 'access_token', 'last_event_id', 'x'),
      tricky,
      fc.boolean(),
    ),
    {
      maxLength: 6,
    },
  )
  .map((pairs) =>
    pairs.map(
      ([name, value, isEncoded]) =>
        `${name}=${isEncoded ? encodeURIComponent(Buffer.from(value).toString()) : value}`,
    ),
  )
  .map((pairs) => `/?${pairs.join('&')}`.replaceAll(/[\r\n ]/g, ''));

test('any address is answered: let in, or refused in words', async () => {
  await fc.assert(
    fc.asyncProperty(addresses, async (address) => {
      const answer = await rawly(Buffer.from(handshake(address), 'latin1'));
      expect(answer).toMatch(/^HTTP\/1\.1 (101|400|404|414|426|429|503) /);
      if (!answer.startsWith('HTTP/1.1 101')) expect(answer).toMatch(/\{"message":"[^"]+"\}$|Error: .+/s);
    }),
    { numRuns: 300 },
  );
  expect(await delay()).toBeLessThan(2000);
});

test('any bytes behind a handshake end in a close, or are borne', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const answer = await rawly(Buffer.concat([Buffer.from(handshake('/')), bytes]));
      expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    }),
    { numRuns: 300 },
  );
  expect(await delay()).toBeLessThan(2000);
});

test('any message is answered, or its socket closed with a reason', async () => {
  const json = fc.json().map((text) => Buffer.from(text));
  const shaped = fc
    .record({ event: fc.constantFrom('join', 'leave', 'watch', 'x'), data: fc.object() })
    .map((message) => Buffer.from(JSON.stringify(message)));
  await fc.assert(
    fc.asyncProperty(fc.oneof(json, shaped, fc.uint8Array()), fc.boolean(), async (bytes, binary) => {
      const device = await Device.connect(gateway.origin, '');
      device.socket.send(bytes, { binary });
      await Promise.race([device.hears(() => true), device.ends()]);
      if (device.ending)
        expect(device.ending).toEqual({ code: binary ? 1003 : 1007, reason: expect.stringMatching(/./) });
      else expect(device.told[0]).toEqual({ event: 'error', data: { message: expect.any(String) } });
      device.socket.terminate();
    }),
    { numRuns: 150 },
  );
  expect(await delay()).toBeLessThan(2000);
});

test('thousands of sockets in a few seconds from one address: it is told when it is too much, others ring as before', async () => {
  const headers = { 'x-forwarded-for': '198.51.100.1' };
  const statuses = new Map<number, number>();
  const knock = async (n: number): Promise<void> => {
    const { socket, refusal } = await Device.connect(gateway.origin, `?id=flood-${n}`, { headers });
    const status = refusal?.status ?? 101;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (n % 3 === 0) socket.terminate();
  };
  const delays: number[] = [];
  for (let n = 0; n < 3000; n += 100) {
    const batch = Promise.all(Array.from({ length: 100 }, (_, i) => knock(n + i)));
    const elsewhere = Device.connect(gateway.origin, `?id=elsewhere-${n}`);
    delays.push(await delay());
    expect((await elsewhere).isOpen).toBe(true);
    await batch;
  }
  expect([...statuses.keys()].toSorted((a, b) => a - b)).toEqual([101, 429]);
  expect(statuses.get(429)).toBeGreaterThan(500);
  expect(Math.max(...delays)).toBeLessThan(3000);
}, 60_000);
