/**
 * The queue of a `manual` meeting. Each guest is given the next number; numbers whose bearers wait no more are freed.
 * A guest who knows the own number and the freed ones can count how many are before, and learns nothing else; and
 * letting in any number of guests is one change.
 */
import type { Guest } from './guest';

/** Freed numbers as first and last of each run, one after the other, ascending: `[1, 4, 6, 6]` is 1 to 4, and 6. */
export type Freed = readonly number[];

/**
 * More runs than that are joined where the fewest who wait are swallowed, so that it stays far below the 1 KiB
 * above which Sync takes fewer writes. What guests are told then is a little too good, until those are let in.
 */
export const MAX_RUNS = 64;

type Run = readonly [first: number, last: number];

const runsOf = (freed: Freed): Run[] =>
  freed.flatMap((first, index) => (index % 2 === 0 ? [[first, freed[index + 1] ?? first] as const] : []));

/** Freed, or freed already. @returns the same array when nothing changes. */
export function free(freed: Freed, numbers: readonly number[]): Freed {
  const news = numbers.filter((number) => !isFreed(freed, number));
  if (news.length === 0) return freed;
  const runs = [...runsOf(freed), ...news.map((number): Run => [number, number])];
  return bounded(joined(runs.toSorted(([a], [b]) => a - b))).flat();
}

/** Somebody is back, with the number from before. @returns the same array when nothing changes. */
export function takeBack(freed: Freed, number: number): Freed {
  if (!isFreed(freed, number)) return freed;
  const runs = runsOf(freed).flatMap(([first, last]): Run[] => {
    if (number < first || number > last) return [[first, last]];
    const around: Run[] = [
      [first, number - 1],
      [number + 1, last],
    ];
    return around.filter(([a, b]) => a <= b);
  });
  // One run more: of two halves of what was joined for want of room, the smaller one goes.
  return bounded(runs).flat();
}

/** How many are before the bearer of `number`. */
export const countBefore = (freed: Freed, number: number): number =>
  runsOf(freed).reduce(
    (before, [first, last]) => before - Math.max(0, Math.min(last, number - 1) - first + 1),
    number - 1,
  );

/**
 * The numbers below the last one on the host's list that nobody bears who waits in it: their bearers were decided upon,
 * have gone, or never arrived.
 */
export function unborne(listed: readonly Pick<Guest, 'place' | 'state'>[]): number[] {
  const places = new Map(listed.map(({ place = 0, state }) => [place, state]));
  const last = [...places.keys()].reduce((a, b) => Math.max(a, b), 0);
  return Array.from({ length: last }, (_, index) => index + 1).filter(
    (number) => places.get(number) !== 'waiting',
  );
}

export const isFreed = (freed: Freed, number: number): boolean =>
  runsOf(freed).some(([first, last]) => first <= number && number <= last);

/** @param runs ascending by their first numbers */
function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const [first, last] of runs) {
    const previous = result.at(-1);
    if (previous && first <= previous[1] + 1) {
      result[result.length - 1] = [previous[0], Math.max(previous[1], last)];
    } else result.push([first, last]);
  }
  return result;
}

/** Joins the two runs with the smallest gap, those at the far end first, until there are few enough. */
function bounded(runs: readonly Run[]): Run[] {
  const result = [...runs];
  while (result.length > MAX_RUNS) {
    let best = 1;
    for (let index = 2; index < result.length; index += 1) {
      if (gapBefore(result, index) <= gapBefore(result, best)) best = index;
    }
    const [first] = result[best - 1] as Run;
    const [, last] = result[best] as Run;
    result.splice(best - 1, 2, [first, last]);
  }
  return result;
}

const gapBefore = (runs: readonly Run[], index: number): number =>
  (runs[index] as Run)[0] - (runs[index - 1] as Run)[1];
