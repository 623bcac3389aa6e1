/** Bundles what pages name, for browsers: modules split so that a vendor's SDK is only loaded when it is used. */
import { readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { Brand } from './brand/brand';
import { brandForCode, inTheseColours } from './brand/in-pages';
import { faultsOf } from './faults';
import { EVERYBODY, type Languages, parted, wordsFile } from './languages';

/** Browsers with dialogs, `:has` and top-level await; all of them from 2023 on. */
export const TARGETS = ['es2022', 'chrome111', 'edge111', 'firefox121', 'safari16.4'];

/** What a page's source became. */
export interface Bundle {
  /** Its URL path. */
  readonly path: string;
  /** URL paths of the modules that it always needs, to be fetched along with it. */
  readonly needs: readonly string[];
}

/** By source path, relative to the assets folder. */
export type Bundles = ReadonlyMap<string, Bundle>;

/**
 * @param entries source paths relative to `source`
 * @throws BuildError
 */
export async function bundleForBrowsers(
  root: string,
  source: string,
  target: string,
  entries: readonly string[],
  { languages, brand }: { readonly languages: Languages; readonly brand: Brand },
): Promise<Bundles> {
  if (entries.length === 0) return new Map();
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: entries.map((path) => join(source, path)),
      outdir: target,
      entryNames: 'app/[name]-[hash]',
      chunkNames: 'app/[name]-[hash]',
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'browser',
      target: TARGETS,
      jsx: 'automatic',
      jsxImportSource: 'preact',
      // What is tried is what is shipped; and no source maps: every file becomes a URL.
      minify: true,
      sourcemap: false,
      // Modules are UTF-8 by themselves; letters of other scripts are not spelled out.
      charset: 'utf8',
      legalComments: 'none',
      metafile: true,
      logLevel: 'silent',
      // As a literal: esbuild makes a module of an object.
      define: { BRAND: JSON.stringify(brandForCode(brand)) },
      plugins: [
        withoutCodeFromText,
        besideWhatPagesHave(source),
        inTheseWords(source, languages),
        inTheseColours(source, brand),
      ],
    });
    return bundlesIn(metafile, root, source, target);
  } catch (error) {
    throw faultsOf(error);
  }
}

/**
 * What a strict Content-Security-Policy refuses. twilio-video makes its `import()` from text, even though only a noise
 * cancellation plug-in would need it; a plain `import()` does the same. 100ms' waits by a worker made from text, for ever
 * where there may be none; told that this browser has no workers, it waits without.
 */
const withoutCodeFromText: Plugin = {
  name: 'without-code-from-text',
  setup: (bundler) => {
    bundler.onLoad({ filter: /twilio-video[\\/]es5[\\/]util[\\/]dynamicimport\.js$/ }, () => ({
      contents: 'module.exports = (url) => import(new URL(url, location).toString());',
    }));
    bundler.onLoad({ filter: /hms-video-store[\\/]dist[\\/]index\.js$/ }, ({ path }) => {
      const given = readFileSync(path, 'utf8');
      const contents = given.replaceAll('typeof Worker=="undefined"', 'true');
      if (contents !== given) return { contents };
      return { errors: [{ text: 'asks in other words than before whether there are workers' }] };
    });
  },
};

/** Relative to the assets folder: names what every page has that leads into a call. */
const PAGES_HAVE = 'room/every-call-page';

/**
 * What a page loads later finds there what all pages have. esbuild makes a file for each combination of entries that
 * use a module; were this left to what each part names, the host's page would begin with 49 files in place of eleven,
 * which compress a fifth worse.
 */
const besideWhatPagesHave = (source: string): Plugin => ({
  name: 'beside-what-pages-have',
  setup: (bundler) => {
    const namespace = 'later';
    // Code alone; words and vendors' packages use nothing of ours.
    bundler.onResolve({ filter: /^\.\.?\/[^.]+$/ }, ({ path, kind, resolveDir }) =>
      kind === 'dynamic-import' && resolveDir.startsWith(source)
        ? { path: join(resolveDir, path), namespace }
        : undefined,
    );
    bundler.onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: [
        `export * from ${JSON.stringify(path)};`,
        `import ${JSON.stringify(join(source, PAGES_HAVE))};`,
      ].join('\n'),
      resolveDir: source,
    }));
  },
});

/** Words as this service has them, in place of the file's. `en.json?developers` is the part for those alone. */
const inTheseWords = (source: string, languages: Languages): Plugin => ({
  name: 'in-these-words',
  setup: (bundler) => {
    const tables = new Map([...languages].map(([tag, { words }]) => [join(source, wordsFile(tag)), words]));
    bundler.onResolve({ filter: /\.json\?\w+$/ }, ({ path, resolveDir }) => {
      const [file = '', part = ''] = path.split('?');
      return { path: join(resolveDir, file), suffix: `?${part}` };
    });
    bundler.onLoad({ filter: /[\\/]texts[\\/]\w+\.json$/ }, ({ path, suffix }) => {
      const words = tables.get(path);
      if (!words) return undefined;
      const part = parted(words).get(suffix.slice(1) || EVERYBODY);
      if (!part) return { errors: [{ text: `no part of the words is called ${suffix.slice(1)}` }] };
      return { contents: `export default ${JSON.stringify(part)}`, loader: 'js' };
    });
  },
});

function bundlesIn({ outputs }: Metafile, root: string, source: string, target: string): Bundles {
  const urlOf = (output: string): string => `/${relative(target, join(root, output)).split(sep).join('/')}`;
  const needsOf = (output: string, seen: Set<string>): Set<string> => {
    for (const { path, kind } of outputs[output]?.imports ?? []) {
      if (kind !== 'import-statement' || seen.has(path)) continue;
      seen.add(path);
      needsOf(path, seen);
    }
    return seen;
  };
  return new Map(
    Object.entries(outputs)
      .filter(([, { entryPoint }]) => entryPoint !== undefined)
      .map(([output, { entryPoint = '' }]) => [
        posix.normalize(relative(source, join(root, entryPoint)).split(sep).join('/')),
        { path: urlOf(output), needs: [...needsOf(output, new Set())].map(urlOf) },
      ]),
  );
}
