/** Turns the child-guard into something that Node itself can preload. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';

/** @returns the path of the compiled guard in `folder` */
export async function compileGuard(folder: string): Promise<string> {
  const source = readFileSync(join(__dirname, 'child-guard.ts'), 'utf8');
  const { code } = await transform(source, { loader: 'ts', format: 'cjs', target: 'node20' });
  const path = join(folder, 'child-guard.cjs');
  writeFileSync(path, code);
  return path;
}
