/** A real livekit-server on this machine: found, configured for loopback, and ended with whoever started it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { endingOf } from './ending';

const PROGRAM = 'livekit-server';
/** It needs half a second; a busy machine may need several. */
const BOOT_MS = 15_000;
const LOOK_MS = 50;
/** ms, of patience with a process that was let go of. */
const STOP_MS = 500;
const HOST = '127.0.0.1';

/** @param path as in the variable PATH. @returns where it is, if it can be run. */
export function findLiveKitServer(path = ''): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, PROGRAM))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface RunningServer {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * @param webhookUrl told what happens in rooms; none is told when it is left out
 * @throws Error with the last line that the server wrote, when it does not come up
 */
export async function runLiveKitServer(
  program: string,
  { apiKey, apiSecret }: { readonly apiKey: string; readonly apiSecret: string },
  webhookUrl?: string,
): Promise<RunningServer> {
  const [port, tcpPort, udpPort] = await Promise.all([freeTcpPort(), freeTcpPort(), freeUdpPort()]);
  const config = {
    port,
    bind_addresses: [HOST],
    keys: { [apiKey]: apiSecret },
    rtc: {
      tcp_port: tcpPort,
      udp_port: udpPort,
      // The server leaves loopback out, unless it is told.
      node_ip: HOST,
      enable_loopback_candidate: true,
      use_external_ip: false,
    },
    ...(webhookUrl === undefined ? {} : { webhook: { api_key: apiKey, urls: [webhookUrl] } }),
    logging: { level: 'warn' },
  };
  // By the environment: a file would leave the secret on the disk, an argument would show it to everybody.
  const leash = spawn(process.execPath, ['-e', LEASH, program], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LIVEKIT_CONFIG: JSON.stringify(config) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ending = endingOf(leash, STOP_MS);
  const lastWords = listen(leash);
  const origin = `http://${HOST}:${port}`;
  try {
    await answers(origin, leash);
  } catch {
    await ending.stop();
    throw new Error(`${program} did not start: ${lastWords() || 'it said nothing'}`);
  }
  return { origin, close: () => ending.stop() };
}

/** Holds the server: when its own parent is gone, even by SIGKILL, or lets go of it, the server ends. */
const LEASH = `
const { spawn } = require('node:child_process');
const server = spawn(process.argv[1], [], { stdio: ['ignore', 'inherit', 'inherit'] });
process.on('disconnect', () => server.kill('SIGKILL'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
server.on('error', (error) => { console.error(error.message); process.exit(1); });
server.on('exit', (code) => process.exit(code ?? 1));
`;

function listen(child: ChildProcess): () => string {
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      last = chunk.toString().trim().split('\n').at(-1) ?? last;
    });
  }
  return () => last;
}

async function answers(origin: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + BOOT_MS;
  while (child.exitCode === null && Date.now() < deadline) {
    const answer = await fetch(origin).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error('no answer');
}

const freeTcpPort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const freeUdpPort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = createSocket('udp4').once('error', reject);
    socket.bind(0, HOST, () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
