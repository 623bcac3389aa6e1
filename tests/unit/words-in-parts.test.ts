/** A page loads the words that it says, and no view is shown before its words are there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { EVERYBODY, parted, partOf } from '../../scripts/build/languages';
import pages from '../../src/assets/pages.json';
import english from '../../src/assets/texts/en.json';

const ROOT = join(__dirname, '../..');
const ASSETS = 'src/assets';

type Inputs = Metafile['inputs'];

let modules: Inputs;
beforeAll(async () => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.values(pages).map(({ script }) => join(ASSETS, script)),
    outdir: 'nowhere',
    bundle: true,
    splitting: true,
    format: 'esm',
    write: false,
    metafile: true,
    packages: 'external',
    external: ['*.json'],
    logLevel: 'silent',
  });
  modules = metafile.inputs;
}, 30_000);

const KEYS = Object.keys(english);

/** The parts of all words that a module names, by key, by a plural's stem or by how they begin. */
function partsNamedIn(code: string): Map<string, string> {
  const named = [...code.matchAll(/(['"`])([a-zA-Z]+(?:\.[a-zA-Z0-9]+)+)(\.\$\{|\1)/g)].flatMap(
    ([, , name = '', end = '']) =>
      KEYS.filter(
        (key) => (key.startsWith(`${name}.`) && end.length > 1) || key === name || isForm(key, name),
      ),
  );
  return new Map(named.map((key) => [partOf(key), key]));
}

const isForm = (key: string, stem: string): boolean =>
  /^\.(?:one|other)$/.test(key.slice(stem.length)) && key.startsWith(stem);

/** Words that are named in a module, as it is reached here, without having been loaded. */
function unsaid(path: string, said: ReadonlySet<string>, seen: Set<string>): string[] {
  const state = `${path} ${[...said].toSorted().join(' ')}`;
  if (seen.has(state)) return [];
  seen.add(state);
  const code = readFileSync(join(ROOT, path), 'utf8').replace(/\/\*.*?\*\//gs, '');
  const missing = [...partsNamedIn(code)]
    .filter(([part]) => !said.has(part))
    .map(([part, key]) => `${path} says ${key} of ${part}`);
  const learned = [...code.matchAll(/learn\('(\w+)'\)/g)].map(([, part = '']) => part);
  const further = (modules[path]?.imports ?? []).filter(
    ({ path: next }) => /\.tsx?$/.test(next) && modules[next],
  );
  return [
    ...missing,
    ...further.flatMap(({ path: next, kind }) =>
      unsaid(next, kind === 'dynamic-import' ? new Set([...said, ...learned]) : said, seen),
    ),
  ];
}

test.each(Object.entries(pages))('%s says nothing that it has not loaded', (_, page) => {
  const words: readonly string[] = 'words' in page ? page.words : [];
  const missing = unsaid(join(ASSETS, page.script), new Set([EVERYBODY, ...words]), new Set());
  expect([...new Set(missing)]).toEqual([]);
});

test('every word is in one part, and no part is empty', () => {
  const parts = [...parted(english).values()].map((words) => Object.keys(words));
  expect(parts.filter((keys) => keys.length === 0)).toEqual([]);
  expect(parts.flat().toSorted()).toEqual(KEYS.toSorted());
});

test('a page says parts that there are, one for each at most', () => {
  const named = Object.values(pages).flatMap((page) => ('words' in page ? page.words : []));
  expect(named.filter((part) => !parted(english).has(part))).toEqual([]);
});
