/** Code of the pages for tests that need no browser: bundled as for one, because its packages are ES modules alone. */
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ASSETS = join(__dirname, '../../src/assets');

/** What these modules below `src/assets` export, all from one bundle: they share what they share in a page. */
export function pageCode(...modules: readonly string[]): unknown {
  const { outputFiles } = buildSync({
    stdin: {
      contents: modules.map((path) => `export * from './${path}';`).join('\n'),
      resolveDir: ASSETS,
    },
    bundle: true,
    format: 'cjs',
    write: false,
    logLevel: 'silent',
  });
  const module: { exports?: unknown } = {};
  // Among the test's own globals: its clock, and whatever it puts in a browser's place.
  // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call
  new Function('module', outputFiles[0]?.text ?? '')(module);
  return module.exports;
}
