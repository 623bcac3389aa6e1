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

/** Keys of what is said on one page alone, or once something was opened there: nobody else has to load it. */
const PARTS: readonly (readonly [part: string, keys: RegExp])[] = [
  ['developers', /^(?:dev|docs)\./],
  ['host', /^(?:end|hostEnded|hostLeft|hostWrongNumber|knock|list|lobby|remove|sms)\.|^write\.(?!gone$)/],
  [
    'calls',
    /^(?:call|connecting|dialling|line|missed|outcome|people|ready|rejoining|resuming|ringing|who)\./,
  ],
  ['rooms', /^(?:history|stay)\.|^rooms\.(?!link$)/],
  ['test', /^test\.(?!open$|title$)/],
  [
    'stage',
    /^(?:chat|fullScreen|hand(?!\.up$)|keys|layout|noise|pin|screen|sharing|smallWindow|unheard)\.|^room\.(?!title$|people$|you$)/,
  ],
];
/** What all pages say. */
export const EVERYBODY = 'everybody';

/** The part that the words of this key, or all whose keys begin so, are in. */
export const partOf = (key: string): string => PARTS.find(([, keys]) => keys.test(key))?.[0] ?? EVERYBODY;

/** The words of a language by part: those for everybody first. */
export function parted(words: Texts): ReadonlyMap<string, Texts> {
  const parts = new Map<string, Record<string, string>>(
    [EVERYBODY, ...PARTS.map(([part]) => part)].map((part) => [part, {}]),
  );
  for (const [key, said] of Object.entries(words)) (parts.get(partOf(key)) ?? {})[key] = said;
  return parts;
}

/** The module of a language's words, relative to the assets folder; of a part of them. */
export const wordsFile = (language: string, part = EVERYBODY): string =>
  `texts/${language}.json${part === EVERYBODY ? '' : `?${part}`}`;

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
