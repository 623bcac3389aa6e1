/** Every word that people read, by key, in the language that is spoken. */
import type en from './en.json';
import { speech } from './language';

type Words = keyof typeof en;
/** `rooms.people` for `rooms.people.one`, `rooms.people.other` and what other languages have beside these. */
type Plural<Key> = Key extends `${infer Stem}.other` ? Stem : never;

export type TextKey = Words | Plural<Words>;

type Values = Readonly<Record<string, string | number>>;

/**
 * @param values replace `{name}` and the like; by `count` the right plural is taken
 */
export function text(key: TextKey, values: Values = {}): string {
  const { words, plural } = speech.value;
  const found =
    words[key] ?? words[`${key}.${plural.select(Number(values['count']))}`] ?? words[`${key}.other`] ?? key;
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? speech.value.number.format(value) : isolated(value);
  });
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Of the other direction than the words around it: between U+2068 and U+2069 neither disturbs the other. */
function isolated(value: string): string {
  const isMixed = speech.value.direction === 'rtl' || RIGHT_TO_LEFT.test(value);
  return isMixed ? `\u2068${value}\u2069` : value;
}

/** "Ann, Ben, and Chloé". */
export const listOf = (names: readonly string[]): string =>
  new Intl.ListFormat(speech.value.locale, { type: 'conjunction' }).format(names.map(isolated));

/** A moment, as a clock on the wall shows it: 7:05 AM, or 07:05. */
export const timeOfDay = (moment: Date): string => moment.toLocaleTimeString(speech.value.locale, clock());

function clock(): Pick<Intl.DateTimeFormatOptions, 'hour' | 'minute'> {
  const { hour12 } = new Intl.DateTimeFormat(speech.value.locale, { hour: 'numeric' }).resolvedOptions();
  return { hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit' };
}

const DAY_MS = 24 * 3_600_000;

/** Of another day than today with the day. */
export function momentOf(moment: Date): string {
  const isToday = Date.now() - moment.getTime() < DAY_MS && moment.getDate() === new Date().getDate();
  if (isToday) return timeOfDay(moment);
  return moment.toLocaleString(speech.value.locale, {
    day: 'numeric',
    month: 'short',
    ...clock(),
  });
}

/** 65 → "1 min 5 s". */
export function durationOf(seconds: number): string {
  const parts = [
    ['hour', Math.floor(seconds / 3_600)],
    ['minute', Math.floor((seconds % 3_600) / 60)],
    ['second', seconds % 60],
  ] as const;
  const first = parts.findIndex(([, count]) => count > 0);
  return parts
    .slice(first, first < 0 ? undefined : first + 2)
    .filter(([, count], index) => index === 0 || count > 0)
    .map(([unit, count]) =>
      count.toLocaleString(speech.value.locale, { style: 'unit', unit, unitDisplay: 'short' }),
    )
    .join(' ');
}

/** 482913 → "482 913": easier to read aloud and to type. */
export const spacedNumber = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '\u2009');
