/** Reads the fields of a form as the vendor types them, refusing what it would refuse. */
import { invalidParameter, type VendorError } from '../twilio/errors';

type Fields = URLSearchParams;

/** The last value counts; an empty one is the same as none. */
export function text(fields: Fields, name: string): string | undefined {
  return fields.getAll(name).at(-1) || undefined;
}

export function texts(fields: Fields, name: string): string[] {
  return fields.getAll(name).filter(Boolean);
}

/** @throws {VendorError} 20001 for anything but `true` and `false` */
export function flag(fields: Fields, name: string): boolean {
  const given = text(fields, name)?.toLowerCase() ?? 'false';
  if (given !== 'true' && given !== 'false') throw invalidParameter(`${name} must be true or false`);
  return given === 'true';
}

/** A whole number from `least` to `most`, `standard` if not given; anything else throws `refusal`. */
export function whole(
  fields: Fields,
  name: string,
  { least, most, standard }: { readonly least: number; readonly most: number; readonly standard: number },
  refusal: VendorError,
): number {
  const given = text(fields, name);
  if (given === undefined) return standard;
  const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (!(value >= least && value <= most)) throw refusal;
  return value;
}

/** One of `allowed`, `standard` if not given; anything else throws `refusal`. */
export function oneOf<Choice extends string>(
  fields: Fields,
  name: string,
  allowed: readonly Choice[],
  standard: Choice,
  refusal: VendorError,
): Choice {
  const given = text(fields, name);
  if (given === undefined) return standard;
  const choice = allowed.find((candidate) => candidate === given);
  if (choice === undefined) throw refusal;
  return choice;
}

/** Milliseconds since the epoch. @throws {VendorError} 20001 unless it is a date, or a date and time, in ISO 8601 */
export function date(fields: Fields, name: string): number | undefined {
  const given = text(fields, name);
  if (given === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:?\d\d)?)?$/.test(given) ? Date.parse(given) : Number.NaN;
  if (Number.isNaN(time)) throw invalidParameter(`${name} must be a date in ISO 8601`);
  return time;
}

/** @throws {VendorError} 20001 unless it is JSON */
export function json(fields: Fields, name: string): unknown {
  const given = text(fields, name);
  if (given === undefined) return undefined;
  try {
    return JSON.parse(given);
  } catch {
    throw invalidParameter(`${name} must be JSON`);
  }
}

/** Seconds precision, as everywhere in Twilio's answers. */
export const isoDate = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
