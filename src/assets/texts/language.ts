/** The language that is spoken now: its words, loaded when it is first spoken, and how it writes numbers and times. */
import { signal } from '@preact/signals';
import { keepChoice } from './kept-language';
import languages from './languages.json';

export type Language = keyof typeof languages;

type Words = Readonly<Record<string, string>>;

const FILES: Readonly<Record<Language, () => Promise<{ default: Words }>>> = {
  en: () => import('./en.json'),
  de: () => import('./de.json'),
  ar: () => import('./ar.json'),
};

/** What is said to developers alone (`dev.…`, `docs.…`): the build takes it out of the files, and has it here. */
const FOR_DEVELOPERS: typeof FILES = {
  en: () => import('./en.json?developers'),
  de: () => import('./de.json?developers'),
  ar: () => import('./ar.json?developers'),
};
let speaksToDevelopers = false;

export interface Speech {
  readonly language: Language;
  readonly direction: string;
  readonly words: Words;
  /** For `Intl`: as it is spoken where this browser is from, `de-AT`. Digits are those of meeting numbers. */
  readonly locale: string;
  readonly plural: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
}

/** Whoever reads it while drawing is drawn again when another language is chosen. */
export const speech = signal<Speech>(speechOf('en', {}));

/** In which a page can be read, each called as it calls itself. */
export const LANGUAGES = Object.entries(languages).map(([language, { name }]) => ({
  language: language as Language,
  name,
}));

/** Speaks what the page was set to before it was drawn. @param toDevelopers what is said to them as well */
export function speakAsChosen(toDevelopers = false): Promise<void> {
  speaksToDevelopers = toDevelopers;
  return speak(document.documentElement.lang as Language);
}

/** Speaks another language from now on, here and on every page that is opened later. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  keepChoice(language);
}

let latest: Language | undefined;

async function speak(language: Language): Promise<void> {
  latest = language;
  const [words, more] = await Promise.all([
    FILES[language](),
    speaksToDevelopers ? FOR_DEVELOPERS[language]() : undefined,
  ]);
  // Whoever changes their mind is not overtaken by what they wanted before.
  if (latest !== language) return;
  speech.value = speechOf(language, { ...words.default, ...more?.default });
  const { lang, dir } = document.documentElement;
  const { direction } = speech.value;
  if (lang !== language) document.documentElement.lang = language;
  if (dir !== direction) document.documentElement.dir = direction;
}

function speechOf(language: Language, words: Words): Speech {
  const tags = typeof navigator === 'undefined' ? [] : (navigator.languages ?? []);
  const spoken = tags.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
  const locale = new Intl.Locale(spoken, { numberingSystem: 'latn' }).toString();
  return {
    language,
    direction: languages[language].direction,
    words,
    locale,
    plural: new Intl.PluralRules(language),
    number: new Intl.NumberFormat(locale),
  };
}
