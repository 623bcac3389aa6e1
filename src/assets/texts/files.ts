/** The words of each language in parts (scripts/build/languages.ts has the keys of each), loaded when they are needed. */
import type languages from './languages.json';

export type Language = keyof typeof languages;

export type Words = Readonly<Record<string, string>>;

type Load = () => Promise<{ readonly default: Words }>;

const EN = {
  everybody: () => import('./en.json'),
  host: () => import('./en.json?host'),
  calls: () => import('./en.json?calls'),
  rooms: () => import('./en.json?rooms'),
  test: () => import('./en.json?test'),
  stage: () => import('./en.json?stage'),
  developers: () => import('./en.json?developers'),
} satisfies Record<string, Load>;

export type Part = keyof typeof EN;

type Files = Readonly<Record<Part, Load>>;

const DE: Files = {
  everybody: () => import('./de.json'),
  host: () => import('./de.json?host'),
  calls: () => import('./de.json?calls'),
  rooms: () => import('./de.json?rooms'),
  test: () => import('./de.json?test'),
  stage: () => import('./de.json?stage'),
  developers: () => import('./de.json?developers'),
};

const AR: Files = {
  everybody: () => import('./ar.json'),
  host: () => import('./ar.json?host'),
  calls: () => import('./ar.json?calls'),
  rooms: () => import('./ar.json?rooms'),
  test: () => import('./ar.json?test'),
  stage: () => import('./ar.json?stage'),
  developers: () => import('./ar.json?developers'),
};

export const FILES: Readonly<Record<Language, Files>> = { en: EN, de: DE, ar: AR };
