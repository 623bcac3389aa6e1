/** `npm start` on a machine where nothing is configured. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { call, createCheckout, endAll, isAlive, run, type Running, until } from './checkout';

const checkout = createCheckout();
afterAll(async () => {
  await endAll();
  checkout.remove();
});

const foldersOf = ({ child }: Running): string[] =>
  checkout.runFolders().filter((name) => name.startsWith(`${child.pid}-`));

it('says what is emulated, who may do what and where it is, once everything answers there', async () => {
  const start = run(checkout, 'start.ts');
  const origin = await start.ready();
  expect(start.err).toEqual([]);
  expect(start.out).toEqual([
    expect.stringMatching(/^Twilio Sync: emulated on http:\/\/127\.0\.0\.1:\d+, service IS[0-9a-f]{32}$/),
    expect.stringMatching(/^Twilio Video: emulated on http:\/\/127\.0\.0\.1:\d+$/),
    expect.stringMatching(
      /^Twilio Messaging: emulated on http:\/\/127\.0\.0\.1:\d+; what is sent is shown on http:\/\/127\.0\.0\.1:\d+$/,
    ),
    expect.stringMatching(/^LiveKit: (emulated|real, \S+) on http:\/\/127\.0\.0\.1:\d+/),
    expect.stringMatching(/^100ms: emulated on http:\/\/127\.0\.0\.1:\d+$/),
    expect.stringMatching(/^Anybody on this machine may act as operator and user: /),
    `Foyer is ready: ${origin}`,
  ]);

  const { context } = await call(origin);
  expect(context).toMatchObject({
    ACCOUNT_SID: expect.stringMatching(/^AC[0-9a-f]{32}$/) as string,
    AUTH_TOKEN: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    SYNC_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/) as string,
    VIDEO_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/) as string,
    LIVEKIT_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/) as string,
    LIVEKIT_API_KEY: expect.stringMatching(/^API/) as string,
    HMS_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/v2$/) as string,
    HMS_WEBHOOK_SECRET: expect.stringMatching(/^[0-9a-f]{48}$/) as string,
    ALLOW_ANONYMOUS_OPERATORS: 'yes',
    ALLOW_ANONYMOUS_USERS: 'yes',
    DOMAIN_NAME: origin.replace('http://', ''),
  });
  expect(context).not.toHaveProperty('HOME');
  expect(await (await fetch(origin)).text()).toBe('<h1>Foyer</h1>');
  await new Promise((resolve, reject) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/v3/wsconnect`);
    socket.once('error', reject).once('open', () => socket.once('close', resolve).close());
  });
});

it('leaves no secret on the disk while it runs', async () => {
  const [folder = ''] = checkout.runFolders();
  const files = readdirSync(join(checkout.root, '.foyer', folder), { recursive: true }).map(String);
  expect(files.filter((file) => file.includes('env'))).toEqual([]);
});

it('runs beside a second copy of itself, and goes without disturbing it', async () => {
  const second = run(checkout, 'start.ts', {
    ADMIN_API_KEY: 'k',
    AUTH_JWKS_URL: 'https://id.example/keys',
    AUTH_ISSUER: 'https://id.example/',
    AUTH_AUDIENCE: 'https://meet.example',
  });
  const origin = await second.ready();
  expect(checkout.runFolders()).toHaveLength(2);
  const { pid, context } = await call(origin);
  expect(context).toMatchObject({ ADMIN_API_KEY: 'k' });
  expect(context).not.toHaveProperty('ALLOW_ANONYMOUS_OPERATORS');
  expect(second.out.join('\n')).not.toContain('Anybody');

  second.child.kill('SIGINT');
  expect(await second.exit).toBe(0);
  expect(isAlive(pid)).toBe(false);
  expect(checkout.runFolders()).toHaveLength(1);
});

it('ends within two seconds of a SIGTERM, answers what is in flight, and leaves nothing behind', async () => {
  const start = run(checkout, 'start.ts');
  const origin = await start.ready();
  const { pid } = await call(origin);
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/v3/wsconnect`).on('error', () => undefined);
  await new Promise((resolve) => socket.once('open', resolve));
  const inFlight = call(origin, '/admin/create?wait=300');
  const hopeless = call(origin, '/admin/create?wait=9000').catch(() => 'cut');
  await new Promise((resolve) => setTimeout(resolve, 50));

  const begun = Date.now();
  start.child.kill('SIGTERM');
  expect(await start.exit).toBe(0);
  // Two seconds, on a machine that does nothing else.
  expect(Date.now() - begun).toBeLessThan(5000);
  expect(await inFlight).toMatchObject({ version: 1 });
  expect(await hopeless).toBe('cut');
  expect(isAlive(pid)).toBe(false);
  await expect(fetch(origin)).rejects.toThrow();
  expect(foldersOf(start)).toEqual([]);
});

it('leaves no process behind when it is killed outright, and the next copy tidies up', async () => {
  const start = run(checkout, 'start.ts');
  const { pid } = await call(await start.ready());
  start.child.kill('SIGKILL');
  await start.exit;
  await until(() => !isAlive(pid));
  expect(foldersOf(start)).toHaveLength(1);
  await run(checkout, 'start.ts').ready();
  expect(foldersOf(start)).toEqual([]);
});

it('starts where something that one route needs is away', async () => {
  checkout.write(
    'src/functions/rooms.ts',
    `declare const Twilio: { Response: new () => { setStatusCode(status: number): void } };
    export const handler = (_context: object, _event: object, callback: Function) => {
      const response = new Twilio.Response();
      response.setStatusCode(503);
      callback(null, response);
    };`,
  );
  const origin = await run(checkout, 'start.ts').ready();
  expect((await fetch(`${origin}/rooms`)).status).toBe(503);
});
