/** Puts the web app where Twilio serves assets from. */
import { cpSync, existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesBelow } from './files-below';

/**
 * Copies `src/assets` to `<out>/assets` as it is.
 * @returns the URL paths of the public ones; `/` when there is a start page
 */
export function buildAssets(root: string, out: string): string[] {
  const source = join(root, 'src', 'assets');
  const target = join(out, 'assets');
  if (existsSync(source)) cpSync(source, target, { recursive: true });
  const paths = filesBelow(target)
    .map((file) => `/${relative(target, file).split(sep).join('/')}`)
    // Twilio turns white space in names into hyphens.
    .map((path) => path.replace(/\s/g, '-'))
    .filter((path) => !/\.(private|protected)\.[^./]+$/.test(path) && !path.endsWith('/.DS_Store'));
  return paths.includes(START_PAGE) ? ['/', ...paths] : paths;
}

/** Twilio answers `/` with this asset, whose file is `assets/assets/index.html`. */
const START_PAGE = '/assets/index.html';
