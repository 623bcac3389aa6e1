/** What every page is before anybody does anything: light, calm, for everybody, and by itself. */
import { gzipSync } from 'node:zlib';
import { barriers } from './pages/barriers';
import { askToJoin, inRoom, joinAsHost, press, sees, startMeeting, waits } from './pages/people';
import { DESKTOP, PHONE, type Tab } from './pages/tab';
import { startWorld, type World } from './pages/world';

/** Compressed, before any vendor's SDK. */
const BUDGET_BYTES = 60_000;

let world: World;
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterEach(() => world.closeTabs());
afterAll(() => world.close());

async function persistentMeeting(): Promise<string> {
  const { text } = await world.call('/api/v1/meetings/create', {});
  return (JSON.parse(text) as { meeting_id: string }).meeting_id;
}

const settled = (tab: Tab): Promise<void> => tab.page.waitForLoadState('networkidle');

test.each(['/', '/host.html', '/meeting.html#123456', '/meeting/{id}', '/calls.html', '/rooms.html'])(
  '%s keeps its budget and its place',
  async (path) => {
    const tab = await world.open(path.replace('{id}', await persistentMeeting()), { size: PHONE });
    await settled(tab);
    const bodies = await Promise.all(tab.received.values());
    const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(bodies.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(BUDGET_BYTES);
    // No vendor's SDK is among them.
    expect(Math.max(...bodies.map(({ length }) => length))).toBeLessThan(50_000);
    expect(await tab.shifts()).toEqual([]);
    expect(await tab.faults()).toEqual([]);
    process.stderr.write(`${path}: ${bytes} bytes compressed\n`);
  },
);

test('the start page says what it is before any script has run', async () => {
  const html = await (await fetch(`${world.origin}/`)).text();
  expect(html).toContain('<h1>A calm place to meet by video</h1>');
  expect(html).not.toContain('{{');
  expect(html).not.toMatch(/unsafe-(?:inline|eval)/);
});

describe.each([
  ['light', false],
  ['dark', true],
] as const)('nothing serious stands in anybody’s way, %s', (_, dark) => {
  test('before a meeting', async () => {
    const tab = await world.open('/', { dark });
    await settled(tab);
    expect(await barriers(tab.page)).toEqual([]);
    const link = `/meeting/${await persistentMeeting()}`;
    const paths = ['/host.html', '/meeting.html#1', '/meeting.html#123456', link, '/meeting/abc-defg-hij'];
    for (const path of paths) {
      const other = await world.open(path, { dark, size: PHONE });
      await settled(other);
      expect(await barriers(other.page)).toEqual([]);
    }
  });

  test('before a browser has been asked for devices', async () => {
    const tab = await world.open('/meeting.html#123456', {
      dark,
      size: PHONE,
      prepare: async (page) => {
        await page.addInitScript(() => {
          navigator.permissions.query = () => Promise.reject(new Error('not told'));
        });
      },
    });
    const open = tab.page.getByRole('button', { name: 'Turn on camera and microphone' });
    await open.waitFor();
    expect(await barriers(tab.page)).toEqual([]);
    await open.click();
    await tab.page.getByLabel('Your camera picture').waitFor();
    expect(await tab.shifts()).toEqual([]);
  });

  test('in the waiting room, the call, and after it', async () => {
    const meeting = await startMeeting(world, 'manual', { dark, size: DESKTOP });
    const host = meeting.host.page;
    const ann = await askToJoin(world, meeting.id, 'Ann', { dark, size: PHONE });
    await waits(ann.page);
    await host.getByRole('button', { name: 'Admit Ann' }).waitFor();
    expect(await barriers(ann.page)).toEqual([]);
    expect(await barriers(host)).toEqual([]);
    await joinAsHost(meeting);
    expect(await barriers(host)).toEqual([]);
    await press(host, 'Admit Ann');
    await inRoom(ann.page);
    await press(ann.page, 'Turn camera off');
    await press(ann.page, 'Turn microphone off');
    expect(await barriers(ann.page)).toEqual([]);
    await press(host, 'Remove Ann');
    await host.getByRole('dialog').waitFor();
    expect(await barriers(host)).toEqual([]);
    await host.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await sees(ann.page, 'You were removed from this meeting');
    expect(await barriers(ann.page)).toEqual([]);
    await host.setViewportSize(PHONE);
    await press(host, 'Show people');
    await host.getByRole('dialog').waitFor();
    expect(await barriers(host)).toEqual([]);
  });
});
