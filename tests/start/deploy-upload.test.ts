/** What `npm run deploy` refuses of what was built, and what it says would go. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { addOnRefusals, functionsFolderRefusals } from '../../scripts/deploy/source-refusals';
import { uploadFrom } from '../../scripts/deploy/upload';
import { uploadRefusals } from '../../scripts/deploy/upload-refusals';
import { createCheckout, run } from './checkout';

const READY = {
  ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  AUTH_TOKEN: '0'.repeat(32),
  TWILIO_API_KEY: `SK${'0'.repeat(32)}`,
  TWILIO_API_SECRET: 'quite secret',
  SYNC_SERVICE_SID: `IS${'0'.repeat(32)}`,
  ADMIN_API_KEY: 'sesame, open yourself',
};
const REPOSITORY = join(__dirname, '../..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-upload-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const refusals = (variables: Record<string, string> = READY): string[] =>
  uploadRefusals(uploadFrom(folder), variables);

it('what is as it should be goes', () => {
  for (let index = 0; index < 50; index += 1) write(`functions/f${index}.js`, 'exports.handler = () => {};');
  write('functions/large.private.js', Buffer.alloc(1024 * 1024));
  rmSync(join(folder, 'functions/f0.js'));
  write('assets/page.html', '<p>Foyer</p>');
  expect(refusals()).toEqual([]);
});

it('a fifty-first function is refused', () => {
  for (let index = 0; index < 51; index += 1) write(`functions/f${index}.js`, '');
  expect(refusals()).toEqual([expect.stringMatching(/^51 functions, and Twilio takes 50 .+Bring 1 of/)]);
});

it('a function of more than 1 MB is refused, by its name', () => {
  write('functions/admin/large.js', Buffer.alloc(1024 * 1024 + 1));
  expect(refusals()).toEqual([
    expect.stringMatching(/^functions\/admin\/large\.js has 1\.0 MB.+Import less/),
  ]);
});

it('more than 20 MB in all are refused, naming the largest', () => {
  write('functions/f.js', '');
  write('assets/film.mp4', Buffer.alloc(20 * 1024 * 1024 + 1));
  expect(refusals()).toEqual([expect.stringMatching(/^All files have 20\.0 MB.+assets\/film\.mp4/)]);
});

it('an asset of more than 25 MB is refused', () => {
  write('assets/film.mp4', Buffer.alloc(25 * 1024 * 1024 + 1));
  expect(refusals()).toContainEqual(expect.stringMatching(/^assets\/film\.mp4 has 25\.0 MB/));
});

it('more than a thousand assets are refused', () => {
  for (let index = 0; index < 1001; index += 1) write(`assets/${index}.txt`, '');
  expect(refusals()).toEqual([expect.stringMatching(/^1001 assets, and Twilio takes 1000/)]);
});

it('a source map is refused, beside a private asset, too', () => {
  write('assets/code.private.js', '');
  write('assets/code.private.js.map', '{}');
  expect(refusals()).toEqual([expect.stringContaining('assets/code.private.js.map is a source map')]);
});

it.each([
  ['as it stands', (secret: string) => `const key = '${secret}';`],
  ['in base64', (secret: string) => Buffer.from(secret).toString('base64')],
  ['in an address', (secret: string) => `https://x.example/?key=${encodeURIComponent(secret)}`],
  ['as JSON', (secret: string) => JSON.stringify({ secret })],
])("a secret's value %s in a file is refused; its name is said, not the value", (_how, spelt) => {
  const secret = 'quoted "and" open: sesame';
  write('functions/f.js', 'exports.handler = () => {};');
  write('assets/page.js', spelt(secret));
  const lines = refusals({ ...READY, TICKET_SECRET: secret });
  expect(lines).toEqual([expect.stringMatching(/^assets\/page\.js holds the value of TICKET_SECRET\./)]);
  expect(lines.join()).not.toContain('sesame');
});

it("the password in a database's address is a secret, too", () => {
  write('functions/f.js', "connect('hunter-2-hunter')");
  expect(refusals({ ...READY, MONGO_URI: 'mongodb://me:hunter-2-hunter@db.example/x' })).toEqual([
    expect.stringContaining('holds the value of MONGO_URI'),
  ]);
});

it('a test or a source map among the functions is named', () => {
  write('src/functions/admin/create.ts', '');
  write('src/functions/admin/create.test.ts', '');
  write('src/functions/user/join.spec.js', '');
  write('src/functions/join.js.map', '');
  expect(functionsFolderRefusals(folder)).toEqual([
    expect.stringMatching(/^src\/functions\/admin\/create\.test\.ts is a test/),
    expect.stringMatching(/^src\/functions\/join\.js\.map is a source map/),
    expect.stringMatching(/^src\/functions\/user\/join\.spec\.js is a test/),
  ]);
});

describe('native add-ons', () => {
  const install = (path: string, manifest: object): void =>
    write(`${path}/package.json`, JSON.stringify(manifest));

  it.each([
    ['a binding.gyp', () => write('node_modules/b/binding.gyp', '{}')],
    ['machine code', () => write('node_modules/b/build/Release/b.node', '')],
    ['gypfile', () => install('node_modules/b', { gypfile: true })],
    ['node-gyp on install', () => install('node_modules/b', { scripts: { install: 'node-gyp rebuild' } })],
  ])('%s anywhere in the tree is refused, with the way to it', (_what, make) => {
    install('node_modules/a', { dependencies: { b: '1.0.0' } });
    install('node_modules/b', { dependencies: { a: '1.0.0' } });
    make();
    expect(addOnRefusals(folder, { a: '1.0.0' })).toEqual([
      expect.stringContaining('a > b is a native add-on'),
    ]);
  });

  it('what is optional and not there is no fault, what is needed and not there is', () => {
    install('node_modules/a', { optionalDependencies: { fast: '1' }, dependencies: { b: '1' } });
    expect(addOnRefusals(folder, { a: '1.0.0' })).toEqual([
      expect.stringContaining('a > b is not installed'),
    ]);
  });

  it('there is none in what we deploy', () => {
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
    const { dependencies } = jest.requireActual<{ dependencies: Record<string, string> }>(
      '../../package.json',
    );
    expect(addOnRefusals(folder, dependencies)).toEqual([]);
  });
});

it('a dry run says what would go, function by function, and calls nobody', async () => {
  const checkout = createCheckout();
  checkout.write('src/functions/user/hidden.protected.ts', 'export const handler = () => undefined;');
  // Text messages have the brand's name; its colour is in pages alone.
  const brand = { BRAND_NAME: 'Harbour Clinic', BRAND_COLOR: '#0057b8' };
  // Whoever were called would be called through this.
  const given = { ...READY, ...brand, HTTP_PROXY: 'http://127.0.0.1:1' };
  const { exit, out, err } = run(checkout, 'deploy.ts', given, ['--dry-run', '--environment=stage']);
  expect([await exit, err]).toEqual([0, []]);
  const table = out.join('\n');
  expect(table).toMatch(/^function +size +visibility$/m);
  expect(table).toMatch(/^\/admin\/create +\d+\.\d kB +public$/m);
  expect(table).toMatch(/^\/user\/hidden +\d+\.\d kB +protected$/m);
  expect(table).toMatch(/^3 functions, .+; \d+ assets, /m);
  expect(table).toMatch(
    /^variables: ADMIN_API_KEY, BRAND_NAME, SYNC_REACHABILITY_WEBHOOKS, SYNC_SERVICE_SID, TWILIO_API_KEY, TWILIO_API_SECRET$/m,
  );
  expect(table).toContain('Nothing was uploaded');
  expect(table).not.toContain('sesame');
  expect(existsSync(join(checkout.root, '.foyer/deploy/.env'))).toBe(false);
  checkout.remove();
});

it('what is wrong with the brand is said once, and stops it', async () => {
  const checkout = createCheckout();
  const { exit, err } = run(checkout, 'deploy.ts', { ...READY, BRAND_LANGUAGE: 'fr' }, ['--dry-run']);
  expect([await exit, err]).toEqual([1, ['BRAND_LANGUAGE is not valid: expected one of en, de, ar']]);
  checkout.remove();
});

it.each([
  ['--dry-run', { npm_config_dry_run: 'true' }],
  ['--environment', { npm_config_environment: 'production' }],
  ['--override-existing-project', { npm_config_override_existing_project: 'true' }],
])('%s without -- before it, which npm takes for itself, is no deployment', async (word, taken) => {
  const checkout = createCheckout();
  const { exit, err } = run(checkout, 'deploy.ts', { ...READY, ...taken });
  expect([await exit, err]).toEqual([1, [expect.stringContaining(`npm has taken ${word} for itself`)]]);
  expect(existsSync(join(checkout.root, '.foyer'))).toBe(false);
  checkout.remove();
});

it.each([
  ['--enviroment', /^--enviroment is not understood/],
  ['--environment=prod', /^--environment prod is none of dev, stage, production/],
])('%s is refused', async (word, line) => {
  const checkout = createCheckout();
  const { exit, err } = run(checkout, 'deploy.ts', READY, [word]);
  expect([await exit, err]).toEqual([1, [expect.stringMatching(line)]]);
  checkout.remove();
});
