/** One running copy of Foyer: front port, emulators, functions, rebuilds, and their orderly end. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { trustProxies } from '../../gateway/client-address';
import { createFrontPort } from '../../gateway/front-port';
import { LiveSockets } from '../../gateway/live/live-sockets';
import type { LivekitKey } from '../../gateway/livekit-webhook';
import { createUpstream } from '../../gateway/upstream';
import { BuildError } from '../build/build-error';
import { buildProject, type NewBuild } from '../build/project';
import { compileGuard } from './compile-guard';
import { createFunctionsRuntime } from './functions-runtime';
import { everythingAnswers } from './readiness';
import { createRunFolder, type RunFolder } from './run-folder';
import type { Settings } from './settings';
import { watchSource } from './source-watch';
import { startVendors, type Vendors } from './vendors';

/** Requests in flight get this long when the copy is told to end. */
const GRACE_MS = 800;

/** What a build is made of. */
const SOURCES = ['src', 'client'] as const;

export interface Copy {
  /** Resolves with the lines for the developer, when everything answers through the front port. */
  start(): Promise<{ readonly port: number; readonly lines: readonly string[] }>;
  /** Ends everything that was started, in any state; may be called twice. */
  stop(): Promise<void>;
}

export function createCopy(root: string, settings: Settings, report: (line: string) => void): Copy {
  const ends: (() => Promise<void> | void)[] = [];
  let stopped: Promise<void> | undefined;
  let vendors: Pick<Vendors, 'sockets' | 'variables'> = { sockets: {}, variables: {} };
  // What the functions say about being asked whether they are there is of interest only when they are not.
  let held: Buffer[] | undefined = [];
  let isAsset = (_path: string): boolean => false;
  const upstream = createUpstream();
  const folder = createRunFolder(root);
  const { FRONT_PORT_SECRET: secret = '', GATEWAY_SECRET: gatewaySecret = '' } = settings.variables;
  const isProxy = trustProxies(settings.trustedProxies);
  let origin: string | undefined;
  const live = new LiveSockets({
    targets: upstream,
    trust: { secret, gatewaySecret, isProxy },
    origin: () => origin,
    allowedOrigins: settings.allowedOrigins,
    report,
  });
  const front = createFrontPort({
    upstream,
    secret,
    gatewaySecret,
    isProxy,
    live,
    isAsset: (path) => isAsset(path),
    sockets: () => vendors.sockets,
    livekitKey: () => livekitKeyIn({ ...settings.variables, ...vendors.variables }),
    report,
  });

  const whenNotStopped = <T>(value: T): T => {
    if (stopped) throw new Error('told to stop');
    return value;
  };

  const start: Copy['start'] = async () => {
    // First of all: a taken port is worth knowing before anything else is done.
    const { port, address } = await front.listen(settings.port, settings.host);
    const at = { host: REACHABLE[address] ?? address, port };
    const builds = buildsIn(root, folder, settings);
    origin = `http://${bracketed(at.host)}:${port}`;
    const starting = startVendors(settings, origin);
    const [build, started] = await together(builds(), starting);
    ends.push(() => started.close());
    whenNotStopped(undefined);
    vendors = started;

    const functions = createFunctionsRuntime({
      upstream,
      report,
      guard: await compileGuard(folder.path),
      output: (chunk, stream) => {
        if (held && stream === 'stdout') held.push(chunk);
        else process[stream].write(chunk);
      },
      variables: {
        // Locally as in production: where this copy is reached, not where the runtime happens to listen.
        DOMAIN_NAME: `localhost:${port}`,
        ...settings.variables,
        ...started.variables,
      },
    });
    ends.push(() => functions.stop());
    isAsset = (path) => functions.current()?.assets.includes(path) ?? false;
    await functions.serve(build);
    await everythingAnswers(at, build, Object.keys(started.sockets)).catch((error: unknown) => {
      for (const chunk of held ?? []) process.stdout.write(chunk);
      throw error;
    });
    held = undefined;
    ends.push(
      watchSource(
        SOURCES.map((folder) => join(root, folder)),
        async () => {
          try {
            await functions.serve(await builds());
            report('Rebuilt after a change');
          } catch (error) {
            for (const line of linesOf(error)) report(line);
            report('Not rebuilt: the build before this change goes on');
          }
        },
      ),
    );
    return { port: whenNotStopped(port), lines: [...started.lines, ...build.remarks, ...settings.remarks] };
  };

  const stop = async (): Promise<void> => {
    await front.close(GRACE_MS);
    await Promise.allSettled(ends.toReversed().map(async (end) => end()));
    folder.remove();
  };
  return { start, stop: () => (stopped ??= stop()) };
}

/** Every build gets a folder of its own: the process of the one before still reads from its own. */
function buildsIn(root: string, folder: RunFolder, { variables, brand }: Settings): () => Promise<NewBuild> {
  let count = 0;
  return async () => {
    const path = join(folder.path, `build-${++count}`);
    try {
      return await buildProject(root, path, { compact: false, variables: { ...variables, ...brand } });
    } catch (error) {
      rmSync(path, { recursive: true, force: true });
      throw error;
    }
  };
}

function livekitKeyIn({
  LIVEKIT_API_KEY,
  LIVEKIT_API_SECRET,
}: Settings['variables']): LivekitKey | undefined {
  if (!LIVEKIT_API_KEY || !LIVEKIT_API_SECRET) return undefined;
  return { apiKey: LIVEKIT_API_KEY, apiSecret: LIVEKIT_API_SECRET };
}

/** Both or neither: the one that came up is ended when the other did not. */
async function together(
  building: Promise<NewBuild>,
  starting: Promise<Vendors>,
): Promise<[NewBuild, Vendors]> {
  const [build, vendors] = await Promise.allSettled([building, starting]);
  if (build.status === 'fulfilled' && vendors.status === 'fulfilled') return [build.value, vendors.value];
  if (vendors.status === 'fulfilled') await vendors.value.close();
  throw build.status === 'rejected' ? build.reason : (vendors as PromiseRejectedResult).reason;
}

/** A server on every address of this machine is reached from it at this one. */
const REACHABLE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** A fault as the developer should read it: no stack. */
export const linesOf = (error: unknown): readonly string[] =>
  error instanceof BuildError ? error.lines : [error instanceof Error ? error.message : String(error)];
