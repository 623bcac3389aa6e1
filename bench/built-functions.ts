/** The functions as they would be deployed, and the peers that they are measured against beside them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildFunctions } from '../scripts/build/functions';
import type { Build } from '../scripts/build/project';

/** Builds into `folder`, which must lie below the checkout: the runtime looks for its packages from there. */
export async function buildForBench(root: string, folder: string): Promise<Build> {
  const functions = await buildFunctions(root, folder, true);
  return { folder, functions, assets: [] };
}

/** @param path with or without a slash in front */
export const fileOf = (build: Build, path: string): string => join(build.folder, 'functions', `${path}.js`);

/** Adds, or replaces, a hand-written function. */
export function addFunction(build: Build, path: string, source: string): void {
  const file = fileOf(build, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
}
