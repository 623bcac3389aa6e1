/**
 * Keeps the functions running: begins them again when their process dies, and replaces them after a rebuild
 * without a moment in which nobody answers.
 */
import { rmSync } from 'node:fs';
import type { Upstream } from '../../gateway/upstream';
import type { Build } from '../build/project';
import { launchFunctions, type FunctionsProcess, type LaunchOptions } from './functions-process';

/** Waits between restarts: doubled while the process keeps dying young, so that a crash loop stays cheap. */
const FIRST_RESTART_MS = 50;
const SLOWEST_RESTART_MS = 5_000;
/** A process that lived this long was healthy: the next restart is quick again. */
const HEALTHY_MS = 20_000;

export interface FunctionsRuntime {
  /** Serves `build` from now on; resolves when it answers. The former process ends with its last request. */
  serve(build: Build): Promise<void>;
  /** The build that is being served. */
  current(): Build | undefined;
  stop(): Promise<void>;
}

export function createFunctionsRuntime(options: {
  readonly upstream: Upstream;
  readonly variables: Readonly<Record<string, string>>;
  readonly guard: string;
  readonly output: LaunchOptions['output'];
  readonly report: (line: string) => void;
}): FunctionsRuntime {
  const { upstream, report } = options;
  let serving: { readonly build: Build; readonly process: FunctionsProcess } | undefined;
  let stopping = false;
  let restartMs = FIRST_RESTART_MS;
  const alive = new Set<FunctionsProcess>();

  const launch = async (build: Build): Promise<FunctionsProcess> => {
    const begun = Date.now();
    const process = await launchFunctions({ ...options, build });
    alive.add(process);
    void process.ended.then(() => {
      alive.delete(process);
      if (serving?.process === process && !stopping) void restart(build, Date.now() - begun);
    });
    return process;
  };

  const restart = async (build: Build, livedMs: number): Promise<void> => {
    upstream.lose();
    restartMs = livedMs > HEALTHY_MS ? FIRST_RESTART_MS : Math.min(restartMs * 2, SLOWEST_RESTART_MS);
    report(`The functions' process ended; starting it again`);
    await new Promise((resolve) => setTimeout(resolve, restartMs));
    // A rebuild may have replaced it meanwhile.
    if (stopping || serving?.build !== build) return;
    try {
      const process = await launch(build);
      if (serving?.build !== build) return void process.stop();
      serving = { build, process };
      await upstream.use(process.port);
    } catch (error) {
      report(`The functions do not start: ${(error as Error).message}`);
      if (serving?.build === build) await restart(build, 0);
    }
  };

  return {
    current: () => serving?.build,
    async serve(build) {
      const process = await launch(build);
      const former = serving;
      serving = { build, process };
      if (stopping) return process.stop();
      const drained = upstream.use(process.port);
      if (!former) return;
      void drained
        .then(() => former.process.stop())
        .then(() => rmSync(former.build.folder, { recursive: true, force: true }));
    },
    async stop() {
      stopping = true;
      await Promise.all([...alive].map((process) => process.stop()));
    },
  };
}
