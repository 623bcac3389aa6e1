/** Everybody reads the pages in a language of their own, from the first thing that they see, and may change it at any time. */
import { addresses } from './pages/addresses';
import { barriers } from './pages/barriers';
import { isCalm } from './pages/calm';
import {
  askToJoin,
  field,
  inRoom,
  joinAsHost,
  named,
  press,
  startMeeting,
  until,
  waits,
  watches,
} from './pages/people';
import { DESKTOP, PHONE, type Tab } from './pages/tab';
import { type Language, readsIn } from './pages/words';
import { startWorld, type World } from './pages/world';
import { headingsSeen, watchHeadings } from './pages/unnamed';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

const speaks = ({ page }: Tab): Promise<string> =>
  page.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`);

/** Picks it by what the switch is called now; the names of languages are their own. */
async function choose({ page }: Tab, name: string, language: Language): Promise<void> {
  await field(page, 'Language').selectOption({ label: name });
  readsIn(page, language);
  await page.getByRole('combobox', { name: LANGUAGE[language] }).waitFor();
}
const LANGUAGE: Readonly<Record<Language, string>> = { en: 'Language', de: 'Sprache', ar: 'اللغة' };

/** Files of words that came over the network. */
const wordsIn = (tab: Tab): string[] =>
  [...tab.received.keys()].flatMap((url) => /\/app\/(en|de|ar)-\w+\.js$/.exec(url)?.[1] ?? []);

test.each([
  ['de', 'ltr', 'Ein ruhiger Ort für Videogespräche'],
  ['ar', 'rtl', 'مكان هادئ للقاء عبر الفيديو'],
] as const)(
  'a browser that prefers %s shows no other words, not even for a moment, and loads no others',
  async (language, direction, title) => {
    const tab = await world.open('/', { language, size: PHONE, prepare: watchHeadings });
    await tab.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await tab.page.waitForLoadState('networkidle');
    expect(await speaks(tab)).toBe(`${language} ${direction}`);
    expect(await headingsSeen(tab.page)).toEqual([title]);
    expect(await tab.page.title()).not.toMatch(/Video meetings/);
    expect(new Set(wordsIn(tab))).toEqual(new Set([language]));
    await isCalm(tab);
  },
);

test('what the address asks for comes before what was chosen, and that before what the browser prefers', async () => {
  const tab = await world.open('/calls.html', { language: 'de' });
  await named(tab.page, 'button', 'Go online').waitFor();
  expect(await speaks(tab)).toBe('de ltr');
  await choose(tab, 'العربية', 'ar');
  await tab.page.goto(`${world.origin}/rooms.html`);
  await named(tab.page, 'button', 'Create the room').waitFor();
  expect(await speaks(tab)).toBe('ar rtl');

  // A link in English, for this tab alone.
  readsIn(tab.page, 'en');
  await tab.page.goto(`${world.origin}/calls.html?lang=en`);
  await named(tab.page, 'button', 'Go online').waitFor();
  await tab.page.goto(`${world.origin}/rooms.html`);
  await named(tab.page, 'button', 'Create the room').waitFor();
  const other = await tab.context.newPage();
  await other.goto(`${world.origin}/rooms.html`);
  expect(await other.evaluate(() => document.documentElement.lang)).toBe('ar');

  // Nobody speaks it: as if nothing had been asked.
  await other.goto(`${world.origin}/rooms.html?lang=xx`);
  expect(await other.evaluate(() => document.documentElement.lang)).toBe('ar');
});

test('one who chooses another language in the waiting room is still there, and is let in', async () => {
  const meeting = await startMeeting(world, 'manual', { size: DESKTOP });
  await joinAsHost(meeting);
  const ann = await askToJoin(world, meeting.id, 'Ann', { size: PHONE, language: 'de' });
  await waits(ann.page);
  const before = ann.received.size;
  await choose(ann, 'العربية', 'ar');
  await waits(ann.page);
  expect(await ann.page.title()).toMatch(/[\u0600-\u06ff]/);
  // Words came, and no page.
  expect([...ann.received.keys()].slice(before).filter((url) => /\.html/.test(url))).toEqual([]);
  await press(meeting.host.page, 'Admit Ann');
  await named(ann.page, 'button', 'Leave the meeting').waitFor();
  expect(await ann.faults()).toEqual([]);
});

test('in a call it is chosen in the menu, and the call goes on', async () => {
  const meeting = await startMeeting(world, 'auto', { size: PHONE });
  await joinAsHost(meeting);
  const { page } = meeting.host;
  const ann = await askToJoin(world, meeting.id, 'Ann');
  await watches(page, 1);
  await press(page, 'More options');
  await page.getByRole('menuitem', { name: 'Language' }).tap();
  await page.getByRole('dialog', { name: 'Language' }).getByRole('radio', { name: 'العربية' }).tap();
  readsIn(page, 'ar');
  await page.getByRole('dialog', { name: LANGUAGE.ar }).waitFor();
  expect(await speaks(meeting.host)).toBe('ar rtl');
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await inRoom(page);
  await Promise.all([watches(page, 1), watches(ann.page, 1)]);
  expect(await meeting.host.faults()).toEqual([]);
});

test('should the words of the one that was chosen not come, the page goes on as it was, and says so', async () => {
  const tab = await world.open('/calls.html', {
    prepare: async (page) => void (await page.route(/\/app\/ar-/, (route) => route.abort())),
  });
  await named(tab.page, 'button', 'Go online').waitFor();
  await field(tab.page, 'Language').selectOption({ label: 'العربية' });
  await until(
    async () => (await field(tab.page, 'Language').inputValue()) === 'en',
    'switch that says what is spoken',
  );
  await named(tab.page, 'button', 'Go online').waitFor();
  expect(await speaks(tab)).toBe('en ltr');
  await choose(tab, 'Deutsch', 'de');
  expect(await speaks(tab)).toBe('de ltr');
});

test('what was typed stays, and its fault is told in the new language', async () => {
  const tab = await world.open('/meeting.html#123456', { language: 'ar', size: PHONE });
  await press(tab.page, 'Ask to join');
  await tab.page.getByText('يُرجى إدخال اسمك').waitFor();
  await choose(tab, 'Deutsch', 'de');
  await tab.page.getByText('Bitte geben Sie Ihren Namen ein').waitFor();
  await field(tab.page, 'Your name').fill('نور');
  await choose(tab, 'English', 'en');
  expect(await field(tab.page, 'Your name').inputValue()).toBe('نور');
});

test.each(addresses.map(({ path }) => path))('%s has the switch, under its name', async (path) => {
  const { text } = await world.call('/api/v1/meetings/create', {});
  const id = (JSON.parse(text) as { meeting_id: string }).meeting_id;
  const tab = await world.open(path.replace('{id}', id), { language: 'ar', size: PHONE });
  await tab.page.getByRole('combobox', { name: 'اللغة' }).waitFor();
  expect(await speaks(tab)).toBe('ar rtl');
});

test('should its words never come, a page is readable as it was written', async () => {
  const tab = await world.open('/', {
    language: 'ar',
    prepare: async (page) => void (await page.route(/\/app\/ar-/, (route) => route.abort())),
  });
  await tab.page.getByRole('heading', { level: 1, name: 'A calm place to meet by video' }).waitFor();
});

describe('installed', () => {
  test('the pages are an app, by Chromium’s own judgement, in the reader’s language', async () => {
    const tab = await world.open('/', { language: 'de' });
    await named(tab.page, 'button', 'Start a meeting').waitFor();
    const session = await tab.context.newCDPSession(tab.page);
    const { url, errors, data = '{}' } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(url).toBe(`${world.origin}/manifest-de.webmanifest`);
    expect(JSON.parse(data)).toMatchObject({ lang: 'de', start_url: '/', display: 'standalone' });
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A context without a profile installs nothing; of the pages there is nothing to be said.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
    const { headers } = await fetch(url);
    expect(headers.get('content-type')).toMatch(/^application\/manifest\+json/);
  });
});
