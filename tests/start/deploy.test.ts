/** What `npm run deploy` refuses, and what it hands to twilio-run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { leftOver } from '../../scripts/deploy/live-refusals';
import { deployRefusals } from '../../scripts/deploy/refusals';
import { SERVICE_NAME } from '../../scripts/deploy/release';
import { createStage } from '../../scripts/deploy/stage';
import { createCheckout, run } from './checkout';

const checkout = createCheckout();
afterAll(() => checkout.remove());

const ACCOUNT = {
  ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  AUTH_TOKEN: '0'.repeat(32),
  TWILIO_API_KEY: `SK${'0'.repeat(32)}`,
  TWILIO_API_SECRET: 'quite secret',
  SYNC_SERVICE_SID: `IS${'0'.repeat(32)}`,
};
const READY = { ...ACCOUNT, ADMIN_API_KEY: 'sesame that opens' };
const LIVEKIT = { LIVEKIT_API_KEY: 'APIk', LIVEKIT_API_SECRET: 'a secret', LIVEKIT_URL: 'wss://lk.example' };
const HMS = { HMS_ACCESS_KEY: 'key', HMS_APP_SECRET: 'a secret' };
const HANDLER = { '@twilio/runtime-handler': '2.0.1' };
const EXACT = { ...HANDLER, twilio: '6.2.0' };

it('nothing stands in the way of a project that is ready', () => {
  expect(deployRefusals(READY, EXACT)).toEqual([]);
});

it('browsers may be in a private network, where functions need not reach', () => {
  const near = { LIVEKIT_SOCKET_URL: 'wss://10.1.2.3', FRONTEND_URL: 'https://meet.clinic.local' };
  expect(deployRefusals({ ...READY, ...LIVEKIT, ...near }, EXACT)).toEqual([]);
  // Without the other address this one is the functions', too.
  const { LIVEKIT_URL: _, ...key } = LIVEKIT;
  expect(deployRefusals({ ...READY, ...key, ...near }, EXACT)).toEqual([
    expect.stringMatching(/^LIVEKIT_SOCKET_URL is an address of a private network/),
  ]);
});

it.each([
  'mongodb://db.example,10.1.2.3:27017/foyer',
  'mongodb://me:secret@192.168.1.2/foyer',
  'mongodb://172.31.0.2',
  'mongodb://[fd00::1]:27017/foyer',
  'mongodb://mongo:27017/foyer',
  'mongodb://db.clinic.internal/foyer',
])('%s cannot be reached from Twilio, and is refused without being shown', (MONGO_URI) => {
  expect(deployRefusals({ ...READY, MONGO_URI }, EXACT)).toEqual([
    'MONGO_URI is an address of a private network, which production cannot reach. Put the public one into .env',
  ]);
});

it.each([
  'mongodb+srv://me:secret@cluster0.abcde.mongodb.net/foyer',
  'mongodb://172.32.0.2,8.8.8.8:27017/foyer',
])('%s may be reached', (MONGO_URI) => expect(deployRefusals({ ...READY, MONGO_URI }, EXACT)).toEqual([]));

it('operators may come with tokens alone', () => {
  const { ADMIN_API_KEY: _, ...keyless } = READY;
  const provider = {
    AUTH_JWKS_URL: 'https://id.example/keys',
    AUTH_ISSUER: 'https://id.example/',
    AUTH_AUDIENCE: 'https://meet.example',
  };
  expect(deployRefusals({ ...keyless, ...provider }, EXACT)).toEqual([]);
});

it('vendors may be chosen that are configured, by either of their names', () => {
  const { HMS_ACCESS_KEY: API_KEY, HMS_APP_SECRET: APP_SECRET } = HMS;
  const chosen = { MEETINGS_PROVIDER: 'livekit', ROOMS_PROVIDER: '100ms' };
  expect(deployRefusals({ ...READY, ...LIVEKIT, ...chosen, API_KEY, APP_SECRET }, EXACT)).toEqual([]);
  expect(deployRefusals({ ...READY, API_KEY: 'of something else' }, EXACT)).toEqual([]);
});

it.each([
  [
    'a key of operators that could be guessed',
    { ...READY, ADMIN_API_KEY: 'fifteen letters' },
    EXACT,
    'ADMIN_API_KEY has 15 characters, and could be guessed',
  ],
  [
    'half a LiveKit',
    { ...READY, LIVEKIT_URL: 'wss://lk.example' },
    EXACT,
    'For LiveKit, these are missing: LIVEKIT_API_KEY, LIVEKIT_API_SECRET',
  ],
  [
    'a LiveKit that is chosen and not there',
    { ...READY, MEETINGS_PROVIDER: 'livekit', CALLS_PROVIDER: 'livekit' },
    EXACT,
    'For LiveKit, which MEETINGS_PROVIDER and CALLS_PROVIDER choose, these are missing: LIVEKIT_API_KEY',
  ],
  [
    'half a 100ms',
    { ...READY, HMS_ACCESS_KEY: 'key' },
    EXACT,
    'For 100ms, these are missing: HMS_APP_SECRET',
  ],
  [
    'a 100ms that is chosen and not there',
    { ...READY, ROOMS_PROVIDER: '100ms' },
    EXACT,
    'For 100ms, which ROOMS_PROVIDER chooses, these are missing: HMS_ACCESS_KEY, HMS_APP_SECRET',
  ],
  ['no ADMIN_API_KEY', { ...READY, ADMIN_API_KEY: undefined }, EXACT, 'ADMIN_API_KEY is missing'],
  [
    'half an identity provider',
    { ...READY, AUTH_JWKS_URL: 'https://id.example/keys', AUTH_ISSUER: 'https://id.example/' },
    EXACT,
    'For an identity provider these are missing: AUTH_AUDIENCE',
  ],
  ['no account', { ...READY, ACCOUNT_SID: undefined }, EXACT, 'ACCOUNT_SID is missing'],
  [
    'an account without a Sync service',
    { ...READY, SYNC_SERVICE_SID: undefined },
    EXACT,
    'SYNC_SERVICE_SID is missing. npm run setup',
  ],
  [
    'operators open to everybody',
    { ...READY, ALLOW_ANONYMOUS_OPERATORS: 'yes' },
    EXACT,
    'ALLOW_ANONYMOUS_OPERATORS is on',
  ],
  [
    "an emulator's address for Sync",
    { ...READY, SYNC_API_URL: 'http://127.0.0.1:1' },
    EXACT,
    'SYNC_API_URL is set',
  ],
  [
    "an emulator's address for Video",
    { ...READY, VIDEO_API_URL: 'http://127.0.0.1:1' },
    EXACT,
    'VIDEO_API_URL is set',
  ],
  [
    "an emulator's address for 100ms",
    { ...READY, HMS_API_URL: 'http://127.0.0.1:1/v2' },
    EXACT,
    'HMS_API_URL is not https',
  ],
  [
    'meetings on 100ms that could not hear of who comes back',
    { ...READY, ...HMS, MEETINGS_PROVIDER: '100ms' },
    EXACT,
    'HMS_WEBHOOK_SECRET is missing',
  ],
  ['a range of versions', READY, { ...HANDLER, twilio: '^6.2.0' }, '"^6.2.0" is not an exact version'],
  [
    'a runtime handler that the platform does not know',
    READY,
    { ...EXACT, '@twilio/runtime-handler': '2.1.0' },
    '@twilio/runtime-handler is 2.1.0, and the platform takes 2.0.1',
  ],
  ['no runtime handler', READY, { twilio: '6.2.0' }, '@twilio/runtime-handler is missing'],
  [
    'more dependencies than Twilio takes',
    READY,
    { ...EXACT, ...Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`p${index}`, '1.0.0'])) },
    '101 dependencies, and Twilio takes 100',
  ],
  [
    "an emulator's address for LiveKit",
    { ...READY, LIVEKIT_API_URL: 'http://127.0.0.1:1' },
    EXACT,
    'LIVEKIT_API_URL is set',
  ],
  [
    "this machine's LiveKit",
    { ...READY, ...LIVEKIT, LIVEKIT_URL: 'ws://localhost:7880' },
    EXACT,
    'LIVEKIT_URL is an address of this machine',
  ],
  [
    "this machine's MongoDB, among others",
    { ...READY, MONGO_URI: 'mongodb://me:secret@db.example,127.0.0.1:27017/foyer' },
    EXACT,
    'MONGO_URI is an address of this machine',
  ],
  [
    'a secret of the gateways that anybody could guess',
    { ...READY, GATEWAY_SECRET: 'short' },
    EXACT,
    'GATEWAY_SECRET is not valid',
  ],
  [
    'a variable that is longer than Twilio takes',
    { ...READY, TICKET_SECRET: 'é'.repeat(226) },
    EXACT,
    'TICKET_SECRET has 452 bytes: Twilio takes 450 a variable',
  ],
  [
    'more variables than Twilio takes',
    {
      ...READY,
      ...Object.fromEntries(
        ['TICKET_SECRET', 'HMS_ACCESS_KEY', 'HMS_APP_SECRET', 'HMS_HOST_ROLE', 'HMS_GUEST_ROLE']
          .concat(['TWILIO_API_SECRET', 'AUTH_OPERATOR_CLAIM'])
          .map((name) => [name, 'x'.repeat(430)]),
      ),
    },
    EXACT,
    'Twilio takes about 3000',
  ],
  [
    'a value that cannot be right',
    { ...READY, MEETING_ID_DIGITS: '99' },
    EXACT,
    'MEETING_ID_DIGITS is not valid',
  ],
])('%s is refused in one line', (_what, variables, dependencies, line) => {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
  expect(deployRefusals(given as Record<string, string>, dependencies as Record<string, string>)).toEqual([
    expect.stringContaining(line),
  ]);
});

it('variables that were taken out of .env and live on are named; those of others are theirs', () => {
  const set = (value: string) => ({ sid: 'ZV1', value });
  const variables = new Map([
    ['ADMIN_API_KEY', set('of before')],
    ['TICKET_SECRET', set('of before, too')],
    ['AUTH_ISSUER', set('https://id.example/')],
    ['SOMEBODY_ELSES', set('stays')],
  ]);
  const before = { serviceSid: 'ZS1', sid: 'ZE1', domain: 'foyer.twil.io', buildSid: 'ZB1', variables };
  expect(leftOver(before, READY)).toEqual([
    expect.stringMatching(/^Live, though not in \.env: AUTH_ISSUER, TICKET_SECRET\. /),
  ]);
  expect(leftOver(undefined, READY)).toEqual([]);
});

it('the command refuses before it builds anything', async () => {
  const { exit, err } = run(checkout, 'deploy.ts', ACCOUNT);
  expect(await exit).toBe(1);
  expect(err).toEqual([expect.stringContaining('ADMIN_API_KEY is missing')]);
  expect(existsSync(join(checkout.root, '.foyer'))).toBe(false);
});

it('the stage holds the functions, the assets and the exact dependencies, and keeps no secret afterwards', async () => {
  const project = { name: 'foyer', version: '0.1.0', dependencies: EXACT };
  const stage = await createStage(checkout.root, project, READY);
  const folder = join(checkout.root, '.foyer/deploy');
  expect(readdirSync(folder).toSorted()).toEqual(['.env', 'assets', 'functions', 'package.json']);
  expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({
    ...project,
    private: true,
  });
  stage.leave();
  expect(existsSync(join(folder, '.env'))).toBe(false);
});

it('a network that is down is noticed before anything is uploaded', async () => {
  // A proxy that hangs up at once: nothing of this may reach the internet.
  const calls: string[] = [];
  const proxy = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      calls.push(data.toString());
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { exit, err } = run(checkout, 'deploy.ts', { ...READY, HTTP_PROXY });
  expect(await exit).toBe(1);
  proxy.close();
  expect(calls[0]).toMatch(/^CONNECT serverless\.twilio\.com:443 /);
  expect(err).toEqual([expect.stringContaining('Nothing was uploaded: Twilio could not be reached')]);
});

it('the service is looked for by the name that twilio-run gives it', () => {
  const settings = readFileSync(join(checkout.root, '.twilioserverlessrc'), 'utf8');
  expect(/serviceName: '([^']+)'/.exec(settings)?.[1]).toBe(SERVICE_NAME);
});
