/** Gateways as processes of their own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GATEWAY_SECRET } from './spoken-functions';
import { until } from './device';

const ROOT = join(__dirname, '../..');

export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly exit: Promise<number | null>;
  /** Resolves with its origin. */
  ready(): Promise<string>;
}

const running = new Set<GatewayProcess>();

/** With nothing of this environment but the path. @param command what Node runs; `npm run gateway`'s script unless given */
export function runGateway(
  variables: Readonly<Record<string, string>>,
  command: readonly string[] = ['--import', require.resolve('tsx'), join(ROOT, 'scripts/gateway.ts')],
): GatewayProcess {
  const child = spawn(process.execPath, command, {
    // No checkout: nobody's .env is read.
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => lines.push(...chunk.toString().trimEnd().split('\n')));
  }
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  const gateway: GatewayProcess = {
    child,
    lines,
    exit,
    ready: async () => {
      const line = await until(() => {
        if (child.exitCode !== null) throw new Error(lines.join('\n'));
        return lines.find((text) => text.startsWith('The gateway is ready: '));
      }, 20_000);
      return line.replace('The gateway is ready: ', '').replace('localhost', '127.0.0.1');
    },
  };
  running.add(gateway);
  return gateway;
}

export const before = (functions: URL): Record<string, string> => ({
  FUNCTIONS_URL: functions.origin,
  GATEWAY_SECRET,
});

export async function endGateways(): Promise<void> {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all([...running].map(({ exit }) => exit));
  running.clear();
}
