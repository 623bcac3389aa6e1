/** What a request or an answer looks like on a page that others may look at, too: nothing secret is told in full. */

/** Whoever holds one of these may act by it. */
const SECRET = /token$|^identity$/;
const SECRET_FROM = 40;
const BEGINNING = 6;
/** Addresses of rooms and the like are told in full. */
const LONGEST = 60;

/** @returns JSON, indented; text that is none as it is */
export function shown(body: unknown): string {
  return typeof body === 'string'
    ? body
    : JSON.stringify(
        body,
        (name, value: unknown) => {
          if (typeof value !== 'string') return value;
          if (SECRET.test(name) && value.length >= SECRET_FROM) return `${value.slice(0, BEGINNING)}…`;
          return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
        },
        2,
      );
}

/** The answer's JSON, or its text. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
