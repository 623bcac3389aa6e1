/** The pages' styles hold in both directions of reading, and have their colours from one place. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { filesBelow } from '../../scripts/build/files-below';

const ASSETS = join(__dirname, '../../src/assets');
const TOKENS = 'design/tokens.css';

const sheets = filesBelow(ASSETS)
  .filter((file) => file.endsWith('.css'))
  .map((file) => ({
    path: relative(ASSETS, file),
    lines: readFileSync(file, 'utf8')
      .replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
      .split('\n'),
  }));

const linesWith = (pattern: RegExp, except?: string): string[] =>
  sheets
    .filter(({ path }) => path !== except)
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
    );

test('nothing is left or right: start and end follow the reading', () => {
  const sided =
    /(?:^|[\s;{])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b|(?:left|right|top|bottom)\s*:|border-(?:top|bottom)-(?:left|right)-radius|(?:text-align|float|clear|transform-origin)\s*:\s*(?:left|right))/;
  expect(linesWith(sided)).toEqual([]);
});

test('nothing has a width or a height: sizes follow the writing', () => {
  expect(linesWith(/(?:^|[\s;{])(?:min-|max-)?(?:width|height)\s*:/)).toEqual([]);
});

test('colours are tokens', () => {
  expect(linesWith(/#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|color-mix)\(/i, TOKENS)).toEqual([]);
});

test('every token that is used is there, and the other way round', () => {
  const all = sheets.map(({ lines }) => lines.join('\n')).join('\n');
  const code = filesBelow(ASSETS)
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const declared = new Set([...all.matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name));
  const set = new Set([...code.matchAll(/['"](--[\w-]+)['"]/g)].map(([, name]) => name));
  const used = new Set([...all.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name));
  expect([...used].filter((name) => !declared.has(name) && !set.has(name))).toEqual([]);
  expect([...declared].filter((name) => !used.has(name) && !set.has(name))).toEqual([]);
});

test('every stylesheet is part of a page', () => {
  const pages = readFileSync(join(ASSETS, 'pages.json'), 'utf8');
  const frame = readFileSync(join(ASSETS, 'view/frame.template.html'), 'utf8');
  const imported = sheets.flatMap(({ path, lines }) =>
    [...lines.join('\n').matchAll(/@import '([^']+)'/g)].map(([, to = '']) => join(path, '..', to)),
  );
  const lost = sheets
    .map(({ path }) => path)
    .filter((path) => !imported.includes(path) && !`${pages}${frame}`.includes(`"/${path}"`));
  expect(lost).toEqual([]);
});
