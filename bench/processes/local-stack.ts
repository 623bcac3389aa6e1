/** The whole local stack as `npm start` makes it: emulators and front port here, the functions in their own process. */
import { dirname } from 'node:path';
import { createFrontPort } from '../../gateway/front-port';
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
    const front = createFrontPort({
      upstream,
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
    const variables = { ...emulators.variables, ALLOW_ANONYMOUS_OPERATORS: 'yes' };
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
