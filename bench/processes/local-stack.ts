/** The whole local stack as `npm start` makes it: emulators and front port here, the functions in their own process. */
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { trustProxies } from '../../gateway/client-address';
import { createFrontPort } from '../../gateway/front-port';
import { LiveSockets } from '../../gateway/live/live-sockets';
import type { SocketPaths } from '../../gateway/sockets';
import { createUpstream } from '../../gateway/upstream';
import type { Build } from '../../scripts/build/project';
import { compileGuard } from '../../scripts/start/compile-guard';
import { launchFunctions } from '../../scripts/start/functions-process';
import { startTwilioEmulators } from '../../scripts/start/twilio-emulators';
import { ROUTES } from '../../src/api/routes';
import { answerCalls } from '../child';

export interface StackAddresses {
  readonly frontPort: number;
  readonly functionsPort: number;
  /** What the functions were configured with. */
  readonly variables: Readonly<Record<string, string>>;
}

const ends: (() => Promise<void>)[] = [];

const calls = {
  /** @param paths of functions that are no routes of ours, to be let through all the same */
  async start({ build, paths }: { build: Build; paths: readonly string[] }): Promise<StackAddresses> {
    const upstream = createUpstream();
    let sockets: SocketPaths = {};
    // With their secret a gateway's requests are marked as its own; those of clients are not.
    const gatewaySecret = randomBytes(16).toString('hex');
    const live = new LiveSockets({
      targets: upstream,
      trust: { secret: gatewaySecret, gatewaySecret, isProxy: trustProxies() },
      origin: () => `http://127.0.0.1:${frontPort}`,
    });
    const front = createFrontPort({
      upstream,
      live,
      // As on Twilio, where there is no front port: functions take requests as they come.
      secret: '',
      isAsset: (path) => build.assets.includes(path),
      sockets: () => sockets,
      routes: [...ROUTES, ...paths.map((path) => ({ path, verbs: ['POST'], family: 'service' }) as const)],
    });
    const { port: frontPort } = await front.listen(0, '127.0.0.1');
    ends.push(() => front.close(0));
    const emulators = await startTwilioEmulators(`http://127.0.0.1:${frontPort}/webhooks/sync`);
    ends.push(() => emulators.close());
    sockets = emulators.sockets;
    const variables = {
      ...emulators.variables,
      ALLOW_ANONYMOUS_OPERATORS: 'yes',
      ALLOW_ANONYMOUS_USERS: 'yes',
      GATEWAY_SECRET: gatewaySecret,
      // Of those vendors that are emulated here.
      ROOMS_PROVIDER: 'twilio',
    };
    const functions = await launchFunctions({
      build,
      variables,
      guard: await compileGuard(dirname(build.folder)),
      output: () => undefined,
    });
    ends.push(() => functions.stop());
    await upstream.use(functions.port);
    return { frontPort, functionsPort: functions.port, variables };
  },
};

export type LocalStackCalls = typeof calls;

answerCalls(calls, () => Promise.allSettled(ends.map((end) => end())));
