/** Reads what a request carries, form-encoded from REST or JSON from a client, and refuses what Sync refuses. */
import { invalidParameter } from '../twilio/errors';
import { invalidIfMatch, invalidJson, invalidTtl, tooLarge } from './errors';
import { LONGEST_TTL_SECONDS } from './limits';
import type { Json } from './state';

export interface Fields {
  /** The raw value by its REST name (`UniqueName`); undefined if it was not sent. */
  get(name: string): unknown;
}

/** Fields of a REST form. */
export const formFields = (form: URLSearchParams): Fields => ({ get: (name) => form.get(name) ?? undefined });

/** Fields of a client's JSON, whose names are those of REST in snake case. */
export function jsonFields(body: Json): Fields {
  const snake = (name: string): string => name.replace(/(?!^)[A-Z]/g, '_$&').toLowerCase();
  return { get: (name) => (Object.hasOwn(body, snake(name)) ? body[snake(name)] : undefined) };
}

/** Text where text belongs. Never `String(value)`: JSON may bring an object whose `toString` is no function. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

export interface Data {
  readonly value: Json;
  /** Of the serialised JSON. */
  readonly bytes: number;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * `Data`: a JSON object, or the text of one.
 *
 * @throws {VendorError} 54008 for anything else, 54006 above `largest` bytes
 */
export function dataField(fields: Fields, largest: number): Data | undefined {
  const given = fields.get('Data');
  if (given === undefined || given === null) return undefined;
  const value = typeof given === 'string' ? parseJson(given) : given;
  if (!isObject(value)) throw invalidJson();
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > largest) throw tooLarge();
  return { value, bytes };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidJson();
  }
}

/**
 * Seconds to live, from the first of the names that was sent; 0 is for ever, undefined leaves it as it is.
 *
 * @throws {VendorError} 54011
 */
export function ttlField(fields: Fields, ...names: string[]): number | undefined {
  const given = names.map((name) => fields.get(name)).find((value) => value !== undefined && value !== null);
  if (given === undefined || given === '') return undefined;
  const isNumber = typeof given === 'number' || (typeof given === 'string' && /^\d{1,9}$/.test(given));
  const seconds = isNumber ? Number(given) : Number.NaN;
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_TTL_SECONDS) throw invalidTtl();
  return seconds;
}

/** @throws {VendorError} 400 unless it is `true` or `false` */
export function booleanField(fields: Fields, name: string): boolean | undefined {
  const given = fields.get(name);
  if (given === undefined) return undefined;
  const text = typeof given === 'string' ? given.toLowerCase() : given;
  if (text === true || text === 'true') return true;
  if (text === false || text === 'false') return false;
  throw invalidParameter(`${name} must be true or false`);
}

/**
 * The revision that a writer expects, without the quotes of an entity tag; `-1` expects that there is nothing yet.
 *
 * @throws {VendorError} 54003 unless it looks like a revision
 */
export function expectedRevision(ifMatch: string | undefined): string | undefined {
  if (ifMatch === undefined) return undefined;
  const revision = ifMatch.trim().replace(/^(?:W\/)?"(.*)"$/, '$1');
  if (!/^(?:-1|[0-9a-f]{1,16})$/i.test(revision)) throw invalidIfMatch();
  return revision.toLowerCase();
}

/** A revision as it is shown: hexadecimal. */
export const revisionText = (revision: number): string => revision.toString(16);
