/** Go, which builds the servers that tests run; and where what it built is kept, outside the checkout. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** What livekit-server needs, and what an older Go is made to fetch: toolchains are modules, https://go.dev/doc/toolchain */
const GO_MINOR = 26;
const TOOLCHAIN = 'v0.0.1-go1.26.8';

/** ms; on a slow machine that has everything yet to fetch. */
export const BUILD_MS = 900_000;

/**
 * A program by the name that it is kept under.
 * @param build what Go is told, given the folder for what it makes; and the name of what it makes there
 * @returns its path. @throws Error when it has to be built and cannot be
 */
export function builtByGo(
  name: string,
  build: (folder: string) => {
    readonly args: readonly string[];
    readonly made: string;
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
  },
): string {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'foyer');
  const program = join(cache, name);
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  // Two that build at once do not get into each other's way: the last one's is kept, and it is the same.
  const folder = mkdtempSync(join(cache, 'build-'));
  const { args, made, cwd, env } = build(folder);
  try {
    execFileSync(newEnoughGo(), args, {
      env: { ...GO_ENVIRONMENT, ...env, CGO_ENABLED: '0' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: BUILD_MS,
      ...(cwd === undefined ? {} : { cwd }),
    });
    renameSync(join(folder, made), program);
  } catch (error) {
    throw new Error(`${name} is not in ${cache}, and "go ${args.join(' ')}" failed`, { cause: error });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return program;
}

const GO_ENVIRONMENT = {
  ...process.env,
  // Where Go's own installer puts it, which not every PATH knows.
  PATH: [process.env['PATH'], '/usr/local/go/bin'].join(delimiter),
};

/** Debian's Go is years older than what the server needs, and older than the command's own way to fetch another. */
function newEnoughGo(): string {
  const go = (...args: string[]): string =>
    execFileSync('go', args, { env: GO_ENVIRONMENT, encoding: 'utf8', cwd: tmpdir(), timeout: BUILD_MS });
  if (Number(/go1\.(\d+)/.exec(go('version'))?.[1]) >= GO_MINOR) return 'go';
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const version = `${TOOLCHAIN}.${process.platform}-${architecture}`;
  const { Dir: folder } = JSON.parse(go('mod', 'download', '-json', `golang.org/toolchain@${version}`)) as {
    Dir: string;
  };
  // Modules come without the right to be run.
  const programs = ['bin', join('pkg', 'tool', `${process.platform}_${architecture}`)];
  for (const path of programs.flatMap((part) => filesIn(join(folder, part)))) chmodSync(path, 0o755);
  return join(folder, 'bin', 'go');
}

const filesIn = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name));
