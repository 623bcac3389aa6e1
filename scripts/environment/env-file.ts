/** Reads the developer's `.env` and writes the functions' own, both as twilio-run understands them. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

type Parse = (source: string) => Record<string, string>;

// twilio-run's own parser, so that `npm start` and a deployment read one file alike.
const { parse } = createRequire(require.resolve('twilio-run/package.json'))('dotenv') as { parse: Parse };

export const parseVariables: Parse = parse;

/**
 * Variables from `.env` in `root`, overridden by the process's environment; empty ones count as absent.
 * @param names the ones to read; nothing else is looked at
 */
export function readVariables(
  root: string,
  environment: NodeJS.ProcessEnv,
  names: readonly string[],
): Record<string, string> {
  const file = readEnvFile(join(root, '.env'));
  const found = names.map((name) => [name, (environment[name] ?? file[name] ?? '').trim()] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== ''));
}

function readEnvFile(path: string): Record<string, string> {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Writes variables to a file that only this user can read. */
export function writeEnvFile(path: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${quoted(value)}\n`);
  // The mode is for new files only, so it has to be one.
  rmSync(path, { force: true });
  writeFileSync(path, lines.join(''), { mode: 0o600, flag: 'wx' });
}

/** That parser knows one escape, `\n` between double quotes, and reads everything else as it stands. */
export function quoted(value: string): string {
  const oneLine = value.replaceAll('\r\n', '\n');
  return oneLine.includes('\n') ? `"${oneLine.replaceAll('\n', '\\n')}"` : `'${oneLine}'`;
}
