/** What is read in one language can be read in all: the same words, with the same gaps to be filled. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import languages from '../../src/assets/texts/languages.json';

type Words = Readonly<Record<string, string>>;

const FOLDER = join(__dirname, '../../src/assets/texts');
const OTHER = '.other';

const wordsOf = (language: string): Words =>
  JSON.parse(readFileSync(join(FOLDER, `${language}.json`), 'utf8')) as Words;

const english = wordsOf('en');
const plurals = Object.keys(english)
  .filter((key) => key.endsWith(OTHER))
  .map((key) => key.slice(0, -OTHER.length));
const others = Object.keys(languages).filter((language) => language !== 'en');

const categoriesOf = (language: string): string[] =>
  new Intl.PluralRules(language).resolvedOptions().pluralCategories;

/** The plural that a key is a form of, or the key. */
const stemOf = (key: string): string =>
  plurals.find((stem) => key.startsWith(`${stem}.`) && !key.slice(stem.length + 1).includes('.')) ?? key;

const lettersIn = (words: string): string => words.replace(/\{\w+\}|[^\p{L}]/gu, '');
const gapsIn = (words = ''): string[] => [...words.matchAll(/\{\w+\}/g)].map(([gap]) => gap).toSorted();

test('every language in the list has words, and no other', () => {
  const files = readdirSync(FOLDER).filter((name) => /^[a-z]{2}\.json$/.test(name));
  expect(files.toSorted()).toEqual(
    Object.keys(languages)
      .map((language) => `${language}.json`)
      .toSorted(),
  );
});

test('a plural is no text of its own, and English has both of its forms', () => {
  for (const stem of plurals) {
    expect([stem, english[stem], typeof english[`${stem}.one`]]).toEqual([stem, undefined, 'string']);
  }
});

describe.each(others)('%s', (language) => {
  const words = wordsOf(language);

  test('says all that English says, and nothing else', () => {
    const expected = [
      ...Object.keys(english).filter((key) => stemOf(key) === key),
      ...plurals.flatMap((stem) => categoriesOf(language).map((category) => `${stem}.${category}`)),
    ];
    expect(Object.keys(words).toSorted()).toEqual(expected.toSorted());
  });

  test('has the gaps that English has; a plural may say its number in words', () => {
    const wrong = Object.entries(words).filter(([key, said]) => {
      const stem = stemOf(key);
      const wanted = gapsIn(stem === key ? english[key] : english[`${stem}${OTHER}`]);
      const gaps = gapsIn(said);
      const isSaid = stem !== key && !gaps.includes('{count}');
      return (
        JSON.stringify(gaps) !== JSON.stringify(isSaid ? wanted.filter((gap) => gap !== '{count}') : wanted)
      );
    });
    expect(wrong).toEqual([]);
  });

  test('is not English', () => {
    const same = Object.entries(words).filter(
      ([key, said]) => lettersIn(said).length > 3 && said === english[key] && said.includes(' '),
    );
    expect(same).toEqual([]);
  });

  test('says nothing empty, and has no space at an end', () => {
    expect(Object.entries(words).filter(([, said]) => said === '' || said !== said.trim())).toEqual([]);
  });
});

test('German speaks to people as to strangers', () => {
  const familiar = Object.entries(wordsOf('de')).filter(([, said]) =>
    /\b(?:du|dich|dir|dein\w*|euch|euer|eure\w*)\b/i.test(said),
  );
  expect(familiar).toEqual([]);
});

test('Arabic is written in Arabic letters, but for names', () => {
  const latin = Object.entries(wordsOf('ar')).filter(
    ([key, said]) => /^\p{Script=Latin}+$/u.test(lettersIn(said)) && english[key] !== said,
  );
  expect(latin).toEqual([]);
});
