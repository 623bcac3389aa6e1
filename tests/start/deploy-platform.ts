/**
 * A stand-in for the platform: a build that was uploaded, unpacked in a folder of its own with the dependencies that
 * it lists and nothing else, run by Twilio's runtime handler in a process of its own.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { createRequire } from 'node:module';
import { installed } from '../../scripts/deploy/source-refusals';
import type { CloudBuild } from './deploy-cloud';

const REPOSITORY = join(__dirname, '../..');

// twilio-run's own, which it does not export: finds what the runtime is to serve.
const { fsHelpers } = createRequire(require.resolve('twilio-run/package.json'))(
  '@twilio-labs/serverless-api',
) as { fsHelpers: { getListOfFunctionsAndAssets(folder: string, search: object): Promise<object> } };

/** Run in the folder: names of modules are looked for there. */
const HOST = `
const { createServer } = require('node:http');
const { LocalDevelopmentServer } = require('@twilio/runtime-handler/dev');
const { routes, env } = require('./host.json');
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const runtime = new LocalDevelopmentServer(port, {
    baseDir: __dirname, env, port, url: 'http://localhost:' + port, detailedLogs: false, live: false, logs: false,
    legacyMode: false, appName: 'platform', forkProcess: false, routes, enableDebugLogs: false,
  });
  server.on('request', runtime.getApp());
  process.send({ port });
});
process.on('message', () => process.send({ loaded: Object.keys(require.cache) }));
process.on('disconnect', () => process.exit());
`;

export interface Platform {
  readonly folder: string;
  readonly origin: string;
  /** The files that the process has loaded so far. */
  loaded(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** @param variables as functions find them: the environment's, and the platform's own */
export async function runBuild(
  build: CloudBuild,
  variables: Readonly<Record<string, string>>,
): Promise<Platform> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'foyer-platform-')));
  unpack(build, folder);
  install(build, folder);
  const routes = await fsHelpers.getListOfFunctionsAndAssets(folder, {
    functionsFolderNames: ['functions'],
    assetsFolderNames: ['assets'],
  });
  writeFileSync(join(folder, 'host.json'), JSON.stringify({ routes, env: variables }));
  writeFileSync(join(folder, 'host.js'), HOST);
  const child = fork(join(folder, 'host.js'), [], {
    cwd: folder,
    execArgv: [],
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { port } = await told<{ port: number }>(child);
  return {
    folder,
    origin: `http://127.0.0.1:${port}`,
    loaded: async () => {
      child.send('loaded?');
      return (await told<{ loaded: string[] }>(child)).loaded;
    },
    close: async () => {
      child.kill('SIGKILL');
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`the platform's process ended with ${code}`)));
  });
}

function unpack({ versions }: CloudBuild, folder: string): void {
  for (const { kind, path, visibility, content } of versions) {
    const suffix = visibility === 'public' ? '' : `.${visibility}`;
    const name = kind === 'Functions' ? `${path}${suffix}.js` : path.replace(/(\.[^./]*)?$/, `${suffix}$1`);
    // The start page is served at `/` too; it is one file here.
    const file = join(folder, kind.toLowerCase(), name === '/' ? 'assets/index.html' : name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Copies exactly the packages that are listed, with what they need, from where they are installed already. */
function install({ dependencies }: CloudBuild, folder: string): void {
  const seen = new Set<string>();
  const visit = (name: string, from: string): void => {
    const source = installed(name, from);
    if (source === undefined || seen.has(source)) return;
    seen.add(source);
    const target = join(folder, relative(REPOSITORY, source));
    cpSync(source, target, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
    const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
      optionalDependencies?: Record<string, string>;
    };
    for (const needed of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
      visit(needed, source);
  };
  for (const { name, version } of dependencies) {
    visit(name, REPOSITORY);
    const manifest = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as {
      version: string;
    };
    if (manifest.version !== version)
      throw new Error(`${name} ${version} is listed, ${manifest.version} is here`);
  }
}
