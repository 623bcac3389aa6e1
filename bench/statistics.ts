/** Order statistics: on a shared machine the middle says more than the mean. */

/** The value below which the share `q` (0 to 1) of the values lies; nearest rank. @throws RangeError without values */
export function quantile(values: Iterable<number>, q: number): number {
  const sorted = Float64Array.from(values).toSorted();
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))];
  if (value === undefined) throw new RangeError('there is no quantile of nothing');
  return value;
}

export const median = (values: Iterable<number>): number => quantile(values, 0.5);
