/**
 * The developers' part of the start page: every example is run, by its button and by the code that it shows, and has
 * to have succeeded; also where operators need a key, where calls are refused, and on every size of page.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { barriers } from './pages/barriers';
import { DESKTOP, PHONE, type TabOptions } from './pages/tab';
import { startWorld, type World } from './pages/world';
import { PATIENCE_MS } from './pages/patience';

const run = promisify(execFile);
const ROOT = join(__dirname, '../..');
const KEY = 'a-key-of-an-operator-0123456789';

/** By name; what is seen to change, in order, and what a run of the code prints. */
const EXAMPLES = [
  {
    name: 'Waiting rooms',
    rows: { "Ann's page shows": ['waiting', 'admitted', 'ended'] },
    prints: /admitted/,
  },
  {
    name: 'Calls that ring',
    rows: {
      'Ann hears': ['ACCEPT_CALL', 'END_CALL'],
      'Ben hears': ['INCOMING_CALL', 'ACCEPT_CALL', 'END_CALL'],
    },
    prints: /INCOMING_CALL[^]*ACCEPT_CALL/,
  },
  { name: 'Rooms with live counts', rows: { 'People in the room': ['0', '1', '0'] }, prints: /joined/ },
  { name: 'Meetings with a link', rows: { 'There is such a meeting': ['true', 'false'] }, prints: /^/ },
  {
    name: 'Join tokens',
    rows: { 'Opens the room': ['try-foyer'], 'Works for': ['10 minutes'] },
    prints: /^/,
  },
] as const;

describe.each([
  ['where anybody may', {}, undefined],
  ['where operators need a key', { ADMIN_API_KEY: KEY, ALLOW_ANONYMOUS_USERS: 'yes' }, KEY],
] as const)('%s', (_, environment, key) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(environment);
  });
  afterEach(() => world.closeTabs());
  afterAll(() => world.close());

  test.each(EXAMPLES)('$name: runs on the page', async ({ name, rows }) => {
    const tab = await world.open('/#build');
    const { page } = tab;
    await choose(page, name);
    await page.getByRole('button', { name: 'Run it here' }).click();
    if (key !== undefined && name !== 'Calls that ring' && name !== 'Join tokens') {
      const dialog = page.getByRole('dialog', { name: 'Operator key' });
      await dialog.getByLabel('Operator key').fill(key);
      await dialog.getByRole('button', { name: 'Continue' }).click();
    }
    await succeeds(page);
    for (const [label, values] of Object.entries(rows)) {
      expect(await shownIn(page, label)).toEqual(values);
    }
    // What may open anything is not there to be read over a shoulder.
    const answers = await page.getByRole('list', { name: 'Requests and answers' }).innerText();
    expect(answers).not.toMatch(/eyJ[\w-]{20}|WyJ[\w-]{20}/);
    expect(await tab.faults()).toEqual([]);
    expect(await tab.shifts()).toEqual([]);
  });

  test.each(EXAMPLES)('$name: its code does the same elsewhere', async ({ name, prints }) => {
    const { page } = await world.open('/#build');
    await choose(page, name);
    if (key !== undefined) await giveKey(page, key);
    const folder = mkdtempSync(join(tmpdir(), 'foyer-example-'));
    try {
      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      for (const tongue of ['curl', 'fetch', 'Client']) {
        const code = await codeIn(page, tongue);
        if (key !== undefined) expect(code.includes('ADMIN_API_KEY')).toBe(!/^(Calls|Join)/.test(name));
        const printed = await runCode(folder, tongue, code, key);
        if (tongue === 'curl') expect(printed).not.toMatch(/Error|"detail":|"message":(?!"Meeting deleted)/);
        else expect(printed).toMatch(prints);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('whatever happens', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ ADMIN_API_KEY: KEY, ALLOW_ANONYMOUS_USERS: 'no' });
  });
  afterEach(() => world.closeTabs());
  afterAll(() => world.close());

  test('a refusal is shown as it came, and what follows from it is not tried', async () => {
    const { page } = await world.open('/#build-tokens');
    await page.getByRole('button', { name: 'Run it here' }).click();
    await page.getByRole('tabpanel').getByText('The server said no').waitFor();
    const answers = page.getByRole('list', { name: 'Requests and answers' });
    expect(await answers.getByRole('listitem').count()).toBe(1);
    expect(await answers.innerText()).toMatch(/POST \/livekit\/join-room[^]*403[^]*user routes are closed/);
  });

  test('whoever has no key gives up, and may try again', async () => {
    const { page } = await world.open('/#build-persistent');
    await page.getByRole('button', { name: 'Run it here' }).click();
    const dialog = page.getByRole('dialog', { name: 'Operator key' });
    await dialog.getByLabel('Operator key').fill('not the key');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByText('This key is not right.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('tabpanel').getByText('The server said no').waitFor();
    await page.getByRole('button', { name: 'Run it here' }).click();
    await dialog.getByLabel('Operator key').fill(KEY);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await succeeds(page);
  });

  test('an example has an address, which going back and reloading keep', async () => {
    const { page } = await world.open('/#build-calls');
    const tab = (name: string) => page.getByRole('tab', { name });
    await expectChosen(tab('Calls that ring'));
    await tab('Calls that ring').press('ArrowRight');
    await expectChosen(tab('Rooms with live counts'));
    await page.reload();
    await expectChosen(tab('Rooms with live counts'));
    await page.getByRole('link', { name: 'API reference' }).click();
    await page.getByRole('heading', { name: 'API reference', level: 1 }).waitFor();
    await page.goBack();
    await expectChosen(tab('Rooms with live counts'));
  });

  test.each([
    ['phone, light', { size: PHONE }],
    ['tablet, dark', { size: { width: 820, height: 1180 }, dark: true }],
    ['desktop, light', { size: DESKTOP }],
    ['narrow, dark', { size: { width: 320, height: 640 }, dark: true }],
  ] as const)('nothing stands in anybody’s way: %s', async (_, options: TabOptions) => {
    const tab = await world.open('/#build', options);
    const { page } = tab;
    await page.getByRole('button', { name: 'Run it here' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await tab.shifts()).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

async function choose(page: Page, name: string): Promise<void> {
  const tab = page.getByRole('tab', { name });
  await tab.click();
  await page
    .getByRole('tabpanel', { name, exact: true })
    .getByRole('button', { name: 'Run it here' })
    .waitFor();
}

/** Once a key was given, the code says where it goes. */
async function giveKey(page: Page, key: string): Promise<void> {
  await page.evaluate((value) => sessionStorage.setItem('foyer.operator-key', value), key);
  await page.reload();
  await page.getByRole('button', { name: 'Run it here' }).waitFor();
}

async function succeeds(page: Page): Promise<void> {
  const panel = page.getByRole('tabpanel');
  await panel.getByText('It worked').first().waitFor();
  expect(await panel.getByText('The server said no').count()).toBe(0);
}

const shownIn = async (page: Page, label: string): Promise<string[]> => {
  const terms = await page.getByRole('term').allInnerTexts();
  return (await page.getByRole('definition').nth(terms.indexOf(label)).innerText())
    .split('→')
    .map((value) => value.trim());
};

async function expectChosen(tab: ReturnType<Page['getByRole']>): Promise<void> {
  await tab.waitFor();
  await tab.and(tab.page().getByRole('tab', { selected: true })).waitFor();
}

/** The code as it is copied. */
async function codeIn(page: Page, tongue: string): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('tab', { name: tongue, exact: true }).click();
  await page.getByRole('button', { name: 'Copy code' }).click();
  await page.getByRole('button', { name: 'Code copied' }).waitFor();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('button', { name: 'Copy code' }).waitFor();
  return code;
}

async function runCode(folder: string, tongue: string, code: string, key = ''): Promise<string> {
  const env = { ...process.env, ADMIN_API_KEY: key };
  if (tongue === 'curl') {
    const { stdout } = await run('bash', ['-eu', '-c', code], { cwd: folder, env, timeout: PATIENCE_MS });
    return stdout;
  }
  // Node imports nothing over http: the client is fetched first.
  const address = /'(http[^']*\/foyer-client\.js)'/.exec(code)?.[1];
  if (address !== undefined) {
    writeFileSync(join(folder, 'foyer-client.mjs'), await (await fetch(address)).text());
  }
  const file = join(folder, 'example.mjs');
  writeFileSync(file, address === undefined ? code : code.replace(address, './foyer-client.mjs'));
  const { stdout } = await run(process.execPath, ['--experimental-websocket', '--no-warnings', file], {
    cwd: folder,
    env,
    timeout: PATIENCE_MS,
  });
  return stdout;
}
