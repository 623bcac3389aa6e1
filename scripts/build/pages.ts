/**
 * The pages of the web app: each is a line or two in `src/assets/pages.json`, put into the one frame that all
 * of them share.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './build-error';
import { type Addresses, isPurpose, policyOf } from './policy';

/** What there is to say about a page. */
interface Page {
  /** With texts in it: `{{host.page}} · {{brand}}`. */
  readonly title: string;
  /** Path of its source, such as `/pages/host.tsx`. */
  readonly script: string;
  /** Path of the stylesheet that it alone has; none unless given. */
  readonly style?: string;
  /** Parts of the words that it says beside what all pages do; see languages.ts. None unless given. */
  readonly words?: readonly string[];
  /** What its script connects for beside the server that it came from; see policy.ts. */
  readonly connects: readonly string[];
  /** A file with what is to be seen before the script has run; nothing unless given. */
  readonly content?: string;
}

/** Parts of the frame, as HTML, that are the same on all pages: `{{page.direction}}`. */
export type Shared = Readonly<Record<string, string>>;

const LIST = 'pages.json';
const FRAME = 'view/frame.template.html';
/** What stands for the brand where it has no logo. */
const SIGN = 'view/sign.template.html';
/** For those whose browser runs no scripts. */
const NO_CONTENT = '<noscript><p class="card single">{{noscript}}</p></noscript>';

/** Neither is a page: they become part of one. */
export const PART_OF_PAGES = /^pages\.json$|\.(?:template|content)\.html$/;

/**
 * @param source the assets folder
 * @param shared parts of the frame
 * @returns each page's HTML, still with names of sources and texts in it, by its path relative to that folder
 * @throws BuildError
 */
export function pagesIn(source: string, addresses: Addresses, shared: Shared): ReadonlyMap<string, string> {
  if (!existsSync(join(source, LIST))) return new Map();
  const pages = listed(readPart(source, LIST));
  const frame = readPart(source, FRAME);
  return new Map(
    Object.entries(pages).map(([path, page]) => [
      path.slice(1),
      framed(source, frame, path, page, { addresses, shared }),
    ]),
  );
}

function framed(
  source: string,
  frame: string,
  path: string,
  page: Page,
  { addresses, shared }: { readonly addresses: Addresses; readonly shared: Shared },
): string {
  const { title, script, style, words = [], connects, content } = page;
  const unknown = connects.find((name) => !isPurpose(name));
  if (unknown !== undefined) {
    throw new BuildError([`src/assets/${LIST}: ${path} connects for ${unknown}, which nothing is known of`]);
  }
  const parts: Readonly<Record<string, string>> = {
    ...shared,
    sign: shared['sign'] || readPart(source, SIGN).trim(),
    title,
    // The same for the page's script, in whichever language it speaks.
    titleWords: title.replace(/\{\{([\w.]+)\}\}/g, '{$1}'),
    script,
    words: words.join(' '),
    style: style === undefined ? '' : `<link rel="stylesheet" href="${style}" />`,
    policy: policyOf(connects.filter(isPurpose), addresses),
    content: content === undefined ? NO_CONTENT : readPart(source, content).trim(),
  };
  return frame.replace(/\{\{page\.(\w+)\}\}/g, (whole, name: string) => parts[name] ?? whole);
}

function listed(json: string): Readonly<Record<string, Page>> {
  try {
    return JSON.parse(json) as Readonly<Record<string, Page>>;
  } catch (error) {
    throw new BuildError([`src/assets/${LIST}: ${(error as Error).message}`]);
  }
}

function readPart(source: string, path: string): string {
  try {
    return readFileSync(join(source, path), 'utf8');
  } catch {
    throw new BuildError([`src/assets/${path} is a part of pages, and is not there`]);
  }
}
