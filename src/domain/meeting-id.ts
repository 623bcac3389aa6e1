/** The numbers that people dictate over the phone. */
import { randomInt } from 'node:crypto';

export const MIN_DIGITS = 4;
export const MAX_DIGITS = 15;
export const DEFAULT_DIGITS = 6;

/** `digits` random decimal digits, the first not 0, evenly distributed (crypto). */
export function randomMeetingId(digits: number): string {
  // randomInt takes a range below 2^48, so long numbers are drawn in two halves.
  const head = Math.min(digits, 8);
  const first = randomInt(10 ** (head - 1), 10 ** head).toString();
  const tail = digits - head;
  return tail === 0
    ? first
    : first +
        randomInt(0, 10 ** tail)
          .toString()
          .padStart(tail, '0');
}
