/** `npm start` where a livekit-server is on the PATH; here one that only says what it was told. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { send } from '../support/http';
import { call, createCheckout, endAll, isAlive, run, until } from './checkout';

const checkout = createCheckout();
const bin = join(checkout.root, 'bin');
const PATH = [bin, process.env['PATH']].join(delimiter);

/** Answers with its process id and its configuration, and refuses sockets as the real one does. */
const SERVER = `#!${process.execPath}
const config = JSON.parse(process.env.LIVEKIT_CONFIG);
const server = require('node:http').createServer((request, response) => {
  if (request.url.startsWith('/rtc')) response.statusCode = 401;
  response.end(request.url.startsWith('/rtc') ? 'permissions denied' : JSON.stringify({ pid: process.pid, config }));
});
server.on('upgrade', (request, socket) => socket.end('HTTP/1.1 401 Unauthorized\\r\\nconnection: close\\r\\n\\r\\n'));
server.listen(config.port, config.bind_addresses[0]);
`;

beforeAll(() => {
  mkdirSync(bin);
  writeFileSync(join(bin, 'livekit-server'), SERVER);
  chmodSync(join(bin, 'livekit-server'), 0o755);
});
afterAll(async () => {
  await endAll();
  checkout.remove();
});

async function started() {
  const start = run(checkout, 'start.ts', { PATH });
  const origin = await start.ready();
  const { context } = (await call(origin)) as { context: Record<string, string> };
  const server = (await (await fetch(context['LIVEKIT_API_URL'] ?? '')).json()) as {
    pid: number;
    config: { keys: Record<string, string>; rtc: object; webhook: { api_key: string; urls: string[] } };
  };
  return { start, origin, context, server };
}

it('runs it for loopback, with a key of its own and our webhook, and ends it with the rest', async () => {
  const { start, origin, context, server } = await started();
  expect(start.out.join('\n')).toMatch(/^LiveKit: real, .*livekit-server on http:\/\/127\.0\.0\.1:\d+$/m);
  const { LIVEKIT_API_KEY = '', LIVEKIT_API_SECRET } = context;
  const { keys, rtc, webhook } = server.config;
  expect(keys).toEqual({ [LIVEKIT_API_KEY]: LIVEKIT_API_SECRET });
  expect(rtc).toMatchObject({ node_ip: '127.0.0.1', enable_loopback_candidate: true });
  const port = new URL(origin).port;
  expect(webhook).toEqual({
    api_key: LIVEKIT_API_KEY,
    urls: [`http://127.0.0.1:${port}/webhooks/livekit`],
  });
  start.child.kill('SIGTERM');
  expect(await start.exit).toBe(0);
  expect(isAlive(server.pid)).toBe(false);
});

it('passes on, through the front port, why a socket was refused', async () => {
  const { origin } = await started();
  const why = await send(`${origin}/rtc/v1/validate?access_token=x`, { method: 'GET' });
  expect([why.status, why.text, why.headers['access-control-allow-origin']]).toEqual([
    401,
    'permissions denied',
    '*',
  ]);
  expect((await send(`${origin}/rtc/v1/validate`)).status).toBe(404);
});

it('leaves it not behind when it is killed outright', async () => {
  const { start, server } = await started();
  start.child.kill('SIGKILL');
  await start.exit;
  await until(() => !isAlive(server.pid));
});

it('says what a server complains of that does not come up', async () => {
  writeFileSync(join(bin, 'livekit-server'), '#!/bin/sh\necho "no luck today" >&2\nexit 1\n');
  const start = run(checkout, 'start.ts', { PATH });
  expect(await start.exit).toBe(1);
  expect(start.err.join('\n')).toMatch(/livekit-server did not start: no luck today/);
});
