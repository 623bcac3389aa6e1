/** Who may import whom: the house as a table. */
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesBelow } from '../../scripts/build/files-below';
import { ROUTES } from '../../src/api/routes';

const ROOT = join(__dirname, '../..');

interface Rule {
  /** Files, by how their path from the root begins; of several rules the longest counts. */
  readonly of: string;
  /** Beginnings of paths from the root; a file's own folder must be listed too. */
  readonly files: readonly string[];
  /** Packages, by name; with a slash at the end, their inner modules. */
  readonly packages: readonly string[];
}

const NODE = 'node:';
const VENDOR_NEUTRAL = ['src/domain/', 'src/ports/', 'src/upstream/'];

const RULES: readonly Rule[] = [
  { of: 'src/domain/', files: ['src/domain/'], packages: [NODE] },
  { of: 'src/api/', files: ['src/api/'], packages: ['zod/'] },
  { of: 'src/ports/', files: ['src/ports/', 'src/domain/'], packages: [] },
  { of: 'src/app/', files: ['src/app/', 'src/domain/', 'src/ports/'], packages: [NODE] },
  { of: 'src/upstream/', files: ['src/upstream/', 'src/domain/', 'src/ports/'], packages: [NODE] },
  {
    of: 'src/adapters/twilio/',
    files: ['src/adapters/twilio/', ...VENDOR_NEUTRAL],
    packages: [NODE, 'twilio/'],
  },
  {
    of: 'src/adapters/identity-provider/',
    files: ['src/adapters/identity-provider/', ...VENDOR_NEUTRAL],
    packages: ['jose'],
  },
  {
    of: 'src/adapters/livekit/',
    files: ['src/adapters/livekit/', ...VENDOR_NEUTRAL],
    packages: [NODE, 'livekit-server-sdk'],
  },
  { of: 'src/adapters/hundredms/', files: ['src/adapters/hundredms/', ...VENDOR_NEUTRAL], packages: [NODE] },
  {
    of: 'src/adapters/mongodb/',
    files: ['src/adapters/mongodb/', ...VENDOR_NEUTRAL],
    packages: [NODE, 'mongodb'],
  },
  { of: 'src/adapters/memory/', files: ['src/adapters/memory/', ...VENDOR_NEUTRAL], packages: [NODE] },
  {
    of: 'src/http/',
    files: ['src/http/', 'src/api/', 'src/app/', 'src/domain/', 'src/ports/', 'src/compose/', 'src/config/'],
    packages: [NODE, 'zod/', '@twilio-labs/serverless-runtime-types/'],
  },
  {
    of: 'src/functions/',
    files: ['src/api/', 'src/app/', 'src/compose/', 'src/http/', 'package.json'],
    packages: [],
  },
  {
    of: 'src/compose/',
    files: ['src/compose/', 'src/config/', 'src/adapters/', ...VENDOR_NEUTRAL],
    packages: [],
  },
  { of: 'src/config/', files: ['src/config/', 'src/domain/'], packages: [] },
  // Of ours pages know the wire alone, and of vendors nothing: each SDK has a folder that is loaded when needed.
  {
    of: 'src/assets/',
    files: ['src/assets/', 'src/api/', 'client/'],
    packages: ['preact', 'preact/', '@preact/signals', 'uqr'],
  },
  { of: 'src/assets/lobby/twilio/', files: ['src/assets/lobby/', 'src/api/'], packages: ['twilio-sync'] },
  {
    of: 'src/assets/media/twilio/',
    files: ['src/assets/media/'],
    packages: ['twilio-video', 'twilio-video/'],
  },
  { of: 'src/assets/media/livekit/', files: ['src/assets/media/'], packages: ['livekit-client'] },
  {
    of: 'src/assets/media/hundredms/',
    files: ['src/assets/media/'],
    packages: ['@100mslive/hms-video-store'],
  },
  {
    of: 'src/assets/devices/background/',
    files: ['src/assets/'],
    packages: ['preact/', '@preact/signals', '@twilio/video-processors'],
  },
  {
    of: 'src/assets/devices/noise/',
    files: ['src/assets/'],
    packages: ['@preact/signals', '@sapphi-red/web-noise-suppressor'],
  },
  // Of schemas it takes the types alone: a test looks at what is in its bundle.
  { of: 'client/', files: ['client/', 'src/api/'], packages: ['zod/'] },
  { of: 'gateway/', files: ['gateway/', 'src/api/'], packages: [NODE, 'twilio-sync', 'ws'] },
  { of: 'emulator/', files: ['emulator/'], packages: [NODE, 'ws', 'zod'] },
  { of: 'emulator/hundredms/media/', files: ['emulator/hundredms/'], packages: [NODE, 'werift', 'zod'] },
];

/** Import and export declarations, `import()` and `require()`, types included. */
const IMPORT =
  /(?:^|[;\n])\s*(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[;\n])\s*import\s*['"]([^'"]+)['"]|\b(?:import|require(?:\.resolve)?)\s*\(\s*['"`]([^'"`]+)['"`]/g;

const withoutComments = (source: string): string =>
  source.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1');

function importsOf(source: string): string[] {
  return [...withoutComments(source).matchAll(IMPORT)].map(
    ([, from, bare, call]) => from ?? bare ?? call ?? '',
  );
}

const sources = ['src', 'client', 'gateway', 'emulator']
  .flatMap((folder) => filesBelow(join(ROOT, folder)))
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ path: relative(ROOT, file), source: readFileSync(file, 'utf8') }));

const ruleFor = (path: string): Rule | undefined =>
  RULES.filter(({ of }) => path.startsWith(of)).toSorted((a, b) => b.of.length - a.of.length)[0];

function isAllowed({ files, packages }: Rule, path: string, imported: string): boolean {
  if (imported.startsWith('.')) {
    const target = relative(ROOT, join(ROOT, dirname(path), imported));
    return files.some((allowed) => `${target}.ts`.startsWith(allowed));
  }
  return packages.some((allowed) =>
    /[/:]$/.test(allowed) ? imported.startsWith(allowed) : imported === allowed,
  );
}

test('imports are found however they are written', () => {
  const source = `import { a,
    b } from './one'; import type { C } from "two"; import 'three';
    // import nothing from 'a comment'
    export * from './four';
    export { e } from './five';
    const six = await import('six'); const seven = require("seven");
    type Eight = import('./eight').Eight; /* import 'no' */ const text = 'imported from nowhere';`;
  expect(importsOf(source)).toEqual(['./one', 'two', 'three', './four', './five', 'six', 'seven', './eight']);
});

test('every file belongs to a layer', () => {
  expect(sources.filter(({ path }) => !ruleFor(path)).map(({ path }) => path)).toEqual([]);
  expect(sources.length).toBeGreaterThan(100);
});

test.each(RULES.map((rule) => [rule.of, rule] as const))('%s imports only what its layer may', (_, rule) => {
  const mine = sources.filter(({ path }) => ruleFor(path) === rule);
  const wrong = mine.flatMap(({ path, source }) =>
    importsOf(source)
      .filter((imported) => !isAllowed(rule, path, imported))
      .map((imported) => `${path} imports ${imported}`),
  );
  expect(wrong).toEqual([]);
});

test('src reads no process.env: what a function is told comes with the request', () => {
  const readers = sources.filter(
    ({ path, source }) =>
      path.startsWith('src/') && /process\s*(\??\.|\[\s*['"])\s*env/.test(withoutComments(source)),
  );
  expect(readers.map(({ path }) => path)).toEqual([]);
});

test('Twilio and Runtime, the platform’s globals, are used in src/http alone', () => {
  const users = sources.filter(
    ({ path, source }) =>
      path.startsWith('src/') && /(?<![\w.'"`/])(Twilio|Runtime)\s*\./.test(withoutComments(source)),
  );
  expect(users.map(({ path }) => dirname(path))).toEqual(users.map(() => 'src/http'));
});

test('every file in src/functions is a route, and every route has its file', () => {
  const files = sources.map(({ path }) => /^src\/functions(\/.+)\.ts$/.exec(path)?.[1]).filter(Boolean);
  const paths = ROUTES.map(({ path }) => path);
  expect(new Set(files)).toEqual(new Set(paths));
  expect(new Set(paths).size).toBe(paths.length);
});
