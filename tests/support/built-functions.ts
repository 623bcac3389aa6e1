/** The functions as a deployment has them, built once in a run: bundling them takes two cores for seconds. */
import { existsSync, linkSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesBelow } from '../../scripts/build/files-below';
import { buildFunctions } from '../../scripts/build/functions';
import { runFolder } from './test-run';

const ROOT = join(__dirname, '../..');

/** Puts them into `<folder>/functions`, to which files may be added; those that are there are everybody's. */
export async function putFunctions(folder: string): Promise<void> {
  const shared = join(runFolder(), 'built');
  if (!existsSync(shared)) await build(shared);
  for (const file of filesBelow(shared)) {
    const target = join(folder, relative(shared, file));
    mkdirSync(dirname(target), { recursive: true });
    linkSync(file, target);
  }
}

/** Several workers may come first at once: each builds for itself, and one of the results is everybody's. */
async function build(shared: string): Promise<void> {
  const own = mkdtempSync(`${shared}-`);
  await buildFunctions(ROOT, own, true);
  try {
    renameSync(own, shared);
  } catch (error) {
    if (!existsSync(shared)) throw error;
    rmSync(own, { recursive: true });
  }
}
