/** The language that is spoken now: its words, loaded when it is first spoken, and how it writes numbers and times. */
import { signal } from '@preact/signals';
import { FILES, type Language, type Part, type Words } from './files';
import { keepChoice } from './kept-language';
import languages from './languages.json';
import { partsSaid } from './parts-said';

export type { Language } from './files';

/** Parts that are said in any language, whichever is chosen. */
const said = new Set<Part>(['everybody']);

export interface Speech {
  readonly language: Language;
  readonly direction: string;
  readonly words: Words;
  /** Those that the words are of. */
  readonly parts: ReadonlySet<Part>;
  /** For `Intl`: as it is spoken where this browser is from, `de-AT`. Digits are those of meeting numbers. */
  readonly locale: string;
  readonly plural: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
}

/** Whoever reads it while drawing is drawn again when another language is chosen. */
export const speech = signal<Speech>(speechOf('en', {}, new Set()));

/** In which a page can be read, each called as it calls itself. */
export const LANGUAGES = Object.entries(languages).map(([language, { name }]) => ({
  language: language as Language,
  name,
}));

/** Speaks what the page was set to before it was drawn. Rejects when the words do not come. */
export function speakAsChosen(): Promise<void> {
  for (const part of partsSaid(document.documentElement)) said.add(part);
  return speak(document.documentElement.lang as Language);
}

/**
 * Says another part from now on; resolves when it can be said. Views that are loaded later learn their words along
 * with their code. Rejects when the words do not come; then they may be asked for again.
 */
export async function learn(part: Part): Promise<void> {
  if (speech.value.parts.has(part)) return;
  said.add(part);
  await speak(wanted);
}

/** Speaks another language from now on, here and on every page that is opened later. */
export async function chooseLanguage(language: Language): Promise<void> {
  await speak(language);
  keepChoice(language);
}

/** What was asked for last. */
let latest: Promise<void> | undefined;
let wanted: Language = 'en';

function speak(language: Language): Promise<void> {
  wanted = language;
  const parts = new Set(said);
  const spoken: Promise<void> = Promise.all([...parts].map((part) => FILES[language][part]())).then(
    // Whoever changes their mind is not overtaken by what they wanted before.
    (files) => (spoken === latest ? say(language, parts, files) : latest),
    (error: unknown) => {
      if (spoken === latest) wanted = speech.value.language;
      throw error;
    },
  );
  latest = spoken;
  return spoken;
}

function say(
  language: Language,
  parts: ReadonlySet<Part>,
  files: readonly { readonly default: Words }[],
): void {
  const words: Words = Object.fromEntries(files.flatMap((file) => Object.entries(file.default)));
  speech.value = speechOf(language, words, parts);
  const { lang, dir } = document.documentElement;
  const { direction } = speech.value;
  if (lang !== language) document.documentElement.lang = language;
  if (dir !== direction) document.documentElement.dir = direction;
}

function speechOf(language: Language, words: Words, parts: ReadonlySet<Part>): Speech {
  const tags = typeof navigator === 'undefined' ? [] : (navigator.languages ?? []);
  const spoken = tags.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
  const locale = new Intl.Locale(spoken, { numberingSystem: 'latn' }).toString();
  return {
    language,
    direction: languages[language].direction,
    words,
    parts,
    locale,
    plural: new Intl.PluralRules(language),
    number: new Intl.NumberFormat(locale),
  };
}
