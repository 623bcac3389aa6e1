/** `npm run gateway`: a gateway alone, before functions that run elsewhere. Any number may stand side by side. */
import { existsSync } from 'node:fs';
import { trustProxies } from '../gateway/client-address';
import { createFrontPort } from '../gateway/front-port';
import { LiveSockets } from '../gateway/live/live-sockets';
import type { SocketPaths } from '../gateway/sockets';
import { fixedUpstream } from '../gateway/upstream';
import { readGatewaySettings, type GatewaySettings } from './gateway/settings';
import { onEnd } from './start/signals';

/** Requests in flight get this long when it is told to end. */
const GRACE_MS = 800;
/** Ends in any case: what has not stopped by then never will. */
const LAST_RESORT_MS = 1_900;

async function main(): Promise<void> {
  const read = readGatewaySettings(await variables());
  if ('faults' in read) return fail(read.faults);
  const { settings } = read;
  const gateway = createGateway(settings);
  onEnd(() => {
    setTimeout(() => process.exit(0), LAST_RESORT_MS).unref();
    void gateway.stop().then(() => process.exit(0));
  });
  try {
    const port = await gateway.listen();
    console.log(`The gateway listens on port ${port}, before ${settings.functions.origin}`);
    await gateway.whenReady();
    console.log(`The gateway is ready: http://localhost:${port}`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const { host, port } = settings;
    fail([code === 'EADDRINUSE' ? `PORT ${port} is taken on ${host}: choose another` : message]);
    process.exit(1);
  }
}

/** From the environment, and in a checkout from `.env`. An image has neither that file nor what reads it. */
async function variables(): Promise<NodeJS.ProcessEnv> {
  if (!existsSync('.env')) return process.env;
  const { readVariables } = await import('./environment/env-file');
  const { GATEWAY_VARIABLES } = await import('./environment/variables');
  return readVariables(process.cwd(), process.env, Object.keys(GATEWAY_VARIABLES));
}

function createGateway(settings: GatewaySettings) {
  const { functions, secret, allowedOrigins, trustedProxies, livekitKey } = settings;
  const upstream = fixedUpstream(functions);
  const isProxy = trustProxies(trustedProxies);
  const report = (line: string): void => console.log(line);
  const trust = { secret, gatewaySecret: secret, isProxy };
  const live = new LiveSockets({ targets: upstream, trust, allowedOrigins, report });
  const front = createFrontPort({
    upstream,
    secret,
    gatewaySecret: secret,
    isProxy,
    isAsset: mayBeAsset,
    sockets: () => emulatorSockets(functions),
    livekitKey: () => livekitKey,
    live,
    report,
  });
  return {
    listen: async () => (await front.listen(settings.port, settings.host)).port,
    whenReady: () => untilReady(live),
    async stop(): Promise<void> {
      // While sockets go elsewhere `/readyz` says so.
      await live.close();
      await front.close(GRACE_MS);
    },
  };
}

/** Which assets there are is known where they are: whatever looks like one is asked for there. */
const mayBeAsset = (path: string): boolean => path === '/' || /^(\/[\w-]+)*\/[\w-]+(\.[\w-]+)+$/.test(path);

/** Before a local run its emulators are reached through its front port. */
function emulatorSockets({ protocol, origin }: URL): SocketPaths {
  if (protocol === 'https:') return {};
  return Object.fromEntries(['/v3/wsconnect', '/signaling', '/rtc', '/rtc/v1'].map((path) => [path, origin]));
}

/** Functions that are away come back: what is wrong is reported meanwhile. */
async function untilReady(live: LiveSockets): Promise<void> {
  for (;;) {
    const isReady = await live.ready().then(
      () => true,
      () => false,
    );
    if (isReady) return;
  }
}

function fail(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}

main().catch((error: unknown) => fail([error instanceof Error ? error.message : String(error)]));
