/** `npm run doctor`: one screen that is right about what works and what does not, and shows no secret. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createHmsEmulator } from '../../emulator/hundredms/server';
import { createLiveKitEmulator } from '../../emulator/livekit/server';
import { createAccountEmulator } from '../../emulator/twilio-api/server';
import { createSyncEmulator } from '../../emulator/twilio-sync/server';
import { createVideoEmulator } from '../../emulator/twilio-video/server';
import { createServer as createHttpServer } from 'node:http';
import { createSyncService } from '../../scripts/start/sync-service';
import { createCheckout, endAll, run, type Checkout } from './checkout';

const account = { accountSid: `AC${'a'.repeat(32)}`, authToken: 'b'.repeat(32) };
const TWILIO_API_KEY = `SK${'c'.repeat(32)}`;
const SECRETS = {
  AUTH_TOKEN: account.authToken,
  TWILIO_API_SECRET: 'the-secret-of-the-key',
  ADMIN_API_KEY: 'the-key-of-operators',
  LIVEKIT_API_SECRET: 'the-secret-of-livekit-the-secret',
  HMS_APP_SECRET: 'the-secret-of-100ms',
};
const credentials = { ...account, apiKeys: { [TWILIO_API_KEY]: SECRETS.TWILIO_API_SECRET } };

const emulators = {
  api: createAccountEmulator({ credentials }),
  sync: createSyncEmulator({ credentials }),
  video: createVideoEmulator({ credentials }),
  livekit: createLiveKitEmulator({ keys: { lk: SECRETS.LIVEKIT_API_SECRET } }),
  hms: createHmsEmulator({ keys: { hms: SECRETS.HMS_APP_SECRET } }),
};
const keys = createHttpServer((_request, response) => response.end('{"keys":[{"kty":"RSA"},{"kty":"EC"}]}'));
/** Takes connections and says nothing. */
const silence: Server = createServer((socket) => socket.on('error', () => undefined));

let checkout: Checkout;
let whole: Record<string, string>;
let addresses: Record<string, string>;

beforeAll(async () => {
  const [api, sync, video, livekit, hms] = await Promise.all(
    Object.values(emulators).map(async (one) => (await one.listen()).origin),
  );
  await Promise.all(
    [keys, silence].map((one) => new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))),
  );
  addresses = { TWILIO_API_URL: api ?? '', SYNC_API_URL: sync ?? '', VIDEO_API_URL: video ?? '' };
  whole = {
    ...SECRETS,
    ACCOUNT_SID: account.accountSid,
    TWILIO_API_KEY,
    SYNC_SERVICE_SID: await createSyncService(sync ?? '', account, 'https://foyer.example/webhooks/sync'),
    LIVEKIT_API_KEY: 'lk',
    LIVEKIT_URL: livekit ?? '',
    HMS_ACCESS_KEY: 'hms',
    HMS_API_URL: `${hms}/v2`,
    AUTH_JWKS_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys`,
    AUTH_ISSUER: 'https://id.example/',
    AUTH_AUDIENCE: 'foyer',
  };
  checkout = createCheckout();
});
afterAll(async () => {
  await endAll();
  keys.close();
  silence.close();
  await Promise.all(Object.values(emulators).map((one) => one.close()));
  checkout.remove();
});

async function doctor(
  variables: Record<string, string>,
  at = addresses,
): Promise<{ code: number | null; text: string }> {
  const path = join(checkout.root, '.env');
  writeFileSync(
    path,
    Object.entries(variables)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(''),
  );
  chmodSync(path, 0o600);
  const { exit, out, err } = run(checkout, 'doctor.ts', at);
  const code = await exit;
  const text = [...out, ...err].join('\n');
  for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
  expect(out.length).toBeLessThanOrEqual(24);
  return { code, text };
}

it('where everything works it says so, vendor by vendor', async () => {
  const { code, text } = await doctor(whole);
  for (const line of [
    /^✓ \.env +there/m,
    /^✓ Operators +known by ADMIN_API_KEY and the identity provider's tokens/m,
    /^- Text messages +not configured/m,
    /^✓ Twilio account +active$/m,
    /^✓ Twilio Sync +ACL on, calls https:\/\/foyer\.example$/m,
    /^✓ Twilio Video +answers to the API key/m,
    /^✓ LiveKit +answers/m,
    /^✓ 100ms +answers/m,
    /^- MongoDB +not configured/m,
    /^✓ Identity provider +publishes 2 keys/m,
    /^Nothing is wrong\.$/m,
  ])
    expect(text).toMatch(line);
  expect(code).toBe(0);
});

it('where nothing is configured nothing is wrong', async () => {
  const { code, text } = await doctor({});
  expect(text).toMatch(/^- Twilio +not configured: npm start emulates it/m);
  expect([code, text.split('\n').at(-1)]).toEqual([0, 'Nothing is wrong.']);
});

it.each([
  [
    'the auth token',
    { AUTH_TOKEN: 'd'.repeat(32) },
    /^✗ Twilio account +Twilio does not accept.+\n +→ compare/m,
  ],
  ['the API secret', { TWILIO_API_SECRET: 'another' }, /^✗ Twilio Video +by the API key: .+\n +→ take/m],
  ['the Sync service', { SYNC_SERVICE_SID: `IS${'0'.repeat(32)}` }, /^✗ Twilio Sync +there is no service/m],
  ["LiveKit's secret", { LIVEKIT_API_SECRET: 'x'.repeat(32) }, /^✗ LiveKit +does not accept the key/m],
  ["LiveKit's address", { LIVEKIT_URL: 'http://127.0.0.1:1' }, /^✗ LiveKit +does not answer\n +→ look/m],
  ["100ms' secret", { HMS_APP_SECRET: 'another' }, /^✗ 100ms +does not accept the key/m],
  ["100ms' address", { HMS_API_URL: 'http://127.0.0.1:1' }, /^✗ 100ms +does not answer/m],
  [
    "the keys' address",
    { AUTH_JWKS_URL: 'http://127.0.0.1:1/keys' },
    /^✗ Identity provider +does not answer/m,
  ],
  [
    'the database',
    { MONGO_URI: 'mongodb://me:the-key-of-operators@127.0.0.1:1/foyer' },
    /^✗ MongoDB +does not answer\n +→ look/m,
  ],
  ['a short key of operators', { ADMIN_API_KEY: 'short' }, /^✗ Operators +ADMIN_API_KEY could be guessed/m],
  ['a number', { MEETING_ID_DIGITS: '99' }, /^✗ Variables +MEETING_ID_DIGITS is not valid/m],
  ['the switch', { ALLOW_ANONYMOUS_OPERATORS: 'yes' }, /^✗ Operators +anybody may act/m],
] as [string, Record<string, string>, RegExp][])(
  '%s being wrong is the one thing to mend',
  async (_what, change, line) => {
    const { code, text } = await doctor({ ...whole, ...change });
    expect(text).toMatch(line);
    expect([code, text.split('\n').at(-1)]).toEqual([1, '1 to mend.']);
  },
);

it('what is away is to be waited for: no good key or service is to be thrown away', async () => {
  const away = { ...addresses, SYNC_API_URL: 'http://127.0.0.1:1', VIDEO_API_URL: 'http://127.0.0.1:1' };
  const { text } = await doctor({ ...whole, SMS_FROM: '+15005550006' }, away);
  expect(text).toMatch(/^✗ Twilio Sync +Twilio could not be reached .+\n +→ try again/m);
  expect(text).toMatch(/^✗ Twilio Video +by the API key: Twilio could not be reached .+\n +→ try again/m);
  expect(text).toMatch(/^✓ Text messages +by SMS_FROM, untried$/m);
});

it('an account configured by half, an ACL that is off, a database that says nothing, an open .env', async () => {
  const { TWILIO_API_SECRET: _, ...half } = whole;
  expect((await doctor(half)).text).toMatch(/^✗ Twilio +TWILIO_API_SECRET missing\n +→ npm run setup/m);

  const authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`;
  const service = `${addresses['SYNC_API_URL']}/v1/Services/${whole['SYNC_SERVICE_SID']}`;
  const set = (AclEnabled: string): Promise<unknown> =>
    fetch(service, { method: 'POST', headers: { authorization }, body: new URLSearchParams({ AclEnabled }) });
  await set('false');
  expect((await doctor(whole)).text).toMatch(/^✗ Twilio Sync +its ACL is off/m);
  await set('true');

  const { port } = silence.address() as AddressInfo;
  const { text } = await doctor({ ...whole, MONGO_URI: `mongodb://127.0.0.1:${port}/foyer` });
  expect(text).toMatch(/^✗ MongoDB +does not answer/m);

  chmodSync(join(checkout.root, '.env'), 0o644);
  const { exit, out } = run(checkout, 'doctor.ts', addresses);
  expect([await exit, out.join('\n')]).toEqual([
    1,
    expect.stringMatching(/^✗ \.env +others on this machine/m),
  ]);
}, 120_000);
