/**
 * Scalars as they come: from JSON with their types, from a form or a query as text. Each fails with one
 * phrase that says what is expected, to follow the parameter's name.
 */
import * as z from 'zod/mini';

interface Expectation {
  readonly error: string;
}

const must = (expected: string): Expectation => ({ error: `must be ${expected}` });

/** A whole number, or its decimal digits. */
export function wholeNumber(min: number, max: number) {
  const expected = must(`a whole number from ${min} to ${max}`);
  const digits = z.string(expected).check(z.regex(/^\d{1,10}$/, expected));
  return z.pipe(
    z.pipe(z.union([z.number(expected), digits], expected), z.transform(Number)),
    z.int(expected).check(z.gte(min, expected), z.lte(max, expected)),
  );
}

/** Digits, as text or as a number; yields text. */
export function digitsOf(min: number, max: number, what: string) {
  const expected = must(what);
  return z.pipe(
    z.pipe(z.union([z.number(expected), z.string(expected)], expected), z.transform(String)),
    z.string(expected).check(z.regex(new RegExp(`^\\d{${min},${max}}$`), expected)),
  );
}

/** Lone surrogates cannot be encoded, and control characters forge log lines. */
const printable = (expected: Expectation) => z.regex(/^[^\p{Cc}\p{Cs}]*$/u, expected);

/** Text of `min` to `max` characters (UTF-16 units) without control characters. */
export function text(min: number, max: number, what: string) {
  const expected = must(`${what} (text, ${min} to ${max} characters)`);
  return z
    .string(expected)
    .check(z.minLength(min, expected), z.maxLength(max, expected), printable(expected));
}

/** The same, without the white space around it; of `max` UTF-16 units at most, whatever zod counts. */
export function trimmed(min: number, max: number, what: string) {
  const expected = must(`${what} (text, ${min} to ${max} characters)`);
  const trim = z.transform((value: string) => value.trim());
  const isShort = (value: string): boolean => value.length <= max;
  return z.pipe(z.pipe(z.string(expected), trim), text(min, max, what).check(z.refine(isShort, expected)));
}

/** Text of 1 to `max` bytes in UTF-8, without control characters. */
export function bytes(max: number, what: string) {
  const expected = must(`${what} (text, 1 to ${max} bytes)`);
  const isShort = (value: string): boolean => new TextEncoder().encode(value).length <= max;
  return z.string(expected).check(z.minLength(1, expected), z.refine(isShort, expected), printable(expected));
}

/** Text of `min` to `max` characters (UTF-16 units), line breaks included. */
export function characters(min: number, max: number, what: string) {
  const expected = must(`${what} (text, ${min} to ${max} characters)`);
  return z
    .string(expected)
    .check(z.minLength(min, expected), z.maxLength(max, expected), z.regex(/^\P{Cs}*$/u, expected));
}

const inOrder = z.transform((value: string) => value.normalize('NFC').replace(/\s+/gu, ' ').trim());

/** Joiners, fillers and marks alone are nothing to see; whoever has to let somebody in needs something to call them. */
const VISIBLE = /[^\s\p{Cf}\p{M}\u115f\u1160\u3164\uffa0\u2800]/u;
/** Turns the direction of what is written after it, beyond the name too. */
const TURNS_TEXT = /[\u202a-\u202e\u2066-\u2069]/u;

/** Somebody's name in any script, white space put in order, of `max` characters (code points) at most. */
export function personName(max: number) {
  const aName = must(`a name (text, 1 to ${max} characters)`);
  return z.pipe(
    z.pipe(z.string(aName).check(z.maxLength(8 * max, aName)), inOrder),
    z.string(aName).check(
      z.minLength(1, aName),
      z.refine((value) => Array.from(value).length <= max, aName),
      z.refine((value) => VISIBLE.test(value) && !TURNS_TEXT.test(value), aName),
      printable(aName),
    ),
  );
}

const MAX_NAME = 80;

const aName = must(`a name (text, 1 to ${MAX_NAME} characters)`);

/** A name that, in UTF-8, fits into an identity at any vendor's. */
export const name = z.pipe(personName(MAX_NAME), z.string(aName).check(z.maxLength(MAX_NAME, aName)));

const aFlag = must('true or false');

/** `true` or `false`, as a value or as text. */
export const flag = z.pipe(
  z.union([z.boolean(aFlag), z.enum(['true', 'false'], aFlag)], aFlag),
  z.transform((value: boolean | 'true' | 'false') => value === true || value === 'true'),
);
