/** The call's stage with crowds of drawn people: where everybody is, who is large, keys, and the small window. */
import type { Page } from 'playwright-core';
import { barriers } from './pages/barriers';
import { tabTo } from './pages/keyboard';
import { until } from './pages/people';
import { DESKTOP, PHONE, type Size, type Tab, TABLET } from './pages/tab';
import { controls, covers, isStraight, moves, pathsWhile, tile, tiles } from './stage/places';
import { connect, crowd, end, openTheatre, say, sent, show, speak, type Theatre } from './stage/theatre';

const LANDSCAPE: Size = { width: 844, height: 390, touch: true };
const SMALL: Size = { width: 320, height: 568, touch: true };

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterEach(() => theatre.closeTabs());
afterAll(() => theatre.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** With so many others, and nothing beside them. */
async function callOf(others: number, size: Size = DESKTOP): Promise<Tab> {
  const tab = await theatre.open({ size });
  const hide = button(tab.page, 'Hide people');
  if (await hide.isVisible()) await hide.click();
  await show(tab, crowd(others));
  return tab;
}

describe.each([
  ['phone', PHONE],
  ['phone on its side', LANDSCAPE],
  ['small phone', SMALL],
  ['tablet', TABLET],
  ['desktop', DESKTOP],
] as const)('on a %s', (_, size) => {
  test('one to twelve people are all in sight: nobody covers anybody, nor a button', async () => {
    const tab = await callOf(0, size);
    for (let others = 0; others < 12; others += 1) {
      await show(tab, crowd(others));
      const [people, bar] = [await tiles(tab), await controls(tab)];
      expect(people).toHaveLength(others + 1);
      // With one other, oneself is in a corner of the other's picture.
      const apart = others === 1 ? people.slice(0, 1) : people;
      const all = [...apart, ...bar];
      for (const [index, place] of all.entries()) {
        expect(Math.min(place.x, place.y)).toBeGreaterThanOrEqual(0);
        expect(place.x + place.width).toBeLessThanOrEqual(size.width + 0.5);
        expect(place.y + place.height).toBeLessThanOrEqual(size.height + 0.5);
        expect(all.slice(index + 1).filter((other) => covers(place, other))).toEqual([]);
      }
      for (const { width, height } of bar) expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    }
    // In the narrowest tiles the signs after a name follow where it is cut off; nothing else moves.
    const moved = (await tab.shifts()).filter((shift) => !/^0\.000\d <svg width="16"/.test(shift));
    expect(moved).toEqual([]);
    expect(await tab.faults()).toEqual([]);
  });

  test('a screen is large, and all who fit are beside or below it', async () => {
    const tab = await callOf(4, size);
    const people = crowd(4);
    await show(
      tab,
      people.map((one) => (one.id === 'Ben' ? { ...one, showsScreen: true } : one)),
    );
    const screen = await tile(tab, 'Screen of Ben');
    const faces = (await tiles(tab)).filter(({ words }) => !words.includes('Screen of'));
    expect(faces).toHaveLength(5);
    for (const face of faces) {
      expect(screen.width * screen.height).toBeGreaterThan(2 * face.width * face.height);
      expect(covers(screen, face)).toBe(false);
    }
    await show(tab, people);
    expect(await tiles(tab)).toHaveLength(5);
    expect(await tab.shifts()).toEqual([]);
  });
});

test('who stays moves at most once when somebody comes or goes, or not at all when that was far away', async () => {
  const tab = await callOf(8);
  const people = crowd(8);
  for (const now of [crowd(9), people, people.filter(({ id }) => id !== 'Ben'), crowd(5), crowd(12)]) {
    for (const [words, path] of await pathsWhile(tab, () => show(tab, now))) {
      expect(`${words} moved ${moves(path)} times`).toMatch(/ moved [01] times$/);
    }
  }
  await show(tab, people);
  const last = await pathsWhile(tab, () => show(tab, people.slice(0, 7)));
  const still = [...last].filter(([, path]) => moves(path) === 0).map(([words]) => words);
  // Those of the two upper rows; the last row stands in the middle.
  expect(still).toHaveLength(6);
  expect(await tab.shifts()).toEqual([]);
});

test('where motion is welcome tiles glide there without a detour', async () => {
  const tab = await callOf(3);
  await tab.page.emulateMedia({ reducedMotion: 'no-preference' });
  const acts = [
    () => show(tab, crowd(8)),
    () => button(tab.page, 'Pin Ann').click(),
    () => button(tab.page, 'Unpin Ann').click(),
    () => show(tab, crowd(2)),
  ];
  for (const act of acts) {
    const paths = await pathsWhile(tab, act);
    expect(paths.size).toBeGreaterThan(2);
    for (const [words, path] of paths) {
      expect(isStraight(path) ? [] : [words, ...path]).toEqual([]);
    }
  }
  expect(await tab.shifts()).toEqual([]);
});

test('of a crowd too large for the window some are in sight, whoever speaks among them, and the others in turn', async () => {
  const tab = await callOf(40, PHONE);
  const { page } = tab;
  const more = button(page, / more: /);
  const inSight = async (): Promise<string[]> =>
    (await tiles(tab)).map(({ words }) => words).filter((words) => !words.includes('Show them'));
  const before = await inSight();
  expect(before.join()).not.toContain('Guest 40');
  expect(await tile(tab, 'You')).toBeDefined();

  await speak(tab, 'Guest 40');
  expect((await inSight()).join()).toContain('Guest 40');
  const kept = (await inSight()).filter((words) => before.includes(words));
  expect(kept).toHaveLength(before.length - 1);

  const seen = new Set<string>();
  for (let turns = 0; turns < 4; turns += 1) {
    for (const words of await inSight()) seen.add(/Guest \d+|Ann|Lena/.exec(words)?.[0] ?? '');
    await more.click();
  }
  for (const name of ['Ann', 'Lena', 'Guest 13', 'Guest 25', 'Guest 39']) expect([...seen]).toContain(name);
  expect(await tab.shifts()).toEqual([]);
});

describe('pinned', () => {
  test('with the mouse: large until unpinned, whatever else happens', async () => {
    const tab = await callOf(5);
    const { page } = tab;
    await button(page, 'Pin Chloé').click();
    const large = await tile(tab, 'Chloé');
    const [small] = await tiles(tab);
    expect(large.width).toBeGreaterThan(3 * (small?.width ?? Infinity));
    await speak(tab, 'Ben');
    await show(tab, crowd(7));
    expect((await tile(tab, 'Chloé')).width).toBeGreaterThan(600);
    await button(page, 'Unpin Chloé').click();
    expect((await tile(tab, 'Chloé')).width).toBeLessThan(500);
    await button(page, 'Pin Chloé').click();
    // Who has left is not missed.
    await show(
      tab,
      crowd(7).filter(({ id }) => id !== 'Chloé'),
    );
    expect(new Set((await tiles(tab)).map(({ width }) => Math.round(width))).size).toBe(1);
  });

  test('with the keyboard, and oneself', async () => {
    const tab = await callOf(3);
    const { page } = tab;
    await tabTo(page, button(page, 'Pin yourself'));
    await page.keyboard.press('Enter');
    expect((await tile(tab, 'You')).width).toBeGreaterThan(600);
    await tabTo(page, button(page, 'Unpin yourself'));
    await page.keyboard.press(' ');
    expect((await tile(tab, 'You')).width).toBeLessThan(700);
  });

  test('with a finger: a touch shows the button, and does nothing else', async () => {
    const tab = await callOf(3, PHONE);
    const { page } = tab;
    const ben = await tile(tab, 'Ben');
    // Where the button will be.
    await page.touchscreen.tap(ben.x + ben.width - 20, ben.y + 20);
    expect(await tile(tab, 'Ben')).toEqual(ben);
    await button(page, 'Pin Ben').tap();
    expect((await tile(tab, 'Ben')).height).toBeGreaterThan((await tile(tab, 'Ann')).height);
  });
});

test('who speaks is large where one wants that, and it is remembered', async () => {
  const tab = await callOf(4);
  const { page } = tab;
  await button(page, 'More options').click();
  await page.getByRole('menuitemcheckbox', { name: 'Show the speaker large' }).click();
  await speak(tab, 'Dmitri');
  await until(async () => (await tile(tab, 'Dmitri')).width > 600, 'large Dmitri');
  // A word in between does not change anything.
  await speak(tab, 'Ben');
  await speak(tab, 'Dmitri');
  await page.waitForTimeout(1_500);
  expect((await tile(tab, 'Dmitri')).width).toBeGreaterThan(600);
  await page.reload();
  await page.getByRole('toolbar').waitFor();
  await show(tab, crowd(4));
  expect(new Set((await tiles(tab)).map(({ width }) => Math.round(width))).size).toBeGreaterThan(1);
});

test('several screens share the room; one’s own is a note with a button, and no picture', async () => {
  const tab = await callOf(4);
  const { page } = tab;
  const sharing = ['Ann', 'Ben'];
  await show(
    tab,
    crowd(4).map((one) => ({ ...one, showsScreen: sharing.includes(one.id) })),
  );
  const [ann, ben] = [await tile(tab, 'Screen of Ann'), await tile(tab, 'Screen of Ben')];
  expect(Math.round(ann.width)).toBe(Math.round(ben.width));
  await button(page, 'Pin Screen of Ben').click();
  expect((await tile(tab, 'Screen of Ben')).width).toBeGreaterThan(
    3 * (await tile(tab, 'Screen of Ann')).width,
  );

  const before = (await tiles(tab)).length;
  await button(page, 'Share your screen').click();
  const note = page.getByRole('group', { name: 'You are sharing your screen.' });
  await note.waitFor();
  expect(await tiles(tab)).toHaveLength(before);
  await note.getByRole('button', { name: 'Stop sharing' }).click();
  await note.waitFor({ state: 'detached' });
  await button(page, 'Share your screen').waitFor();
  expect(await tab.shifts()).toEqual([]);
});

test('who is muted, weakly connected, away or the host can be read', async () => {
  const tab = await callOf(0);
  const { page } = tab;
  await show(tab, [
    { id: 'Ann', isHost: true, quality: 5 },
    { id: 'Ben', isMuted: true, quality: 1 },
    { id: 'Cem', isReconnecting: true, quality: 0 },
    { id: 'nobody', name: '', quality: 3 },
  ]);
  expect((await tile(tab, 'Ann')).words).toContain('Host');
  expect((await tile(tab, 'Ben')).words).toContain('Microphone off');
  expect((await tile(tab, 'Ben')).words).toContain('Weak connection');
  expect((await tile(tab, 'Cem')).words).toContain('Connecting again');
  expect((await tile(tab, 'Guest')).words).not.toContain('Microphone off');
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Guest' })
    .getByRole('img', { name: 'Fair connection' })
    .waitFor();
  await speak(tab, 'Ann');
  expect((await tile(tab, 'Ann')).words).toContain('Speaking');
  await connect(tab, 'reconnecting');
  await page.getByText('The connection is interrupted. Connecting again.').first().waitFor();
});

describe('a raised hand', () => {
  const hand = (up: boolean): string => JSON.stringify({ v: 1, type: 'hand', up });

  test('of somebody else is told, and can be read on their tile and among the people, until it goes down', async () => {
    const tab = await callOf(3);
    const { page } = tab;
    await say(tab, 'Ben', hand(true));
    await page
      .getByRole('status')
      .filter({ hasText: 'Ben has raised a hand.' })
      .waitFor({ state: 'attached' });
    expect((await tile(tab, 'Ben')).words).toContain('Hand raised');
    expect((await tile(tab, 'Ann')).words).not.toContain('Hand raised');
    await button(page, 'Show people').click();
    const people = page.getByRole('complementary', { name: 'People' }).getByRole('listitem');
    await people.filter({ hasText: 'Ben' }).getByText('Hand raised').waitFor();
    expect(await barriers(page)).toEqual([]);
    await until(async () => {
      await say(tab, 'Ben', hand(false));
      return (await people.getByText('Hand raised').count()) === 0;
    }, 'hand that goes down');
    await button(page, 'Hide people').click();
    expect((await tile(tab, 'Ben')).words).not.toContain('Hand raised');
  });

  test.each([
    ['phone', PHONE],
    ['desktop', DESKTOP],
  ] as const)(
    'of one’s own on a %s is raised in the menu, or by a key, and lowered where it is said',
    async (_, size) => {
      const tab = await callOf(2, size);
      const { page } = tab;
      const lower = button(page, 'Lower your hand');
      await button(page, 'More options').click();
      await page.getByRole('menuitem', { name: 'Raise your hand' }).click();
      await page.getByRole('group', { name: 'Your hand is raised.' }).waitFor();
      expect((await tile(tab, 'You')).words).toContain('Hand raised');
      expect(await sent(tab)).toContain(hand(true));
      expect(await barriers(page)).toEqual([]);
      await lower.click();
      await lower.waitFor({ state: 'detached' });
      expect((await sent(tab)).at(-1)).toBe(hand(false));
      await page.keyboard.press('h');
      await lower.waitFor();
      await page.reload();
      await page.getByRole('toolbar').waitFor();
      await show(tab, crowd(2));
      await lower.waitFor();
      expect(await tab.faults()).toEqual([]);
    },
  );

  test('is not offered where two talk to each other', async () => {
    const { page } = await callOf(1);
    await page.keyboard.press('h');
    await button(page, 'More options').click();
    await page.getByRole('menu').waitFor();
    expect(await page.getByRole('menuitem', { name: 'Raise your hand' }).count()).toBe(0);
    expect(await button(page, 'Lower your hand').count()).toBe(0);
  });
});

test('a name of any length and script stays in its tile, in any direction of writing', async () => {
  for (const path of ['/', '/ar']) {
    const tab = await theatre.open({ size: PHONE, path });
    await show(tab, [
      {
        id: 'a',
        name: 'Maximiliana Konstantinopolitanskaja von Habsburg-Lothringen',
        isHost: true,
        isMuted: true,
      },
      { id: 'b', name: 'محمد عبد الرحمن بن عبد العزيز آل سعود', quality: 1 },
      { id: 'c', name: 'x'.repeat(200) },
    ]);
    const places = await tiles(tab);
    expect(places).toHaveLength(4);
    for (const { x, width } of places) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(PHONE.width);
    }
    expect(await tab.overflow()).toBeLessThanOrEqual(0);
  }
});

describe('keys', () => {
  test('do what the buttons do', async () => {
    const { page } = await callOf(2);
    await page.keyboard.press('m');
    await button(page, 'Turn microphone on').waitFor();
    await page.keyboard.press('M');
    await button(page, 'Turn microphone off').waitFor();
    await page.keyboard.press('v');
    await button(page, 'Turn camera on').waitFor();
    await page.keyboard.press('s');
    await button(page, 'Stop sharing your screen').waitFor();
    await page.keyboard.press('p');
    await page.getByRole('complementary', { name: 'People' }).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('complementary', { name: 'Chat' }).waitFor();
    await page.keyboard.press('?');
  });

  test('are letters to whoever writes, and the browser’s with its own keys', async () => {
    const { page } = await callOf(2);
    await button(page, /^Show chat/).click();
    const field = page.getByRole('textbox');
    await field.fill('');
    await field.pressSequentially('mvp? s');
    expect(await field.inputValue()).toBe('mvp? s');
    await button(page, 'Turn microphone off').waitFor();
    await button(page, 'Hide chat').click();
    await page.keyboard.press('Control+m');
    await page.keyboard.press('Alt+v');
    await page.keyboard.press('Meta+s');
    await button(page, 'Turn microphone off').waitFor();
    await button(page, 'Turn camera off').waitFor();
    await button(page, 'Share your screen').waitFor();
  });

  test('are listed, told to assistive software, and can be switched off for good', async () => {
    const { page } = await callOf(2);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.getByRole('listitem').filter({ hasText: 'Turn camera on or off' }).waitFor();
    // The page below a dialog hears no keys.
    await page.keyboard.press('m');
    await help.getByRole('checkbox', { name: 'Use keyboard shortcuts' }).uncheck();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('m');
    const microphone = button(page, 'Turn microphone off');
    expect(await microphone.getAttribute('aria-keyshortcuts')).toBeNull();
    await page.reload();
    await microphone.waitFor();
    await button(page, 'Show people').click();
    // Escape is heard all the same, so the others would be.
    await until(async () => {
      await page.keyboard.press('Escape');
      return (await button(page, 'Show people').count()) > 0;
    }, 'keys that are heard');
    await page.keyboard.press('m');
    await microphone.waitFor();
    await button(page, 'More options').click();
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
    await help.getByRole('checkbox').check();
    await help.getByRole('button', { name: 'Close' }).click();
    expect(await microphone.getAttribute('aria-keyshortcuts')).toBe('M');
    await page.keyboard.press('m');
    await button(page, 'Turn microphone on').waitFor();
  });

  test('the space bar lets who is muted talk while it is held; on a button it presses the button', async () => {
    const { page } = await callOf(2);
    // Pressed with the mouse, it keeps the focus, and is not pressed again by talking.
    await button(page, 'Turn microphone off').click();
    await page.keyboard.down(' ');
    await page.getByText('You are heard while you hold the space bar.').waitFor();
    await button(page, 'Turn microphone off').waitFor();
    await page.keyboard.up(' ');
    await button(page, 'Turn microphone on').waitFor();
    await page.keyboard.press('Tab');
    await tabTo(page, button(page, 'Turn microphone on'));
    await page.keyboard.press(' ');
    await button(page, 'Turn microphone off').waitFor();
    expect(await page.getByText('You are heard while').isVisible()).toBe(false);
  });

  test('lead along the bar, which is one stop, and through its menu', async () => {
    const { page } = await callOf(2);
    const focus = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.ariaLabel ?? null);
    await tabTo(page, button(page, 'Turn microphone off'));
    await page.keyboard.press('ArrowRight');
    expect(await focus()).toBe('Turn camera off');
    await page.keyboard.press('End');
    expect(await focus()).toBe('Leave the meeting');
    await page.keyboard.press('ArrowLeft');
    expect(await focus()).toBe('More options');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    expect(await focus()).toBe('More options');
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').isVisible()).toBe(false);
    expect(await focus()).toBe('More options');
  });
});

test('who talks with the microphone off is told that nobody hears it', async () => {
  const tab = await theatre.open({
    prepare: async (page) => {
      await page.addInitScript(() => {
        const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wanted) => {
          const stream = await open(wanted);
          if (!wanted?.audio) return stream;
          // A voice that does not stop for breath.
          const context = new AudioContext();
          const [voice, room] = [context.createOscillator(), context.createMediaStreamDestination()];
          voice.connect(room);
          voice.start();
          return new MediaStream([...stream.getVideoTracks(), ...room.stream.getAudioTracks()]);
        };
      });
    },
  });
  const { page } = tab;
  const hint = page.getByText('Your microphone is off: nobody hears you.');
  await page.waitForTimeout(1_500);
  expect(await hint.count()).toBe(0);
  await button(page, 'Turn microphone off').click();
  await hint.first().waitFor();
  await button(page, 'Turn microphone on').click();
  await page.getByRole('status').getByText('nobody hears you').waitFor({ state: 'attached' });
  await until(async () => (await hint.count()) <= 1, 'no hint over the tiles');
});

test('the whole screen, and back', async () => {
  const { page } = await callOf(2);
  const isWhole = (): Promise<boolean> => page.evaluate(() => document.fullscreenElement !== null);
  await button(page, 'More options').click();
  await page.getByRole('menuitemcheckbox', { name: 'Full screen' }).click();
  await until(isWhole, 'whole screen');
  await page.keyboard.press('f');
  await until(async () => !(await isWhole()), 'window');
});

describe('the small window', () => {
  const opened = async (tab: Tab): Promise<Page> => {
    const [window] = await Promise.all([tab.context.waitForEvent('page'), tab.page.keyboard.press('i')]);
    await window.getByRole('button', { name: 'Leave the meeting' }).waitFor();
    return window;
  };

  test('shows who speaks or is pinned, with working buttons, and closes with the call', async () => {
    const tab = await callOf(3);
    const window = await opened(tab);
    await speak(tab, 'Ben');
    await window.getByLabel('Picture of Ben').waitFor();
    await button(tab.page, 'Pin Ann').click();
    await window.getByLabel('Picture of Ann').waitFor();
    await button(window, 'Turn microphone off').click();
    await button(tab.page, 'Turn microphone on').waitFor();
    await end(tab);
    await until(async () => window.isClosed(), 'closing');
    expect(tab.context.pages()).toHaveLength(1);
    expect(await tab.faults()).toEqual([]);
  });

  test('is closed by the person, opened again, and leaves the call', async () => {
    const tab = await callOf(1);
    const first = await opened(tab);
    await first.close();
    const second = await opened(tab);
    await button(second, 'Leave the meeting').click();
    await until(async () => second.isClosed(), 'closing');
    await tab.page.getByRole('heading', { name: 'It is over' }).waitFor();
  });

  test('is not offered where the browser has none', async () => {
    const tab = await theatre.open({
      prepare: async (page) => {
        await page.addInitScript(() => {
          Object.defineProperty(window, 'documentPictureInPicture', { value: undefined });
          Object.defineProperty(document, 'pictureInPictureEnabled', { value: false });
        });
      },
    });
    await button(tab.page, 'More options').click();
    expect(await tab.page.getByRole('menuitemcheckbox', { name: /Small window/ }).count()).toBe(0);
  });

  test('is the largest picture alone where the browser has that only', async () => {
    const tab = await theatre.open({
      prepare: async (page) => {
        await page.addInitScript(() => {
          Object.defineProperty(window, 'documentPictureInPicture', { value: undefined });
        });
      },
    });
    await show(tab, crowd(1));
    const picture = tab.page.getByLabel('Picture of Ann');
    await until(() => picture.evaluate((video: HTMLVideoElement) => video.videoWidth > 0), 'picture');
    const out = (): Promise<string | null> =>
      tab.page.evaluate(() => document.pictureInPictureElement?.getAttribute('aria-label') ?? null);
    await tab.page.keyboard.press('i');
    await until(async () => (await out()) === 'Picture of Ann', 'picture outside');
    await end(tab);
    await until(async () => (await out()) === null, 'picture closed');
  });
});

test.each([
  ['light', false, '/'],
  ['dark', true, '/ar'],
])('nothing serious stands in anybody’s way, %s', async (_, dark, path) => {
  const tab = await theatre.open({ size: DESKTOP, dark, path });
  await show(
    tab,
    crowd(11).map((one, index) => ({ ...one, showsScreen: index === 1 })),
  );
  await speak(tab, 'Ann');
  expect(await barriers(tab.page)).toEqual([]);
  await tab.page.keyboard.press('?');
  await tab.page.getByRole('dialog').waitFor();
  expect(await barriers(tab.page)).toEqual([]);
  await tab.page.keyboard.press('Escape');
  const phone = await theatre.open({ size: PHONE, dark, path });
  await show(phone, crowd(40));
  expect(await barriers(phone.page)).toEqual([]);
});
