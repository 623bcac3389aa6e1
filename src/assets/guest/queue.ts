/** How many wait before one. */

/**
 * All smaller numbers without those whose bearers wait no more.
 * @param freed first and last of each run of numbers, ascending: `[1, 4, 6, 6]` is 1 to 4, and 6
 */
export function countBefore(place: number, freed: readonly number[]): number {
  let before = place - 1;
  for (let index = 0; index + 1 < freed.length; index += 2) {
    const [first = 0, last = 0] = freed.slice(index, index + 2);
    before -= Math.max(0, Math.min(last, place - 1) - first + 1);
  }
  return Math.max(0, before);
}
