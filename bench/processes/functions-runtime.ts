/** Twilio's own local runtime, as twilio-run starts it with `--no-fork-process --no-live`, and nothing around it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalDevelopmentServer, type ServerConfig } from '@twilio/runtime-handler/dev';
import type { Build } from '../../scripts/build/project';
import { answerCalls } from '../child';

/** Far beyond any run: a connection that is kept alive is not closed between two rounds. */
const KEEP_ALIVE_MS = 600_000;

const calls = {
  /** @returns the port of 127.0.0.1 on which the functions answer */
  async start(options: {
    readonly build: Build;
    readonly root: string;
    readonly paths: readonly string[];
    readonly variables: Readonly<Record<string, string>>;
  }): Promise<number> {
    const { build, root, paths, variables } = options;
    const config: ServerConfig = {
      baseDir: root,
      env: variables,
      port: 0,
      url: 'http://localhost',
      appName: 'bench',
      detailedLogs: false,
      live: false,
      logs: false,
      legacyMode: false,
      forkProcess: false,
      enableDebugLogs: false,
      routes: { assets: [], functions: paths.map((path) => routeTo(build, path)) },
    };
    const server = createServer(new LocalDevelopmentServer(0, config).getApp());
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  },
};

const routeTo = (build: Build, path: string): ServerConfig['routes']['functions'][number] => ({
  name: path,
  path,
  filePath: `${build.folder}/functions${path}.js`,
  access: 'public',
  content: '',
});

export type FunctionsRuntimeCalls = typeof calls;

answerCalls(calls);
