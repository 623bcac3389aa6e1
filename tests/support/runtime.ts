/**
 * Foyer as it runs: the built functions under the vendor's local runtime, behind the front port, on the
 * emulators; all in this process, so that a test can move time and read what is printed.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDevelopmentServer, type ServerConfig } from '@twilio/runtime-handler/dev';
import { build } from 'esbuild';
import { createHmsEmulator, type HmsEmulator } from '../../emulator/hundredms/server';
import { createLiveKitEmulator, type LiveKitEmulator } from '../../emulator/livekit/server';
import { createAccountEmulator, type AccountEmulator } from '../../emulator/twilio-api/server';
import { createSyncEmulator, type SyncEmulator } from '../../emulator/twilio-sync/server';
import { createVideoEmulator, type VideoEmulator } from '../../emulator/twilio-video/server';
import { trustProxies } from '../../gateway/client-address';
import { createFrontPort } from '../../gateway/front-port';
import { LiveSockets } from '../../gateway/live/live-sockets';
import { createUpstream } from '../../gateway/upstream';
import { createSyncService } from '../../scripts/start/sync-service';
import { putFunctions } from './built-functions';
import { type Reply, send } from './http';
import { RunningClock } from './running-clock';

const ROOT = join(__dirname, '../..');
const hex = (bytes = 16): string => randomBytes(bytes).toString('hex');

type Routes = ServerConfig['routes'];
// twilio-run's own, which it does not export.
const { fsHelpers } = createRequire(require.resolve('twilio-run/package.json'))(
  '@twilio-labs/serverless-api',
) as {
  fsHelpers: { getListOfFunctionsAndAssets(folder: string, search: object): Promise<Routes> };
};

export type Parameters = Readonly<Record<string, unknown>>;

export interface Calling {
  /** How the parameters travel; JSON unless given. */
  readonly as?: 'json' | 'form' | 'query';
  readonly headers?: Readonly<Record<string, string>>;
  /** Through the front port, as every local client comes, or straight to the runtime, as on Twilio. */
  readonly via?: 'front' | 'functions';
  /** Instead of parameters. */
  readonly body?: string;
}

export interface Runtime {
  readonly folder: string;
  /** What the front port is reached by. */
  readonly origin: string;
  readonly host: string;
  readonly clock: RunningClock;
  readonly sync: SyncEmulator;
  readonly video: VideoEmulator;
  readonly livekit: LiveKitEmulator;
  readonly hms: HmsEmulator;
  readonly account: AccountEmulator;
  readonly syncOrigin: string;
  readonly videoOrigin: string;
  /** As the next request finds it; a test may change it and puts it back with `restore`. */
  readonly environment: Record<string, string>;
  restore(): void;
  /** Lines printed by the functions since the last call of this. */
  printed(): string[];
  call(path: string, parameters?: Parameters, calling?: Calling): Promise<Reply>;
  /** A request of any verb without a body, through the front port. */
  verb(method: string, path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** Calls and answers the JSON of a 200; @throws Error with the refusal otherwise. */
  ok(path: string, parameters?: Parameters, calling?: Calling): Promise<Reply['json']>;
  close(): Promise<void>;
}

/** Forms carry text: what is no scalar travels as its JSON. */
const asText = ([name, value]: [string, unknown]): [string, string] => [
  name,
  typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
];

/** @param probes routes of the test's own: path → TypeScript, as if it lay in the root; only `via: 'functions'` */
export async function startRuntime(probes: Readonly<Record<string, string>> = {}): Promise<Runtime> {
  const lines: string[] = [];
  const print = (...words: unknown[]): void => void lines.push(words.map(String).join(' '));
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
    jest.spyOn(console, level).mockImplementation(print),
  );
  const clock = new RunningClock();
  const folder = mkdtempSync(join(tmpdir(), 'foyer-functions-'));
  await putFunctions(folder);
  for (const [path, contents] of Object.entries(probes)) {
    await build({
      stdin: { contents, resolveDir: ROOT, loader: 'ts' },
      outfile: join(folder, 'functions', `${path}.js`),
      bundle: true,
      platform: 'node',
      logLevel: 'silent',
    });
  }

  const account = { accountSid: `AC${hex()}`, authToken: hex() };
  const key = { sid: `SK${hex()}`, secret: hex() };
  const credentials = { ...account, apiKeys: { [key.sid]: key.secret } };
  const livekitKey = { apiKey: `API${hex(6)}`, apiSecret: hex() };
  const sync = createSyncEmulator({ credentials, clock });
  const video = createVideoEmulator({ credentials, clock });
  const api = createAccountEmulator({ credentials, clock });
  const [{ origin: syncOrigin }, { origin: videoOrigin }, { origin: apiOrigin }] = await Promise.all([
    sync.listen(),
    video.listen(),
    api.listen(),
  ]);

  const functions = createServer();
  // As in `npm start`: else a machine that halts for seconds finds connections closed that it is about to use.
  functions.keepAliveTimeout = 600_000;
  const functionsPort = await listen(functions);
  const upstream = createUpstream();
  const secret = hex();
  const gatewaySecret = hex();
  const trust = { secret, gatewaySecret, isProxy: trustProxies() };
  const front = createFrontPort({
    upstream,
    ...trust,
    live: new LiveSockets({ targets: upstream, trust, origin: () => origin }),
    isAsset: () => false,
    sockets: () => ({ '/v3/wsconnect': syncOrigin, '/signaling': videoOrigin }),
    livekitKey: () => livekitKey,
  });
  const { port } = await front.listen(0, '127.0.0.1');
  const host = `127.0.0.1:${port}`;
  const origin = `http://${host}`;
  const livekit = createLiveKitEmulator({
    keys: { [livekitKey.apiKey]: livekitKey.apiSecret },
    webhookUrls: [`${origin}/webhooks/livekit`],
    clock,
  });
  const { origin: livekitOrigin } = await livekit.listen();
  const hmsKey = { accessKey: hex(12), appSecret: hex(), webhookSecret: hex() };
  const hms = createHmsEmulator({
    keys: { [hmsKey.accessKey]: hmsKey.appSecret },
    webhook: {
      url: `${origin}/webhooks/hundredms`,
      headers: { 'x-webhook-secret': hmsKey.webhookSecret },
    },
    clock,
  });
  const { origin: hmsOrigin } = await hms.listen();
  const defaults: Record<string, string> = {
    ACCOUNT_SID: account.accountSid,
    AUTH_TOKEN: account.authToken,
    TWILIO_API_KEY: key.sid,
    TWILIO_API_SECRET: key.secret,
    SYNC_SERVICE_SID: await createSyncService(syncOrigin, account, `${origin}/webhooks/sync`),
    SYNC_REACHABILITY_WEBHOOKS: 'yes',
    SYNC_API_URL: syncOrigin,
    VIDEO_API_URL: videoOrigin,
    TWILIO_API_URL: apiOrigin,
    SMS_FROM: '+15005550006',
    LIVEKIT_API_KEY: livekitKey.apiKey,
    LIVEKIT_API_SECRET: livekitKey.apiSecret,
    LIVEKIT_URL: livekitOrigin,
    HMS_ACCESS_KEY: hmsKey.accessKey,
    HMS_APP_SECRET: hmsKey.appSecret,
    HMS_API_URL: `${hmsOrigin}/v2`,
    HMS_WEBHOOK_SECRET: hmsKey.webhookSecret,
    ALLOW_ANONYMOUS_USERS: 'yes',
    ALLOW_ANONYMOUS_OPERATORS: 'yes',
    FRONT_PORT_SECRET: secret,
    GATEWAY_SECRET: gatewaySecret,
  };
  const environment = { ...defaults };
  const routes = await fsHelpers.getListOfFunctionsAndAssets(folder, { functionsFolderNames: ['functions'] });
  const runtime = new LocalDevelopmentServer(functionsPort, {
    baseDir: ROOT,
    env: environment,
    port: functionsPort,
    url: `http://localhost:${functionsPort}`,
    detailedLogs: false,
    live: false,
    logs: false,
    legacyMode: false,
    appName: 'tests',
    forkProcess: false,
    routes,
    enableDebugLogs: false,
  });
  functions.on('request', runtime.getApp());
  await upstream.use(functionsPort);

  const call: Runtime['call'] = (
    path,
    parameters = {},
    { as = 'json', headers = {}, via = 'front', body } = {},
  ) => {
    const base = via === 'front' ? origin : `http://127.0.0.1:${functionsPort}`;
    const form = (): string => new URLSearchParams(Object.entries(parameters).map(asText)).toString();
    if (as === 'query') return send(`${base}${path}?${form()}`, { headers });
    const type = as === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
    return send(`${base}${path}`, {
      headers: { 'content-type': type, ...headers },
      body: body ?? (as === 'form' ? form() : JSON.stringify(parameters)),
    });
  };
  return {
    folder: join(folder, 'functions'),
    origin,
    host,
    clock,
    sync,
    video,
    livekit,
    hms,
    account: api,
    syncOrigin,
    videoOrigin,
    environment,
    restore: () => {
      for (const name of Object.keys(environment)) delete environment[name];
      Object.assign(environment, defaults);
    },
    printed: () => lines.splice(0),
    call,
    verb: (method, path, headers = {}) => send(`${origin}${path}`, { method, headers }),
    ok: async (path, parameters, calling) => {
      const reply = await call(path, parameters, calling);
      if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
      return reply.json;
    },
    close: async () => {
      // Vendors tell us of what happened a moment later: what they have begun to tell is answered first.
      await upstream.use(functionsPort);
      await Promise.all([livekit.close(), hms.close(), api.close()]);
      await front.close(0);
      functions.closeAllConnections();
      await Promise.all([sync.close(), video.close(), new Promise((done) => functions.close(done))]);
      upstream.lose();
      clock.stop();
      rmSync(folder, { recursive: true, force: true });
      for (const spy of spies) spy.mockRestore();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
