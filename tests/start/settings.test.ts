/** What `npm start` makes of `.env` and the environment, before anything runs. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readVariables, writeEnvFile } from '../../scripts/environment/env-file';
import { readSettings, type Settings } from '../../scripts/start/settings';

const root = mkdtempSync(join(tmpdir(), 'foyer-settings-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const ZEROS = '0'.repeat(32);
const ACCOUNT = {
  ACCOUNT_SID: `AC${ZEROS}`,
  AUTH_TOKEN: ZEROS,
  TWILIO_API_KEY: `SK${ZEROS}`,
  TWILIO_API_SECRET: 'secret',
  SYNC_SERVICE_SID: `IS${ZEROS}`,
};

const PROVIDER = {
  AUTH_JWKS_URL: 'https://id.example/keys',
  AUTH_ISSUER: 'https://id.example/',
  AUTH_AUDIENCE: 'https://meet.example',
};

const faults = (environment: Record<string, string>): readonly string[] => {
  const read = readSettings(root, environment);
  return 'faults' in read ? read.faults : [];
};
const settings = (environment: Record<string, string>): Settings => {
  const read = readSettings(root, environment);
  if ('faults' in read) throw new Error(read.faults.join());
  return read.settings;
};

it.each([
  ['PORT', 'three thousand'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['HOST', 'no host!'],
  ['MEETING_ID_DIGITS', '3'],
  ['MEETING_ID_DIGITS', '16'],
  ['MEETING_ID_DIGITS', '6.5'],
  ['MEETINGS_PROVIDER', 'carrier pigeon'],
  ['CALLS_PROVIDER', 'carrier pigeon'],
  ['RING_TIMEOUT_SECONDS', '601'],
  ['RING_TIMEOUT_SECONDS', 'soon'],
  ['ROOMS_PROVIDER', 'carrier pigeon'],
  ['ROOM_MAX_PARTICIPANTS', '5000'],
  ['MONGO_URI', 'http://localhost:27017'],
  ['LEAVE_GRACE_SECONDS', '-1'],
  ['CALL_GRACE_SECONDS', '-1'],
  ['ALLOW_ANONYMOUS_OPERATORS', 'true'],
  ['AUTH_JWKS_URL', 'id.example/keys'],
  ['AUTH_JWKS_URL', 'http://id.example/keys'],
  ['TICKET_SECRET', 'short'],
  ['GATEWAY_SECRET', 'short'],
  ['GATEWAY_SECRET', 'not one word but several'],
  ['ALLOWED_ORIGINS', 'https://meet.example, meet.example'],
  ['ALLOWED_ORIGINS', 'https://meet.example/page'],
  ['TRUSTED_PROXIES', '10.0.0.0/8, everybody'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['HMS_TEMPLATE_ID', 'my template'],
  ['HMS_WEBHOOK_SECRET', 'short'],
  ['HMS_WEBHOOK_SECRET', 'not one word but several'],
  ['BRAND_LANGUAGE', 'Klingon'],
])('%s=%s is one clear line that does not repeat the value', (name, value) => {
  const lines = faults({ ...(name.startsWith('AUTH_') ? PROVIDER : {}), [name]: value });
  expect(lines).toEqual([expect.stringMatching(new RegExp(`^${name} is not valid: expected `))]);
  expect(lines.join()).not.toContain(value);
});

it('uses a LiveKit of the developer’s own when it is configured, by either address', () => {
  const key = { LIVEKIT_API_KEY: 'APIk', LIVEKIT_API_SECRET: 'secret' };
  expect(settings({}).realLiveKit).toBe(false);
  expect(settings({ ...key, LIVEKIT_URL: 'https://lk.example' }).realLiveKit).toBe(true);
  expect(settings({ ...key, LIVEKIT_SOCKET_URL: 'wss://lk.example' }).realLiveKit).toBe(true);
  expect(faults(key)).toEqual([expect.stringMatching(/LiveKit.*missing: LIVEKIT_URL /)]);
  expect(faults({ LIVEKIT_URL: 'wss://lk.example' })).toEqual([
    expect.stringMatching(/missing: LIVEKIT_API_KEY, LIVEKIT_API_SECRET /),
  ]);
  expect(faults({ ...key, LIVEKIT_URL: 'lk.example' })).toEqual([
    expect.stringMatching(/^LIVEKIT_URL is not valid: expected a wss/),
  ]);
});

it('uses 100ms when its key is configured, by the names of seed 003 too', () => {
  expect(settings({}).realHundredMs).toBe(false);
  expect(settings({ HMS_ACCESS_KEY: 'k', HMS_APP_SECRET: 's' }).realHundredMs).toBe(true);
  expect(settings({ API_KEY: 'k', APP_SECRET: 's' }).realHundredMs).toBe(true);
  expect(settings({ API_KEY: 'k', HMS_APP_SECRET: 's' }).realHundredMs).toBe(true);
  expect(settings({ API_KEY: 'of something else' }).realHundredMs).toBe(false);
  expect(faults({ HMS_ACCESS_KEY: 'k' })).toEqual([
    expect.stringMatching(/^For 100ms these are missing: HMS_APP_SECRET /),
  ]);
  expect(faults({ HMS_API_URL: 'http://127.0.0.1:7814/v2' })).toEqual([
    expect.stringMatching(/missing: HMS_ACCESS_KEY, HMS_APP_SECRET /),
  ]);
  expect(faults({ HMS_ACCESS_KEY: 'k', HMS_APP_SECRET: 's', HMS_API_URL: 'api' })).toEqual([
    expect.stringMatching(/^HMS_API_URL is not valid: expected an http/),
  ]);
});

it('the brand is for builds; its name and language are for what functions write to people, too', () => {
  const brand = { BRAND_NAME: 'Harbour Clinic', BRAND_LANGUAGE: 'de', BRAND_COLOR: '#0057b8' };
  const { variables, brand: built } = settings(brand);
  expect(built).toEqual(brand);
  expect(variables).toMatchObject({ BRAND_NAME: 'Harbour Clinic', BRAND_LANGUAGE: 'de' });
  expect(variables).not.toHaveProperty('BRAND_COLOR');
});

it('uses the real account when there is a whole one, and the emulators when there is none', () => {
  expect(settings(ACCOUNT).realAccount).toBe(true);
  expect(settings({}).realAccount).toBe(false);
  expect(settings(Object.fromEntries(Object.keys(ACCOUNT).map((name) => [name, '']))).realAccount).toBe(
    false,
  );
});

describe('without a key or an identity provider', () => {
  const open = (environment: Record<string, string>): string[] =>
    Object.keys(settings(environment).variables).filter((name) => name.startsWith('ALLOW_'));

  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('%s is open, and says so in one line', (HOST) => {
    expect(open({ HOST })).toEqual(['ALLOW_ANONYMOUS_OPERATORS', 'ALLOW_ANONYMOUS_USERS']);
    expect(settings({ HOST }).remarks).toEqual([expect.stringMatching(/^Anybody on this machine may act/)]);
  });

  it.each(['0.0.0.0', '::', '192.168.1.2', '127.0.0.1.evil.example'])('%s is closed, and says so', (HOST) => {
    expect(open({ HOST })).toEqual([]);
    expect(settings({ HOST }).remarks).toEqual([
      expect.stringMatching(/^Nobody may act as operator and user/),
    ]);
  });

  it('a switch that opens a network to everybody is pointed out', () => {
    const { remarks } = settings({ HOST: '0.0.0.0', ALLOW_ANONYMOUS_OPERATORS: 'yes' });
    expect(remarks).toContain(
      'Anybody who reaches 0.0.0.0 may act as operator: ALLOW_ANONYMOUS_OPERATORS=yes',
    );
  });

  it('what the developer said stands', () => {
    expect(settings({ ALLOW_ANONYMOUS_OPERATORS: 'no' }).variables['ALLOW_ANONYMOUS_OPERATORS']).toBe('no');
  });

  it('a key closes the operator routes only, an identity provider both', () => {
    expect(open({ ADMIN_API_KEY: 'k' })).toEqual(['ALLOW_ANONYMOUS_USERS']);
    expect(open(PROVIDER)).toEqual([]);
    expect(open({ ...PROVIDER, AUTH_JWKS_URL: 'http://localhost:8080/keys' })).toEqual([]);
  });
});

it('an identity provider is configured as a whole or not at all', () => {
  const { AUTH_ISSUER, AUTH_AUDIENCE } = PROVIDER;
  expect(faults({ AUTH_ISSUER, AUTH_AUDIENCE, ADMIN_API_KEY: 'k' })).toEqual([
    expect.stringMatching(/^For an identity provider these are missing: AUTH_JWKS_URL /),
  ]);
  expect(faults({ AUTH_ISSUER })[0]).toContain('AUTH_JWKS_URL, AUTH_AUDIENCE');
});

it('the environment wins over .env, and only known variables are taken from either', () => {
  writeFileSync(join(root, '.env'), 'ADMIN_API_KEY=file\nMEETING_ID_DIGITS = "8"\nOTHER=1\nTICKET_SECRET=\n');
  const { variables } = settings({ ADMIN_API_KEY: 'environment', HOME: '/home' });
  expect(variables).toMatchObject({ ADMIN_API_KEY: 'environment', MEETING_ID_DIGITS: '8' });
  for (const name of ['OTHER', 'HOME', 'TICKET_SECRET']) expect(variables).not.toHaveProperty(name);
});

it('what is written for the functions is private and read back by twilio-run as it was', () => {
  const variables = {
    A: 'a "quoted" \'value\' # no comment',
    B: '-----BEGIN\nTWO\n-----END',
    C: 'x=$y\\n',
    D: '"',
  };
  writeEnvFile(join(root, '.env'), variables);
  expect(statSync(join(root, '.env')).mode & 0o777).toBe(0o600);
  expect(readVariables(root, {}, Object.keys(variables))).toEqual(variables);
});
