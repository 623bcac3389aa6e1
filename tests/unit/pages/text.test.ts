/** How words are put together in each language. */
import type { Part } from '../../../src/assets/texts/files';
import type { Language, Speech } from '../../../src/assets/texts/language';
import { pageCode } from '../../support/page-code';

interface Texts {
  readonly text: (key: string, values?: Readonly<Record<string, string | number>>) => string;
  readonly momentOf: (moment: Date) => string;
  readonly durationOf: (seconds: number) => string;
  readonly chooseLanguage: (language: Language) => Promise<void>;
  readonly learn: (part: Part) => Promise<void>;
  readonly speech: { readonly value: Speech };
}

const page = { lang: 'en', dir: 'ltr' };
const replaced: string[] = [];
let texts: Texts;

beforeAll(() => {
  Object.assign(globalThis, {
    document: { documentElement: page },
    location: { href: 'https://meet.example/host.html?lang=de&x=1#123456' },
    history: { state: null, replaceState: (_: unknown, __: string, url: URL) => replaced.push(url.href) },
  });
  texts = pageCode('texts/text.ts', 'texts/language.ts') as Texts;
});

const ISOLATED = (name: string): string => `\u2068${name}\u2069`;

test.each([
  ['en', 1, 'One person is here.'],
  ['en', 2, '2 people are here.'],
  ['en', 1_500, '1,500 people are here.'],
  ['de', 1, 'Eine Person ist hier.'],
  ['de', 1_500, '1.500 Personen sind hier.'],
  ['ar', 0, 'لا أحد هنا.'],
  ['ar', 1, 'شخص واحد هنا.'],
  ['ar', 2, 'شخصان هنا.'],
  ['ar', 3, '3 أشخاص هنا.'],
  ['ar', 11, '11 شخصًا هنا.'],
  ['ar', 100, '100 شخص هنا.'],
] as const)('%s: of %i it is said: %s', async (language, count, said) => {
  await texts.chooseLanguage(language);
  expect(texts.text('rooms.people', { count })).toBe(said);
});

test('a name stands apart from words of the other direction, and only from these', async () => {
  await texts.chooseLanguage('en');
  expect(texts.text('list.admitName', { name: 'Ann' })).toBe('Admit Ann');
  expect(texts.text('list.admitName', { name: 'نور (2)' })).toBe(`Admit ${ISOLATED('نور (2)')}`);
  await texts.chooseLanguage('ar');
  expect(texts.text('list.admitName', { name: 'Ann (2)' })).toBe(`السماح بدخول ${ISOLATED('Ann (2)')}`);
  // Groups of digits would change places.
  expect(texts.text('room.title', { number: '482 913' })).toBe(`الاجتماع ${ISOLATED('482 913')}`);
});

test('whatever stands in a name is no gap, and a gap without a value stays', async () => {
  await texts.chooseLanguage('en');
  expect(texts.text('calls.as', { name: '{location} $& $1', location: 'Ward 3' })).toBe(
    '{location} $& $1, Ward 3',
  );
  expect(texts.text('calls.as', { name: 'Ann' })).toBe('Ann, {location}');
});

test('times are those of the language, with the digits of meeting numbers', async () => {
  const long = new Date('2026-03-04T15:06:00');
  const early = new Date('2026-03-04T07:05:00');
  await texts.chooseLanguage('en');
  expect(texts.momentOf(early)).toMatch(/^Mar 4, 7:05\sAM$/);
  await texts.chooseLanguage('de');
  expect(texts.momentOf(long)).toBe('4. März, 15:06');
  expect(texts.momentOf(early)).toBe('4. März, 07:05');
  expect(texts.durationOf(65)).toBe('1 Min. 5 Sek.');
  await texts.chooseLanguage('ar');
  expect(texts.momentOf(long)).toMatch(/مارس/);
  expect(texts.momentOf(long)).toMatch(/4.*06/);
  expect(texts.momentOf(long)).not.toMatch(/[٠-٩]/);
});

test('the page is of the language that was chosen last, whichever came last, and its address asks for no other', async () => {
  await Promise.all([texts.chooseLanguage('ar'), texts.chooseLanguage('de')]);
  expect(page).toEqual({ lang: 'de', dir: 'ltr' });
  await texts.chooseLanguage('ar');
  expect(page).toEqual({ lang: 'ar', dir: 'rtl' });
  expect(new Set(replaced)).toEqual(new Set(['https://meet.example/host.html?x=1#123456']));
});

test('what is learned while another language is chosen is said in that one', async () => {
  await texts.chooseLanguage('en');
  const chosen = texts.chooseLanguage('de');
  const learned = texts.learn('stage');
  await learned;
  expect(texts.speech.value).toMatchObject({ language: 'de', parts: new Set(['everybody', 'stage']) });
  await chosen;
  expect(texts.speech.value.language).toBe('de');
});

test('whoever learns a part before another language is chosen waits until it is said in that one', async () => {
  await texts.chooseLanguage('en');
  const learned = texts.learn('test');
  const chosen = texts.chooseLanguage('ar');
  await learned;
  expect(texts.speech.value.language).toBe('ar');
  expect([...texts.speech.value.parts]).toContain('test');
  await chosen;
});
