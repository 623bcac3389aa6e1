/** `/openapi.json`, from the sources as they are now; no function carries any of it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';
import { BuildError } from './build-error';
import { faultsOf } from './faults';

const SOURCE = 'src/api/description/document.ts';

/** Nothing for a project that describes no API. @throws BuildError */
export async function writeApiDescription(root: string, target: string): Promise<void> {
  if (!existsSync(join(root, SOURCE))) return;
  const code = await bundle(root);
  const module = { exports: {} as { openApi?: (version: string) => object } };
  const load = runInThisContext(`(function (module, exports) {${code}\n})`) as (
    module: object,
    exports: object,
  ) => void;
  try {
    load(module, module.exports);
    const document = module.exports.openApi?.(versionOf(root));
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'openapi.json'), JSON.stringify(document));
  } catch (error) {
    throw new BuildError([`${SOURCE}: ${(error as Error).message}`]);
  }
}

async function bundle(root: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [SOURCE],
      bundle: true,
      format: 'cjs',
      platform: 'node',
      write: false,
      logLevel: 'silent',
    });
    return outputFiles[0]?.text ?? '';
  } catch (error) {
    throw faultsOf(error);
  }
}

const versionOf = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
