/**
 * A real server of MongoDB's protocol, in a process of its own: built once by Go, in two minutes, and kept outside
 * the checkout by what it was built from. It can be killed, stopped in its tracks, and started again where it was.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { builtByGo } from './go';

const SOURCES = join(__dirname, 'mongodb-server');

/** @returns its path. @throws Error when it has to be built and cannot be */
export function installedMongoServer(): string {
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(SOURCES, file)));
  return builtByGo(`mongodb-server-${hash.digest('hex').slice(0, 16)}`, (folder) => ({
    args: ['build', '-trimpath', '-o', join(folder, 'server'), '.'],
    made: 'server',
    cwd: SOURCES,
  }));
}

export interface MongoServer {
  /** With the name of a database that nobody else uses. */
  readonly uri: string;
  start(): Promise<void>;
  /** As by a power cut. */
  kill(): Promise<void>;
  /** It keeps its connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** Not started yet. */
export async function mongoServer(): Promise<MongoServer> {
  const program = installedMongoServer();
  const folder = mkdtempSync(join(tmpdir(), 'foyer-mongodb-'));
  const address = `127.0.0.1:${await freePort()}`;
  let running: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const child = running;
    running = undefined;
    if (!child) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    uri: `mongodb://${address}/rooms`,
    start: async () => {
      running = spawn(program, ['-addr', address, '-dir', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
      for await (const line of createInterface({ input: running.stdout! })) {
        if (line.startsWith('mongodb://')) break;
      }
      // What it prints from now on nobody reads, but it must not wait for somebody.
      running.stdout?.resume();
    },
    kill,
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
    close: async () => {
      running?.kill('SIGCONT');
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
