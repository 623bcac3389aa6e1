/** What all test files of one run share: a folder for what is built once, which Jest's workers find in the environment. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'FOYER_TEST_RUN';

/** Made before any test, taken away after all of them (`globalSetup` of the Jest configurations). */
export default function beginRun(): void {
  process.env[NAME] = mkdtempSync(join(tmpdir(), 'foyer-test-run-'));
}

export const endRun = (): void => rmSync(runFolder(), { recursive: true, force: true });

export function runFolder(): string {
  const folder = process.env[NAME];
  if (folder === undefined) throw new Error(`${NAME} is not set: is globalSetup configured?`);
  return folder;
}
