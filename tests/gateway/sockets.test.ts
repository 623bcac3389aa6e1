/** WebSockets through the front port. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { ask, startFront, type FrontUnderTest } from './behind';

let front: FrontUnderTest;
let server: WebSocketServer;

beforeAll(async () => {
  server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    verifyClient: ({ req }: { req: IncomingMessage }) => !req.url?.includes('refused'),
  });
  server.on('connection', (socket, request) => {
    // At once, so that the first bytes travel together with the handshake.
    socket.send(`hello ${request.url} ${request.headers.host}`);
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  });
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  front = await startFront({ sockets: { '/v3/wsconnect': origin, '/signaling': 'http://127.0.0.1:1' } });
});
afterAll(async () => {
  await front.close();
  for (const socket of server.clients) socket.terminate();
  server.close();
});

const open = (path: string): WebSocket => new WebSocket(`ws://127.0.0.1:${front.port}${path}`);

async function refusalOf(path: string): Promise<number> {
  const socket = open(path);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  socket.terminate();
  return response.statusCode;
}

it('carries messages of every size and kind both ways, and the address that the client used', async () => {
  const socket = open('/v3/wsconnect?token=1');
  const [greeting] = (await once(socket, 'message')) as [Buffer];
  expect(greeting.toString()).toBe(`hello /v3/wsconnect?token=1 127.0.0.1:${front.port}`);
  for (const message of [Buffer.from([0, 1, 2]), Buffer.alloc(300_000, 7)]) {
    socket.send(message);
    const [echo] = (await once(socket, 'message')) as [Buffer];
    expect(echo.equals(message)).toBe(true);
  }
  socket.close();
  await once(socket, 'close');
});

it('ends one side when the other one ends', async () => {
  const first = open('/v3/wsconnect');
  await once(first, 'message');
  const [ofServer] = server.clients;
  first.terminate();
  await once(ofServer as WebSocket, 'close');

  const second = open('/v3/wsconnect');
  await once(second, 'message');
  for (const socket of server.clients) socket.terminate();
  await once(second, 'close');
});

it.each([
  ['where nobody speaks WebSocket', '/other', 404],
  ["at an emulator's other addresses", '/v1/Services', 404],
  ['at a function', '/admin/create', 426],
  ['that its server refuses', '/v3/wsconnect?refused', 401],
  ['to a server that is down', '/signaling', 503],
])('refuses one %s', async (_what, path, status) => {
  expect(await refusalOf(path)).toBe(status);
});

it('never passes on a second request behind a handshake', async () => {
  const socket = connect(front.port, '127.0.0.1');
  socket.write(
    'GET /v3/wsconnect?refused HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n' +
      'POST /_emulator/reset HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
  );
  let received = '';
  socket.on('data', (data) => (received += data.toString()));
  await once(socket, 'close');
  expect(received.match(/HTTP\/1\.1 /g)).toHaveLength(1);
});

it('refuses an upgrade to anything else than WebSocket', async () => {
  const answer = await ask(front.port, 'GET', '/v3/wsconnect', { connection: 'Upgrade', upgrade: 'h2c' });
  expect(answer).toMatchObject({ status: 426, headers: { upgrade: 'websocket' } });
});
