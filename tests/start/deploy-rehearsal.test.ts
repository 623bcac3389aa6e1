/**
 * A whole deployment, rehearsed: `npm run deploy` uploads this repository to a stand-in of Twilio's API, what arrived
 * runs away from the repository, and people meet by it.
 */
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSyncEmulator, type SyncEmulator } from '../../emulator/twilio-sync/server';
import { createVideoEmulator, type VideoEmulator } from '../../emulator/twilio-video/server';
import { createSyncService } from '../../scripts/start/sync-service';
import { send } from '../support/http';
import { createWholeCheckout, endAll, run, type Checkout } from './checkout';
import { Cloud } from './deploy-cloud';
import { runBuild, type Platform } from './deploy-platform';
import { startTlsProxy, type TlsProxy } from './deploy-proxy';

const ACCOUNT = { ACCOUNT_SID: `AC${'6'.repeat(32)}`, AUTH_TOKEN: '7'.repeat(32) };
const KEY = { TWILIO_API_KEY: `SK${'8'.repeat(32)}`, TWILIO_API_SECRET: '9e'.repeat(16) };
const ADMIN_API_KEY = 'sesame that opens';

let checkout: Checkout;
let sync: SyncEmulator;
let video: VideoEmulator;
let proxy: TlsProxy;
let platform: Promise<Platform> | undefined;
let variables: Record<string, string>;
let syncOrigin: string;
const cloud = new Cloud({ accountSid: ACCOUNT.ACCOUNT_SID, authToken: ACCOUNT.AUTH_TOKEN });

beforeAll(async () => {
  const account = { accountSid: ACCOUNT.ACCOUNT_SID, authToken: ACCOUNT.AUTH_TOKEN };
  const credentials = { ...account, apiKeys: { [KEY.TWILIO_API_KEY]: KEY.TWILIO_API_SECRET } };
  sync = createSyncEmulator({ credentials });
  video = createVideoEmulator({ credentials });
  const [syncAt, { origin: videoOrigin }] = await Promise.all([sync.listen(), video.listen()]);
  syncOrigin = syncAt.origin;
  const SYNC_SERVICE_SID = await createSyncService(syncOrigin, account, undefined);
  variables = { ...ACCOUNT, ...KEY, ADMIN_API_KEY, SYNC_SERVICE_SID };

  cloud.activated = ({ variables: set }, build) => {
    const own = [...set.values()].map(({ key, value }) => [key, value] as const);
    // The platform brings the account's along; the emulators stand where Twilio's own hosts are.
    const emulated = { SYNC_API_URL: syncOrigin, VIDEO_API_URL: videoOrigin };
    platform = runBuild(build, { ...ACCOUNT, ...Object.fromEntries(own), ...emulated });
  };
  const names = ['serverless.twilio.com', 'serverless-upload.twilio.com', 'sync.twilio.com', '*.twil.io'];
  proxy = await startTlsProxy(names, (host, incoming, response) => {
    if (host === 'sync.twilio.com') forward(syncOrigin, incoming, response);
    else if (host.endsWith('.twil.io'))
      void platform?.then(({ origin }) => forward(origin, incoming, response));
    else void cloud.answer(incoming, response);
  });

  checkout = createWholeCheckout();
}, 300_000);
afterAll(async () => {
  await endAll();
  await (await platform)?.close();
  proxy.close();
  await Promise.all([sync.close(), video.close()]);
  checkout.remove();
});

function forward(origin: string, incoming: IncomingMessage, response: ServerResponse): void {
  const onward = request(
    `${origin}${incoming.url}`,
    { method: incoming.method, headers: incoming.headers },
    (reply) => {
      response.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(response);
    },
  );
  incoming.pipe(onward);
}

it('the repository is deployed, and what was deployed answers', async () => {
  const { exit, out, err } = run(checkout, 'deploy.ts', { ...variables, ...proxy.environment });
  if ((await exit) !== 0) throw new Error([...out, ...err].join('\n'));
  expect(out).toContain('Foyer is live: https://foyer-1234-dev.twil.io/');
  for (const line of [...out, ...err])
    for (const secret of [ACCOUNT.AUTH_TOKEN, KEY.TWILIO_API_SECRET, ADMIN_API_KEY])
      expect(line).not.toContain(secret);

  const [build] = cloud.builds.values();
  const { dependencies } = jest.requireActual<{ dependencies: Record<string, string> }>('../../package.json');
  expect(build?.runtime).toBe('node22');
  expect(Object.fromEntries((build?.dependencies ?? []).map(({ name, version }) => [name, version]))).toEqual(
    dependencies,
  );
  const paths = (build?.versions ?? []).filter(({ kind }) => kind === 'Functions').map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['/health', '/admin/create', '/webhooks/sync']));
  expect(paths.filter((path) => /\.(?:test|spec|map)\b/.test(path))).toEqual([]);

  const [environment] = cloud.environments.values();
  const { ACCOUNT_SID: _sid, AUTH_TOKEN: _token, ...uploaded } = variables;
  const live = [...(environment?.variables.values() ?? [])].map(({ key, value }) => [key, value] as const);
  expect(Object.fromEntries(live)).toEqual({ ...uploaded, SYNC_REACHABILITY_WEBHOOKS: 'yes' });
}, 300_000);

it('Sync calls what was deployed, as soon as it is there', async () => {
  expect(await webhookUrl()).toEqual('https://foyer-1234-dev.twil.io/webhooks/sync');
});

it('the waiting room works away from the repository, by what was uploaded alone', async () => {
  const running = (await platform) as Platform;
  const { origin, folder } = running;
  const call = async (path: string, parameters: object, status = 200): Promise<Record<string, string>> => {
    const reply = await send(`${origin}${path}`, {
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_API_KEY}` },
      body: JSON.stringify(parameters),
    });
    expect([path, reply.status, reply.status === status ? '' : reply.text]).toEqual([path, status, '']);
    return status === 200 ? (reply.json as Record<string, string>) : {};
  };
  const { meeting_id } = await call('/admin/create', {});
  const guest = await call('/user/enter-waiting-room', { meeting_id, name: 'Ann' });
  await call('/user/join', { meeting_id, room_id: `RM${'0'.repeat(32)}`, identity: guest['identity'] }, 403);
  const host = await call('/admin/join', { meeting_id, name: 'Bea' });
  const joined = await call('/user/join', {
    meeting_id,
    room_id: host['room_id'],
    identity: guest['identity'],
  });
  expect(joined).toMatchObject({ room_id: host['room_id'], provider: 'twilio', token: expect.any(String) });
  expect(await call('/admin/end', { meeting_id })).toMatchObject({ state: 'ended' });
  await call('/user/join', { meeting_id, room_id: host['room_id'], identity: guest['identity'] }, 403);

  const page = await send(`${origin}/`, { method: 'GET' });
  expect([page.status, page.headers['content-type']]).toEqual([200, expect.stringMatching(/^text\/html/)]);
  expect((await running.loaded()).filter((file) => !file.startsWith(folder))).toEqual([]);
}, 120_000);

it('production is another environment of the same service', async () => {
  await (await platform)?.close();
  const words = ['--environment', 'production'];
  const { exit, out } = run(checkout, 'deploy.ts', { ...variables, ...proxy.environment }, words);
  expect(await exit).toBe(0);
  expect(out).toContain('Foyer is live: https://foyer-1234.twil.io/');
  expect(out).toContain(
    'Sync called https://foyer-1234-dev.twil.io/webhooks/sync so far, and calls https://foyer-1234.twil.io from now on',
  );
  expect(await webhookUrl()).toEqual('https://foyer-1234.twil.io/webhooks/sync');
  expect([...cloud.environments.values()].map(({ suffix }) => suffix)).toEqual(['dev', null]);
}, 300_000);

async function webhookUrl(): Promise<unknown> {
  const authorization = `Basic ${Buffer.from(Object.values(ACCOUNT).join(':')).toString('base64')}`;
  const response = await fetch(`${syncOrigin}/v1/Services/${variables['SYNC_SERVICE_SID']}`, {
    headers: { authorization },
  });
  return ((await response.json()) as { webhook_url: unknown }).webhook_url;
}
