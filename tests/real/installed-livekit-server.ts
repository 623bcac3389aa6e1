/**
 * The real livekit-server that tests run: built once by Go, which takes about three minutes, and kept outside
 * the checkout by its version.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const VERSION = '1.13.5';
const PACKAGE = `github.com/livekit/livekit-server/cmd/server@v${VERSION}`;
/** What it needs, and what an older Go is made to fetch: toolchains are modules, https://go.dev/doc/toolchain */
const GO_MINOR = 26;
const TOOLCHAIN = 'v0.0.1-go1.26.8';

/** ms; on a slow machine that has everything yet to fetch. */
export const BUILD_MS = 900_000;

/** @returns its path. @throws Error when it has to be built and cannot be */
export function installedLiveKitServer(): string {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'foyer');
  const program = join(cache, `livekit-server-${VERSION}`);
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  // Two that build at once do not get into each other's way: the last one's is kept, and it is the same.
  const folder = mkdtempSync(join(cache, 'build-'));
  try {
    execFileSync(newEnoughGo(), ['install', PACKAGE], {
      env: { ...GO_ENVIRONMENT, GOBIN: folder, CGO_ENABLED: '0' },
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: BUILD_MS,
    });
    renameSync(join(folder, 'server'), program);
  } catch (error) {
    throw new Error(`livekit-server ${VERSION} is not in ${cache}, and "go install ${PACKAGE}" failed`, {
      cause: error,
    });
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
