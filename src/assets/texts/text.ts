/** Every word that people read, by key. English for now; a second language is a second file. */
import en from './en.json';

export type TextKey = keyof typeof en;

/** @param values replace `{name}` and the like */
export function text(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return en[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A moment, as a clock on the wall shows it. */
export const timeOfDay = (moment: Date): string =>
  moment.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });

const DAY_MS = 24 * 3_600_000;

/** Of another day than today with the day. */
export function momentOf(moment: Date): string {
  const isToday = Date.now() - moment.getTime() < DAY_MS && moment.getDate() === new Date().getDate();
  const day = moment.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
  return isToday ? timeOfDay(moment) : `${day}, ${timeOfDay(moment)}`;
}

/** 482913 → "482 913": easier to read aloud and to type. */
export const spacedNumber = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '\u2009');
