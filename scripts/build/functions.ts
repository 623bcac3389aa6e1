/** Bundles every function into one CommonJS file, because relative requires do not survive a deployment. */
import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { BuildError } from './build-error';
import { exactExternals } from './exact-externals';
import { faultsOf } from './faults';
import { filesBelow } from './files-below';

/** Twilio Functions run Node 22 or later; a developer's machine may run 20. */
const TARGET = 'node20';

/**
 * Builds `src/functions/**` into `<out>/functions` with the same folders and names, visibility suffixes
 * included. No source maps: everything in that folder would become a URL.
 * @param compact strips whitespace for a faster cold start; without it stack traces stay readable
 * @returns the built functions' paths, relative to the functions folder and without extension
 * @throws BuildError with one line per fault
 */
export async function buildFunctions(root: string, out: string, compact: boolean): Promise<string[]> {
  const folder = join(root, 'src', 'functions');
  const entryPoints = filesBelow(folder).filter(isFunction);
  if (entryPoints.length === 0) throw new BuildError(['src/functions holds no function']);
  try {
    await build({
      absWorkingDir: root,
      entryPoints,
      outbase: folder,
      outdir: join(out, 'functions'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: TARGET,
      minifySyntax: compact,
      minifyWhitespace: compact,
      minifyIdentifiers: compact,
      // Errors and stack traces still say what they are of.
      keepNames: compact,
      legalComments: 'none',
      sourcemap: false,
      logLevel: 'silent',
      plugins: [exactExternals(deployedPackages(root))],
    });
  } catch (error) {
    throw faultsOf(error);
  }
  return entryPoints.map((file) => relative(folder, file).split(sep).join('/').replace(/\.ts$/, ''));
}

const isFunction = (file: string): boolean => file.endsWith('.ts') && !/\.(d|test|spec)\.ts$/.test(file);

function deployedPackages(root: string): string[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(manifest.dependencies ?? {});
}
