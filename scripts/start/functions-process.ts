/** One twilio-run process that serves one build on a free port of this machine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeEnvFile } from '../environment/env-file';
import type { Build } from '../build/project';
import type { Listening } from './child-guard';
import { type Ending, endingOf } from './ending';

/** twilio-run needs about half a second; a busy machine may need several. */
const BOOT_MS = 20_000;
/** ms, of patience with a process that was let go of. */
const STOP_MS = 300;

export interface FunctionsProcess extends Ending {
  readonly port: number;
}

export interface LaunchOptions {
  readonly build: Build;
  readonly variables: Readonly<Record<string, string>>;
  /** Path of the compiled child-guard. */
  readonly guard: string;
  /** Takes what the functions log, and what they complain of. */
  readonly output: (chunk: Buffer, stream: 'stdout' | 'stderr') => void;
}

/**
 * Starts the process and waits until it takes requests.
 * @throws Error with the last line that the process wrote, when it ends before
 */
export async function launchFunctions(options: LaunchOptions): Promise<FunctionsProcess> {
  const { build, variables, guard, output } = options;
  // twilio-run looks for its project here; below the checkout it still finds the checkout's node_modules.
  writeFileSync(join(build.folder, 'package.json'), '{"private": true}\n');
  const envFile = join(build.folder, '.env.functions');
  writeEnvFile(envFile, variables);

  const child = spawn(process.execPath, commandLine(build, envFile, guard), {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ending = endingOf(child, STOP_MS);
  const lastWords = passOn(child, output);
  try {
    const port = await listeningPort(child, lastWords);
    return { port, ...ending };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    // It is read once, at the start: secrets need not lie around.
    rmSync(envFile, { force: true });
  }
}

function commandLine(build: Build, envFile: string, guard: string): string[] {
  const folder = (name: string): string[] =>
    existsSync(join(build.folder, name)) ? [`--${name}-folder`, name] : [];
  return [
    '--no-deprecation',
    // The front port adds headers to requests whose size it has already judged.
    '--max-http-header-size=131072',
    '--require',
    guard,
    require.resolve('twilio-run/bin/twilio-run.js'),
    'start',
    '--cwd',
    build.folder,
    '--env',
    envFile,
    '--port',
    '0',
    ...folder('functions'),
    ...folder('assets'),
    '--no-fork-process',
    '--no-live',
    '--no-logs',
    '--log-level',
    'error',
  ];
}

/** Passes on what the process says, and remembers its last complaint. */
function passOn(child: ChildProcess, output: LaunchOptions['output']): () => string {
  let last = '';
  child.stdout?.on('data', (chunk: Buffer) => output(chunk, 'stdout'));
  child.stderr?.on('data', (chunk: Buffer) => {
    output(chunk, 'stderr');
    last = chunk.toString().trim().split('\n').at(-1) ?? last;
  });
  return () => last;
}

function listeningPort(child: ChildProcess, lastWords: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the functions did not start within ${BOOT_MS} ms`)),
      BOOT_MS,
    );
    child.once('message', (message) => {
      clearTimeout(timer);
      resolve((message as Listening).listening);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(lastWords() || `twilio-run ended with code ${code ?? 'none'}`));
    });
  });
}
