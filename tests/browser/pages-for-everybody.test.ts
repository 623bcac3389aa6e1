/**
 * Nothing stands in anybody's way: every view as axe-core sees it, in each language and either light, in windows of
 * every width down to 320 px and at twice the size, in colours of the reader's own, with nothing that moves by itself.
 */
import { barriers } from './pages/barriers';
import { movedIn } from './pages/calm';
import { type Journey, throughCalls, throughMeeting, throughPages, throughRooms } from './pages/journeys';
import { DESKTOP, PHONE, TABLET, type Tab, type TabOptions } from './pages/tab';
import { startWorld, type World } from './pages/world';

/** Each of everything at least once. A window of 683 × 425 is a laptop's at twice the size. */
const READERS: Readonly<Record<string, TabOptions>> = {
  'light, on a phone': { size: PHONE },
  'dark, in German, on a desktop': { size: DESKTOP, dark: true, language: 'de' },
  'light, in Arabic, on a tablet': { size: TABLET, language: 'ar' },
  'dark, in Arabic, 320 px wide': { size: { ...PHONE, width: 320, height: 640 }, dark: true, language: 'ar' },
  'light, in German, 360 px wide': { size: { ...PHONE, width: 360, height: 640 }, language: 'de' },
  'colours of their own, in German, at twice the size': {
    size: { width: 683, height: 425 },
    forcedColors: true,
    language: 'de',
  },
};

const JOURNEYS: Readonly<Record<string, (journey: Journey) => Promise<void>>> = {
  'the first page of everything': throughPages,
  'a meeting': throughMeeting,
  calls: throughCalls,
  rooms: throughRooms,
};

let world: World;
beforeAll(async () => {
  world = await startWorld({ CALLS_PROVIDER: 'twilio', RING_TIMEOUT_SECONDS: '30' });
});
afterEach(() => world.closeTabs());
afterAll(() => world.close());

/** What is wrong with this view, by what it is called. */
async function wrongsOf(view: string, tab: Tab, options: TabOptions): Promise<string[]> {
  const wrongs = [
    // Whoever has colours of their own has chosen the contrast.
    ...(await barriers(tab.page)).filter((it) => !(options.forcedColors && it.startsWith('color-contrast'))),
    ...(await tab.faults()),
    ...(await tab.moving()).map((name) => `moves by itself: ${name}`),
  ];
  // At twice the size lines break every few words, and one more may move what is below it.
  const { height } = options.size ?? DESKTOP;
  if (height > 600) wrongs.push(...(await movedIn(tab)).map((shift) => `moved: ${shift}`));
  const overflow = await tab.overflow();
  if (overflow > 0) wrongs.push(`${overflow} px wider than its window`);
  return wrongs.map((wrong) => `${view}: ${wrong}`);
}

describe.each(Object.entries(READERS))('%s', (_, options) => {
  test.each(Object.entries(JOURNEYS))('%s', async (__, travel) => {
    const wrongs = new Set<string>();
    const look: Journey['look'] = async (view, tab) => {
      for (const wrong of await wrongsOf(view, tab, options)) wrongs.add(wrong);
    };
    await travel({ world, options, look });
    expect([...wrongs]).toEqual([]);
  });
});
