/** What `npm run build` puts into `dist/`. */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createCheckout, run } from './checkout';

const ASSETS = join(__dirname, '../../src/assets');
const checkout = createCheckout();
afterAll(() => checkout.remove());
// Whole builds in processes of their own, two in some tests.
jest.setTimeout(180_000);

const build = async (
  environment: Record<string, string> = {},
): Promise<{ code: number | null; out: readonly string[]; err: readonly string[] }> => {
  const { exit, out, err } = run(checkout, 'build.ts', environment);
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

describe('a page', () => {
  const page = { title: 'Calls · {{brand}}', script: '/pages/calls.tsx', connects: ['news', 'calls'] };
  const describePages = (pages: object): void =>
    checkout.write('src/assets/pages.json', JSON.stringify(pages));
  const policy = (): string =>
    /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(built('calls.html'))?.[1] ?? '';
  const built = (path: string): string => readFileSync(dist(`assets/${path}`), 'utf8');

  beforeAll(() => {
    checkout.write('src/functions/admin/create.ts', 'export const handler = () => undefined;');
    for (const folder of ['texts', 'keep', 'view'])
      cpSync(join(ASSETS, folder), join(checkout.root, 'src/assets', folder), { recursive: true });
    checkout.write(
      'src/assets/texts/en.json',
      '{"brand": "Foyer", "noscript": "Needs scripts", "home.lead": "L"}',
    );
    checkout.write('src/assets/design/site.css', 'p { color: red }');
    checkout.write('src/assets/room/stage.css', 'p { color: blue }');
    checkout.write('src/assets/pages/calls.tsx', 'document.title = "called";');
  });

  it('is its title and its script, in the frame that all share', async () => {
    describePages({ '/calls.html': page });
    expect(await build()).toMatchObject({ code: 0, err: [] });
    expect(built('calls.html')).toContain('>Calls · Foyer</title>');
    expect(built('calls.html')).toMatch(/<script type="module" src="\/app\/calls-\w+\.js">/);
    expect(built('calls.html')).toContain('Needs scripts');
    expect(built('calls.html')).not.toContain('{{');
    expect(everything().filter((path) => /template|pages/.test(path))).toEqual([]);
  });

  it('connects to nobody but whom it says', async () => {
    describePages({ '/calls.html': { ...page, connects: [] } });
    await build();
    expect(policy()).toContain("connect-src 'self';");
    describePages({ '/calls.html': page });
    await build();
    expect(policy()).toContain("connect-src 'self' https://*.twilio.com wss://*.twilio.com;");
  });

  it.each([
    [{ HMS_ACCESS_KEY: 'key', HMS_APP_SECRET: 'secret' }, true],
    [{ API_KEY: 'key', APP_SECRET: 'secret' }, true],
    // Anybody's name, of who knows what.
    [{ API_KEY: 'key' }, false],
    // The local stand-in.
    [{ HMS_ACCESS_KEY: 'key', HMS_API_URL: 'http://127.0.0.1:4000/v2' }, false],
  ])('with %j: may connect to 100ms: %p', async (variables, may) => {
    describePages({ '/calls.html': page });
    await build(variables);
    expect(policy().includes('wss://*.100ms.live')).toBe(may);
  });

  it.each([
    ['wss://media.example.org', 'https://media.example.org wss://media.example.org'],
    ['https://media.example.org:7443/', 'https://media.example.org:7443 wss://media.example.org:7443'],
    ['ws://192.0.2.7:7880', 'http://192.0.2.7:7880 ws://192.0.2.7:7880'],
    // The cloud sends clients on to the nearest of its regions.
    ['wss://mine-a1b2.livekit.cloud', 'https://*.livekit.cloud wss://*.livekit.cloud'],
  ])('connects to the LiveKit server at %s, and to no other', async (url, sources) => {
    describePages({ '/calls.html': page });
    await build({ LIVEKIT_SOCKET_URL: url, LIVEKIT_URL: 'https://api.example.org' });
    expect(policy()).toContain(`wss://*.twilio.com ${sources};`);
    await build({ LIVEKIT_URL: url });
    expect(policy()).toContain(`wss://*.twilio.com ${sources};`);
  });

  it.each([
    [
      { ...page, connects: ['acme'] },
      'src/assets/pages.json: /calls.html connects for acme, which nothing is known of',
    ],
    [
      { ...page, content: 'pages/gone.html' },
      'src/assets/pages/gone.html is a part of pages, and is not there',
    ],
    [{ ...page, title: '{{gone}}' }, 'a page wants the text gone, which there is not'],
  ])('that cannot be made is a fault in one line: %j', async (broken, line) => {
    describePages({ '/calls.html': broken });
    expect(await build()).toEqual({ code: 1, out: [], err: [line] });
  });
});
