/** What `npm run build` puts into `dist/`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createCheckout, run } from './checkout';

const checkout = createCheckout();
afterAll(() => checkout.remove());

const build = async (): Promise<{ code: number | null; out: readonly string[]; err: readonly string[] }> => {
  const { exit, out, err } = run(checkout, 'build.ts');
  return { code: await exit, out, err };
};
const dist = (path = ''): string => join(checkout.root, 'dist', path);
const everything = (): string[] =>
  readdirSync(dist(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist().length + 1))
    .toSorted();

it('one file for each function, with its visibility, and the assets: nothing that would become a URL beside', async () => {
  checkout.write('src/domain/greeting.ts', "export const greeting = 'hello';");
  checkout.write(
    'src/functions/user/join.protected.ts',
    `import { greeting } from '../../domain/greeting';
     import { jwt } from 'twilio';
     import RequestClient from 'twilio/lib/base/RequestClient';
     export const handler = () => [greeting, jwt, RequestClient];`,
  );
  checkout.write('src/functions/user/join.test.ts', 'not even TypeScript (');
  expect(await build()).toMatchObject({
    code: 0,
    err: [],
    out: ['Built 3 functions and 2 assets into dist/'],
  });
  expect(everything()).toEqual([
    'assets/assets/index.html',
    'functions/admin/create.js',
    'functions/user/join.protected.js',
    'functions/webhooks/sync.js',
  ]);
});

it('a package that Twilio installs stays an import, a module deep inside it does not', () => {
  const code = readFileSync(dist('functions/user/join.protected.js'), 'utf8');
  const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
  expect(required).toContain('twilio');
  expect(required.filter((name) => name?.startsWith('twilio/'))).toEqual([]);
  const { handler } = createRequire(__filename)(dist('functions/user/join.protected.js')) as {
    handler: () => unknown[];
  };
  expect(handler()[0]).toBe('hello');
});

it('is left as it was when the source is broken, with one line for each fault', async () => {
  checkout.write('src/functions/admin/create.ts', "import './gone';\nimport './lost';\n");
  expect(await build()).toEqual({
    code: 1,
    out: [],
    err: [
      'src/functions/admin/create.ts:1:8: Could not resolve "./gone"',
      'src/functions/admin/create.ts:2:8: Could not resolve "./lost"',
    ],
  });
  expect(existsSync(dist('functions/admin/create.js'))).toBe(true);
  expect(readdirSync(join(checkout.root, '.foyer'))).toEqual([]);
});
