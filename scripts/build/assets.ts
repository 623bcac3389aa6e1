/**
 * Puts the web app where Twilio serves assets from: pages in their frame, plain files as they are, the code and
 * styles that pages name in bundles with hashed names.
 */
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { writeApiDescription } from './api-description';
import type { Brand } from './brand/brand';
import { brandParts } from './brand/in-pages';
import { writeInstallable } from './brand/installable';
import { bundleForBrowsers } from './browser-bundles';
import { buildClient } from './client';
import { filesBelow } from './files-below';
import { bundleLanguageChoice, LANGUAGE_CHOICE } from './language-choice';
import { languagesIn } from './languages';
import { fillPage, sourcesOf } from './page';
import { pagesIn, PART_OF_PAGES } from './pages';
import type { Addresses } from './policy';
import { copyVendorFiles } from './vendor-files';

/** Twilio answers `/` with this asset, whose file becomes `assets/assets/index.html`. */
const START_PAGE = '/assets/index.html';
/** Becomes part of a bundle, or helps to write one. */
const SOURCE = /\.(?:tsx?|css)$|(?:^|\/)tsconfig\.json$|(?:^|\/)texts\/[^/]+\.json$/;

/**
 * Builds `src/assets` into `<out>/assets`.
 * @param addresses of vendors, which pages may connect to
 * @returns the URL paths of the public files; `/` when there is a start page
 * @throws BuildError with one line per fault
 */
export async function buildAssets(
  root: string,
  out: string,
  addresses: Addresses,
  brand: Brand,
): Promise<string[]> {
  const source = join(root, 'src', 'assets');
  const target = join(out, 'assets');
  const files = filesBelow(source)
    .map((file) => relative(source, file).split(sep).join('/'))
    .filter((path) => !SOURCE.test(path) && !PART_OF_PAGES.test(path));
  const languages = languagesIn(source, brand.name);
  const { language } = brand;
  const { direction = 'ltr', words = {} } = languages.get(language) ?? {};
  const pages = pagesIn(source, addresses, { language, direction, ...brandParts(brand) });
  const entries = new Set([...pages.values()].flatMap(sourcesOf));
  const choosesLanguage = entries.delete(LANGUAGE_CHOICE);
  const bundles = new Map(await bundleForBrowsers(root, source, target, [...entries], { languages, brand }));
  if (choosesLanguage) {
    const path = await bundleLanguageChoice(root, source, target, { languages, bundles, own: language });
    bundles.set(LANGUAGE_CHOICE, { path, needs: [] });
  }
  for (const path of files) copyFileSync(join(source, path), placeFor(join(target, path)));
  for (const [path, html] of pages) {
    writeFileSync(placeFor(join(target, path)), fillPage(html, bundles, words));
  }
  if (pages.size > 0) writeInstallable(target, brand, languages);
  if (existsSync(join(source, 'effects'))) copyVendorFiles(root, target);
  await writeApiDescription(root, target);
  await buildClient(root, target);
  const paths = filesBelow(target)
    .map((file) => `/${relative(target, file).split(sep).join('/')}`)
    // Twilio turns white space in names into hyphens.
    .map((path) => path.replace(/\s/g, '-'))
    .filter((path) => !/\.(private|protected)\.[^./]+$/.test(path) && !path.endsWith('/.DS_Store'));
  return paths.includes(START_PAGE) ? ['/', ...paths] : paths;
}

/** The same path, in a folder that is there. */
function placeFor(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
