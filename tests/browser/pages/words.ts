/** What tests call in English, as the reader of a tab reads it: looked up in the pages' own words. */
import type { Page } from 'playwright-core';
import ar from '../../../src/assets/texts/ar.json';
import de from '../../../src/assets/texts/de.json';
import en from '../../../src/assets/texts/en.json';

type Words = Readonly<Record<string, string>>;

export type Language = 'en' | 'de' | 'ar';

const WORDS: Readonly<Record<Language, Words>> = { en, de, ar };

const readers = new WeakMap<Page, Language>();

export const readsIn = (page: Page, language: Language): void => void readers.set(page, language);

/** The language in which this page is read. */
export const languageOf = (page: Page): Language => readers.get(page) ?? 'en';

/**
 * @param english its `*` are anything
 * @throws Error when no English words of the pages are like these: nobody would find them in any language
 */
export function inWordsOf(page: Page, english: string | RegExp): string | RegExp {
  const language = languageOf(page);
  if (typeof english !== 'string' || (language === 'en' && !english.includes('*'))) return english;
  for (const [key, template] of PARTICULAR_FIRST) {
    const values = valuesIn(english, template);
    if (values) return wordsOf(WORDS[language], language, key, values);
  }
  throw new Error(`no words of the pages are "${english}"`);
}

const PLACE = /\{(\w+)\}/g;

/** `Call back {name}` before `Call {name}`. */
const PARTICULAR_FIRST = Object.entries(en).toSorted(
  ([, one], [, other]) => other.replace(PLACE, '').length - one.replace(PLACE, '').length,
);

/** `Admit Ann` in `Admit {name}` → `{ name: 'Ann' }`; undefined when the words are others. */
function valuesIn(english: string, template: string): Record<string, string> | undefined {
  const names = [...template.matchAll(PLACE)].map(([, name = '']) => name);
  const pattern = template.split(PLACE).map((part, index) => (index % 2 ? '(.+)' : escaped(part)));
  const found = new RegExp(`^${pattern.join('')}$`).exec(english);
  return found ? Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ''])) : undefined;
}

/** Around what is filled in there may be the marks that keep it apart from words of the other direction. */
function wordsOf(words: Words, language: Language, key: string, values: Record<string, string>): RegExp {
  const stem = key.replace(/\.(?:one|other)$/, '');
  const plural = new Intl.PluralRules(language).select(Number(values['count']));
  // What is not translated is said in English.
  const template = (stem === key ? words[key] : words[`${stem}.${plural}`]) ?? (en as Words)[key] ?? key;
  const pattern = template
    .split(PLACE)
    .map((part, index) => (index % 2 ? filled(language, values[part]) : escaped(part)));
  return new RegExp(pattern.join(''));
}

/** Between words from right to left everything filled in is marked, so "anything" is none of the words beside it. */
function filled(language: Language, value = '*'): string {
  if (value.startsWith('*')) return language === 'ar' ? '\u2068.+\u2069' : '.+';
  return `\u2068?${escaped(value)}\u2069?`;
}

const escaped = (words: string): string => words.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
