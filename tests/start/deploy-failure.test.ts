/** A deployment that fails or is interrupted, wherever that is: the live service stays as it was, and that is said. */
import { writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { awaitHealth } from '../../scripts/deploy/after-upload';
import { createCheckout, endAll, run, until, type Checkout, type Running } from './checkout';
import { Cloud, type CloudEnvironment } from './deploy-cloud';
import { startTlsProxy, type TlsProxy } from './deploy-proxy';

const ACCOUNT = { ACCOUNT_SID: `AC${'3'.repeat(32)}`, AUTH_TOKEN: '4'.repeat(32) };
/** Some that are new, one that changes. */
const VARIABLES = {
  ...ACCOUNT,
  TWILIO_API_KEY: `SK${'0'.repeat(32)}`,
  TWILIO_API_SECRET: 'quite secret',
  SYNC_SERVICE_SID: `IS${'0'.repeat(32)}`,
  ADMIN_API_KEY: 'the new key of operators',
  RING_TIMEOUT_SECONDS: '60',
};
const LIVE = { ADMIN_API_KEY: 'the old key', SOMEBODY_ELSES: 'stays' };

let cloud: Cloud;
let proxy: TlsProxy;
let checkout: Checkout;
/** What Sync's REST API says of the service. */
let syncService: object;
/** What was deployed, as it answers. */
let deployed: (response: ServerResponse) => void;

beforeAll(async () => {
  checkout = createCheckout();
  const names = ['serverless.twilio.com', 'serverless-upload.twilio.com', 'sync.twilio.com', '*.twil.io'];
  proxy = await startTlsProxy(names, (host, request, response) => {
    if (host === 'sync.twilio.com') response.end(JSON.stringify(syncService));
    else if (host.endsWith('.twil.io')) deployed(response);
    else void cloud.answer(request, response);
  });
});
afterAll(async () => {
  await endAll();
  proxy.close();
  checkout.remove();
});
beforeEach(() => {
  syncService = { acl_enabled: true };
  deployed = (response) => response.writeHead(500).end();
  cloud = new Cloud({ accountSid: ACCOUNT.ACCOUNT_SID, authToken: ACCOUNT.AUTH_TOKEN });
});

/** A service that was deployed from this checkout. */
function live(): { environment: CloudEnvironment; readonly expectAsItWas: () => void } {
  const environment = cloud.seed(LIVE);
  writeFileSync(
    join(checkout.root, '.twiliodeployinfo'),
    JSON.stringify({
      [`${ACCOUNT.ACCOUNT_SID}:us1`]: { serviceSid: cloud.service?.sid, latestBuild: environment.buildSid },
    }),
  );
  const { buildSid } = environment;
  return {
    environment,
    expectAsItWas: () => {
      expect(environment.buildSid).toBe(buildSid);
      const variables = [...environment.variables.values()].map(({ key, value }) => [key, value] as const);
      expect(Object.fromEntries(variables)).toEqual(LIVE);
    },
  };
}

const deploy = (words: readonly string[] = []): Running =>
  run(checkout, 'deploy.ts', { ...VARIABLES, ...proxy.environment }, words);

/** Goes wrong at the n-th such call. */
function onNth(call: string, nth: number, trouble: 'before' | 'after' | 'failed'): void {
  let seen = 0;
  cloud.trouble = (one) => {
    if (one !== call) return undefined;
    seen += 1;
    return seen === nth ? trouble : undefined;
  };
}

it.each([
  ['no function can be made', 'POST Functions', 1, 'before'],
  ['an upload fails', 'POST Versions', 2, 'before'],
  ['no build can be made', 'POST Builds', 1, 'before'],
  ['the build fails', 'GET Status', 1, 'failed'],
  ['the second variable is refused', 'POST Variables', 2, 'before'],
  ['the build is not activated', 'POST Deployments', 1, 'before'],
  ['the build is activated, and the answer is lost', 'POST Deployments', 1, 'after'],
] as const)('%s', async (_what, call, nth, trouble) => {
  const { expectAsItWas } = live();
  onNth(call, nth, trouble);
  const { exit, err } = deploy();
  expect(await exit).not.toBe(0);
  expect(cloud.calls).toContain(call);
  expectAsItWas();
  expect(err.at(-1)).toMatch(/^The deployment failed\. The live service is as it was/);
});

it.each(['SIGINT', 'SIGTERM'] as const)('%s while variables are being set', async (signal) => {
  const { expectAsItWas } = live();
  const running = deploy();
  cloud.trouble = (call) => {
    if (call === 'POST Deployments') return 'before';
    if (call === 'POST Variables' && !running.child.killed) running.child.kill(signal);
    return undefined;
  };
  expect(await running.exit).toBe(130);
  expectAsItWas();
  expect(running.err.at(-1)).toMatch(/^The deployment was interrupted\. The live service is as it was/);
});

it.each(['SIGINT', 'SIGTERM'] as const)('%s before what was deployed has answered well', async (signal) => {
  const { environment, expectAsItWas } = live();
  const before = environment.buildSid;
  const running = deploy();
  let activated: unknown;
  deployed = (response) => {
    activated = environment.buildSid;
    running.child.kill(signal);
    response.writeHead(500).end();
  };
  expect(await running.exit).toBe(130);
  expect(activated).not.toBe(before);
  expectAsItWas();
  expect(running.err.at(-1)).toMatch(/^The deployment was interrupted\. The live service is as it was/);
});

it('SIGINT while what was there is put back is heard, and it is put back', async () => {
  const { expectAsItWas } = live();
  const running = deploy();
  let hasFailed = false;
  cloud.trouble = (call) => {
    if (call === 'POST Deployments') {
      hasFailed = true;
      return 'before';
    }
    // twilio-run has ended: this is ours, which looks at what is to be put back.
    if (hasFailed && call === 'GET Environments') running.child.kill('SIGINT');
    return undefined;
  };
  expect(await running.exit).toBe(1);
  expectAsItWas();
  expect(running.err.at(-1)).toMatch(/^The deployment failed\. The live service is as it was/);
  expect(running.err).toContain('Not yet: the live service is being made what it was');
});

it('a service of our name that somebody else deployed is not touched without being told to', async () => {
  live();
  writeFileSync(join(checkout.root, '.twiliodeployinfo'), '{}');
  const { exit, err } = deploy();
  expect([await exit, err]).toEqual([1, [expect.stringContaining('was not deployed from this folder')]]);
  expect(cloud.calls.filter((call) => !call.startsWith('GET '))).toEqual([]);
});

it.each(['ALLOW_ANONYMOUS_OPERATORS', 'ALLOW_ANONYMOUS_USERS'])(
  '%s, which another deployment has turned on, is noticed',
  async (key) => {
    const { environment } = live();
    environment.variables.set('ZV1', { key, value: 'yes' });
    const { exit, err } = deploy();
    expect([await exit, err]).toEqual([1, [expect.stringContaining(`${key} is on in the live environment`)]]);
    expect(cloud.calls.filter((call) => !call.startsWith('GET '))).toEqual([]);
  },
);

it('a Sync service that anybody could read is noticed', async () => {
  live();
  syncService = { acl_enabled: false };
  const { exit, err } = deploy();
  expect([await exit, err]).toEqual([1, [expect.stringContaining('has its ACL off')]]);
  expect(cloud.calls.filter((call) => !call.startsWith('GET '))).toEqual([]);
});

it('a wrong auth token is said to be wrong, and nothing is uploaded', async () => {
  cloud = new Cloud({ accountSid: ACCOUNT.ACCOUNT_SID, authToken: '5'.repeat(32) });
  const { exit, err } = deploy();
  expect([await exit, err]).toEqual([1, [expect.stringContaining('does not accept the credentials (401)')]]);
});

it('another version, or none, that answers is not taken for the one that was deployed', async () => {
  let answer = { status: 200, text: '{"status":"ok","version":"0.0.1"}' };
  const server = createServer((_request, response) => response.writeHead(answer.status).end(answer.text));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await awaitHealth(origin, '0.0.1', 0)).toBeUndefined();
  expect(await awaitHealth(origin, '0.0.2', -1)).toBe('it answers with version 0.0.1');
  answer = { status: 404, text: '<p>Not found</p>' };
  expect(await awaitHealth(origin, '0.0.1', -1)).toMatch(/^it (answers 404|does not answer)/);
  await until(() => new Promise((resolve) => server.close(() => resolve(true))));
});
