/** Built functions as files: what loading one touches. Twilio loads them before there is a request. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { ROUTES } from '../../src/api/routes';
import { buildFunctions } from '../../scripts/build/functions';

const ROOT = join(__dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'foyer-built-'));
let built: string[];

beforeAll(async () => {
  built = await buildFunctions(ROOT, folder, true);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loads the file as Twilio would, and notes what it reads from where it must not. */
function load(path: string): { exported: Record<string, unknown>; touched: string[]; required: string[] } {
  const touched: string[] = [];
  const required: string[] = [];
  const trap = (name: string, allowed: readonly PropertyKey[] = []): object =>
    new Proxy(Object.create(null), {
      get: (_, key) => {
        if (!allowed.includes(key)) touched.push(`${name}.${String(key)}`);
      },
    });
  // Twilio's SDK brings a library that asks whether it is being debugged.
  const env = trap('process.env', ['NODE_DEBUG']);
  const process = new Proxy(globalThis.process, {
    get: (target, key) => (key === 'env' ? env : Reflect.get(target, key)),
  });
  const file = join(folder, 'functions', `${path}.js`);
  const module = { exports: {} as Record<string, unknown> };
  const names = ['exports', 'require', 'module', 'process', 'Twilio', 'Runtime'];
  const wrapper = runInThisContext(
    `(function (${names.join(', ')}) {${readFileSync(file, 'utf8')}\n})`,
    file,
  );
  const load = createRequire(file);
  const noted = (id: string): unknown => {
    required.push(id);
    return load(id);
  };
  const args = [noted, module, process, trap('Twilio'), trap('Runtime')];
  (wrapper as (...values: unknown[]) => void)(module.exports, ...args);
  return { exported: module.exports, touched, required };
}

test('there is a built function for every route', () => {
  expect(built.map((path) => `/${path}`).toSorted()).toEqual(ROUTES.map(({ path }) => path).toSorted());
});

test.each(ROUTES.map(({ path }) => path))('%s has a handler, and loads without looking around', (path) => {
  const { exported, touched } = load(path);
  expect(Object.keys(exported)).toEqual(['handler']);
  expect(typeof exported['handler']).toBe('function');
  expect(touched).toEqual([]);
});

/** What only some deployments use, or some requests: packages as Twilio installs them, and connections. */
const ON_DEMAND = ['mongodb', 'twilio', 'node:http', 'node:https'];

test.each(ROUTES.map(({ path }) => path))('%s loads no package and no network before a request', (path) => {
  expect(load(path).required.filter((id) => ON_DEMAND.includes(id))).toEqual([]);
});

test.each(['/livekit/join-room', '/livekit/token'])('%s holds nothing of Twilio’s services', (path) => {
  const codeOf = (path: string): string => readFileSync(join(folder, 'functions', `${path}.js`), 'utf8');
  const twilios = /SyncService|TwilioVideo/;
  expect(codeOf('/admin/join')).toMatch(twilios);
  expect(codeOf(path)).not.toMatch(twilios);
});

test('a function that does look around is found out', () => {
  const source =
    'const r = Twilio.Response, k = process.env.KEY, a = Runtime.getAssets; exports.handler = r;';
  writeFileSync(join(folder, 'functions', 'nosy.js'), source);
  expect(load('nosy').touched).toEqual(['Twilio.Response', 'process.env.KEY', 'Runtime.getAssets']);
});
