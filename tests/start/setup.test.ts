/** `npm run setup` against a Twilio account that is emulated: whatever interrupts it, the next run completes it. */
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createAccountEmulator, type AccountEmulator } from '../../emulator/twilio-api/server';
import { createSyncEmulator, type SyncEmulator } from '../../emulator/twilio-sync/server';
import { readVariables } from '../../scripts/environment/env-file';
import { ACCOUNT_VARIABLES } from '../../scripts/environment/variables';
import { fillIn } from '../../scripts/setup/env-edit';
import { createCheckout, endAll, run, type Checkout, type Running } from './checkout';

const ACCOUNT = { ACCOUNT_SID: `AC${'1'.repeat(32)}`, AUTH_TOKEN: '2'.repeat(32) };

/** How the line between setup and the account behaves: may kill the caller before or after a call had its effect. */
type Moment = 'before' | 'after';
let cutAt: { call: number; moment: Moment; victim: () => Running } | undefined;
let calls: string[] = [];

let api: AccountEmulator;
let sync: SyncEmulator;
let line: Server;
let addresses: Record<string, string>;
let checkout: Checkout;

/** As on the first day: an account with nothing in it, and a checkout without `.env`. */
async function begin(): Promise<void> {
  const credentials = { accountSid: ACCOUNT.ACCOUNT_SID, authToken: ACCOUNT.AUTH_TOKEN, apiKeys: {} };
  api = createAccountEmulator({ credentials });
  sync = createSyncEmulator({ credentials });
  const [apiAt, syncAt] = await Promise.all([api.listen(), sync.listen()]);
  cutAt = undefined;
  calls = [];
  line = createServer((incoming, answer) =>
    pass(incoming, answer, incoming.url?.startsWith('/2010') ? apiAt.origin : syncAt.origin),
  );
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  addresses = { TWILIO_API_URL: origin, SYNC_API_URL: origin };
  checkout = createCheckout();
}

async function end(): Promise<void> {
  await endAll();
  line.closeAllConnections();
  line.close();
  await Promise.all([api.close(), sync.close()]);
  checkout.remove();
}

beforeEach(begin);
afterEach(end);

function pass(incoming: IncomingMessage, answer: ServerResponse, origin: string): void {
  calls.push(`${incoming.method} ${incoming.url}`);
  const cut = cutAt && calls.length === cutAt.call ? cutAt : undefined;
  if (cut?.moment === 'before') {
    cut.victim().child.kill('SIGKILL');
    return;
  }
  const onward = request(
    `${origin}${incoming.url}`,
    { method: incoming.method, headers: incoming.headers },
    (reply) => {
      if (cut) {
        cut.victim().child.kill('SIGKILL');
        return;
      }
      answer.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(answer);
    },
  );
  incoming.pipe(onward);
}

const setup = (environment: Record<string, string> = ACCOUNT): Running =>
  run(checkout, 'setup.ts', { ...addresses, ...environment });
const envFile = (): string => join(checkout.root, '.env');
const variables = (): Record<string, string> =>
  readVariables(checkout.root, {}, Object.keys(ACCOUNT_VARIABLES));

interface SyncView {
  readonly sid: string;
  readonly acl_enabled: boolean;
  readonly reachability_webhooks_enabled: boolean;
  readonly unique_name: string | null;
}

/** All but the one that every account has. */
async function services(key = variables()): Promise<SyncView[]> {
  const credentials = `${key['TWILIO_API_KEY']}:${key['TWILIO_API_SECRET']}`;
  const response = await fetch(`${addresses['SYNC_API_URL']}/v1/Services`, {
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
  });
  expect(response.status).toBe(200);
  return ((await response.json()) as { services: SyncView[] }).services.filter(
    ({ unique_name }) => unique_name !== 'default',
  );
}

async function expectWholeAccount(): Promise<void> {
  const found = variables();
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(ACCOUNT_VARIABLES).toSorted());
  // The key in .env is the only one, and works.
  expect(api.keys.map(({ sid }) => sid)).toEqual([found['TWILIO_API_KEY']]);
  expect(await services()).toEqual([
    expect.objectContaining({
      sid: found['SYNC_SERVICE_SID'],
      acl_enabled: true,
      reachability_webhooks_enabled: true,
    }),
  ]);
  expect(statSync(envFile()).mode & 0o777).toBe(0o600);
  expect(readdirSync(checkout.root).filter((name) => name.endsWith('.new'))).toEqual([]);
}

it('makes one key and one Sync service, and run again changes nothing', async () => {
  const first = setup();
  expect([await first.exit, first.err]).toEqual([0, []]);
  await expectWholeAccount();
  const before = readFileSync(envFile(), 'utf8');

  calls = [];
  // Account SID and auth token are in .env now.
  const second = setup({});
  expect([await second.exit, second.err]).toEqual([0, []]);
  expect(readFileSync(envFile(), 'utf8')).toBe(before);
  expect(calls.filter((call) => !call.startsWith('GET '))).toEqual([]);
  await expectWholeAccount();
  for (const text of [...first.out, ...second.out]) {
    expect(text).not.toContain(ACCOUNT.AUTH_TOKEN);
    expect(text).not.toContain(variables()['TWILIO_API_SECRET']);
  }
});

it('interrupted at every step and run again there is one of each, and nothing is lost', async () => {
  let steps = 0;
  // As many steps as there are calls: until a run gets through before it can be cut.
  for (let call = 1; ; call += 1) {
    let wasCut = false;
    for (const moment of ['before', 'after'] as const) {
      calls = [];
      const running: Running = setup();
      cutAt = { call, moment, victim: () => running };
      wasCut = (await running.exit) !== 0;
      cutAt = undefined;
      const again = setup();
      expect([await again.exit, again.err]).toEqual([0, []]);
      await expectWholeAccount();
      steps += 1;
      await end();
      await begin();
    }
    if (!wasCut) break;
  }
  expect(steps).toBeGreaterThanOrEqual(8);
}, 600_000);

it('what is in .env stays: comments, values, and their order', async () => {
  const text = [
    '# mine',
    'ADMIN_API_KEY=open-sesame # keep',
    'SYNC_SERVICE_SID=',
    '',
    '# the end',
    `ACCOUNT_SID=${ACCOUNT.ACCOUNT_SID}`,
  ];
  writeFileSync(envFile(), text.join('\n'));
  chmodSync(envFile(), 0o644);
  const { exit, err } = setup();
  expect([await exit, err]).toEqual([0, []]);
  await expectWholeAccount();
  const lines = readFileSync(envFile(), 'utf8').split('\n');
  expect(lines.slice(0, 6)).toEqual(text.with(2, `SYNC_SERVICE_SID='${variables()['SYNC_SERVICE_SID']}'`));
  expect(lines.slice(6)).toEqual([
    expect.stringMatching(/^AUTH_TOKEN=/),
    expect.stringMatching(/^TWILIO_API_KEY=/),
    expect.stringMatching(/^TWILIO_API_SECRET=/),
    '',
  ]);
});

it('a value that is there is never replaced by another', () => {
  expect(() => fillIn('A=1\n', { A: '2' })).toThrow('A has another value in .env');
  expect(fillIn('A=1\nB=\n', { A: '1', B: '3' })).toBe("A=1\nB='3'\n");
});

it('an ACL that was turned off is turned on again, and nothing else is changed', async () => {
  expect(await setup().exit).toBe(0);
  const { SYNC_SERVICE_SID: sid } = variables();
  const url = `${addresses['SYNC_API_URL']}/v1/Services/${sid}`;
  const authorization = `Basic ${Buffer.from(Object.values(ACCOUNT).join(':')).toString('base64')}`;
  const body = new URLSearchParams({
    AclEnabled: 'false',
    WebhookUrl: 'https://foyer.example/webhooks/sync',
  });
  await fetch(url, { method: 'POST', headers: { authorization }, body });
  chmodSync(envFile(), 0o644);
  const { exit, out } = setup();
  expect(await exit).toBe(0);
  expect(out).toContain('Sync service: found, turned on its ACL');
  await expectWholeAccount();
  const [service] = await services();
  expect(service).toMatchObject({ webhook_url: 'https://foyer.example/webhooks/sync' });
});

it.each([
  ['a wrong auth token', '', { ...ACCOUNT, AUTH_TOKEN: '9'.repeat(32) }, 'does not accept the credentials'],
  ['what is no account SID', '', { ...ACCOUNT, ACCOUNT_SID: 'AC1' }, 'ACCOUNT_SID is not valid'],
  [
    'nothing, and nobody to ask',
    '',
    {},
    'ACCOUNT_SID and AUTH_TOKEN are missing: set them in the environment',
  ],
  ['another account', `ACCOUNT_SID=AC${'7'.repeat(32)}\n`, ACCOUNT, 'ACCOUNT_SID in .env has another value'],
  ['half a key', `TWILIO_API_KEY=SK${'7'.repeat(32)}\n`, ACCOUNT, 'TWILIO_API_SECRET is missing beside'],
  [
    'a key that is gone',
    `TWILIO_API_KEY=SK${'7'.repeat(32)}\nTWILIO_API_SECRET=x\n`,
    ACCOUNT,
    'Twilio does not know the API key in .env',
  ],
])('%s is refused in one line, with nothing made', async (_what, text, environment, words) => {
  writeFileSync(envFile(), text);
  const { exit, err } = setup(environment);
  expect([await exit, err]).toEqual([1, [expect.stringContaining(words)]]);
  expect(calls.filter((call) => call.startsWith('POST '))).toEqual([]);
  // Account SID and token may have been filled in; what was there stays.
  expect(readFileSync(envFile(), 'utf8').startsWith(text)).toBe(true);
});

it('a Sync service that is gone is said to be gone', async () => {
  writeFileSync(envFile(), `SYNC_SERVICE_SID=IS${'7'.repeat(32)}\n`);
  const { exit, err } = setup();
  expect([await exit, err]).toEqual([
    1,
    [expect.stringContaining('no Sync service with the SYNC_SERVICE_SID')],
  ]);
});

it('a network that is down is said to be down, and run again it goes on', async () => {
  const { exit, err } = setup({ ...ACCOUNT, TWILIO_API_URL: 'http://127.0.0.1:1' });
  expect([await exit, err]).toEqual([1, [expect.stringContaining('could not be reached')]]);
  expect(await setup().exit).toBe(0);
  await expectWholeAccount();
});
