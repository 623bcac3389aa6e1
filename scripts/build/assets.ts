/**
 * Puts the web app where Twilio serves assets from: pages and plain files as they are, the code and styles
 * that pages name in bundles with hashed names.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { bundleForBrowsers } from './browser-bundles';
import { filesBelow } from './files-below';
import { fillPage, sourcesOf, type Texts } from './page';

/** Twilio answers `/` with this asset, whose file is `assets/assets/index.html`. */
const START_PAGE = '/assets/index.html';
/** Becomes part of a bundle, or helps to write one. */
const SOURCE = /\.(?:tsx?|css)$|(?:^|\/)tsconfig\.json$|(?:^|\/)texts\/[^/]+\.json$/;

/**
 * Builds `src/assets` into `<out>/assets`.
 * @returns the URL paths of the public files; `/` when there is a start page
 * @throws BuildError with one line per fault
 */
export async function buildAssets(root: string, out: string): Promise<string[]> {
  const source = join(root, 'src', 'assets');
  const target = join(out, 'assets');
  const files = filesBelow(source)
    .map((file) => relative(source, file).split(sep).join('/'))
    .filter((path) => !SOURCE.test(path));
  const pages = files.filter((path) => path.endsWith('.html'));
  const entries = [...new Set(pages.flatMap((path) => sourcesOf(readFileSync(join(source, path), 'utf8'))))];
  const bundles = await bundleForBrowsers(root, source, target, entries);
  const texts = textsOf(source);
  for (const path of files) {
    const to = join(target, path);
    mkdirSync(dirname(to), { recursive: true });
    if (path.endsWith('.html')) {
      writeFileSync(to, fillPage(readFileSync(join(source, path), 'utf8'), bundles, texts));
    } else {
      copyFileSync(join(source, path), to);
    }
  }
  const paths = filesBelow(target)
    .map((file) => `/${relative(target, file).split(sep).join('/')}`)
    // Twilio turns white space in names into hyphens.
    .map((path) => path.replace(/\s/g, '-'))
    .filter((path) => !/\.(private|protected)\.[^./]+$/.test(path) && !path.endsWith('/.DS_Store'));
  return paths.includes(START_PAGE) ? ['/', ...paths] : paths;
}

function textsOf(source: string): Texts {
  const file = join(source, 'texts', 'en.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Texts) : {};
}
