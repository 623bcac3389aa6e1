/** The languages that pages can be read in, with their words, as `src/assets/texts` has them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuildError } from './build-error';

export type Texts = Readonly<Record<string, string>>;

export interface Language {
  /** As it calls itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly words: Texts;
}

/** By tag, `en` and the like. */
export type Languages = ReadonlyMap<string, Language>;

const LIST = 'languages.json';
/** What other languages are translated from. */
export const SOURCE_LANGUAGE = 'en';

/** Keys of what is said to developers alone: on two pages, so that no other has to load it. */
const FOR_DEVELOPERS = /^(?:dev|docs)\./;

/** The words of a language in two parts: for everybody, and for developers alone. */
export function parted(words: Texts): { readonly everybody: Texts; readonly developers: Texts } {
  const entries = Object.entries(words);
  return {
    everybody: Object.fromEntries(entries.filter(([key]) => !FOR_DEVELOPERS.test(key))),
    developers: Object.fromEntries(entries.filter(([key]) => FOR_DEVELOPERS.test(key))),
  };
}

/** The module of a language's words, relative to the assets folder. */
export const wordsFile = (language: string): string => `texts/${language}.json`;

/**
 * @param source the assets folder; one without a list of languages has English alone
 * @param brand what the service calls itself, in place of what the words call it
 * @throws BuildError
 */
export function languagesIn(source: string, brand: string | undefined): Languages {
  const listed = (readJson(source, `texts/${LIST}`) ?? {
    [SOURCE_LANGUAGE]: { name: 'English', direction: 'ltr' },
  }) as Readonly<Record<string, Omit<Language, 'words'>>>;
  const english = readTexts(source, SOURCE_LANGUAGE);
  return new Map(
    Object.entries(listed).map(([language, about]) => [
      language,
      {
        ...about,
        // What is not translated yet is read in English.
        words: {
          ...english,
          ...readTexts(source, language),
          ...(brand !== undefined && { brand }),
        },
      },
    ]),
  );
}

const readTexts = (source: string, language: string): Texts =>
  (readJson(source, wordsFile(language)) ?? {}) as Texts;

function readJson(source: string, path: string): unknown {
  const file = join(source, path);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new BuildError([`src/assets/${path}: ${(error as Error).message}`]);
  }
}
