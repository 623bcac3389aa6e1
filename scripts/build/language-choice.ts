/** The script that chooses the language before anything is drawn: small, by itself, and told where the words are. */
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { manifestPath } from './brand/installable';
import { type Bundles, TARGETS } from './browser-bundles';
import { faultsOf } from './faults';
import { type Languages, parted, wordsFile } from './languages';

/** Relative to the assets folder. */
export const LANGUAGE_CHOICE = 'texts/choose-language.ts';

/**
 * @param bundles with the modules of words among them
 * @param own the language that pages are written in
 * @returns its URL path
 * @throws BuildError
 */
export async function bundleLanguageChoice(
  root: string,
  source: string,
  target: string,
  {
    languages,
    bundles,
    own,
  }: { readonly languages: Languages; readonly bundles: Bundles; readonly own: string },
): Promise<string> {
  const known = [...languages].map(([language, { direction, words }]) => [
    language,
    {
      direction,
      words: Object.fromEntries(
        [...parted(words).keys()].map((part) => [part, bundles.get(wordsFile(language, part))?.path]),
      ),
      manifest: manifestPath(language, own),
    },
  ]);
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [join(source, LANGUAGE_CHOICE)],
      outdir: target,
      entryNames: 'app/[name]-[hash]',
      bundle: true,
      format: 'iife',
      platform: 'browser',
      target: TARGETS,
      minify: true,
      legalComments: 'none',
      metafile: true,
      logLevel: 'silent',
      // As a literal: esbuild makes a module of an object.
      define: { LANGUAGES: JSON.stringify(JSON.stringify(Object.fromEntries(known))) },
    });
    const [output = ''] = Object.keys(metafile.outputs);
    return `/${relative(target, join(root, output)).split(sep).join('/')}`;
  } catch (error) {
    throw faultsOf(error);
  }
}
