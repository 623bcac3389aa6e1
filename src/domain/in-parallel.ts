/**
 * Calls under way at the same time. Either way a failure is thrown only after all have ended: what a request has begun
 * must not go on behind its answer, where it could overtake the request that comes next.
 */

/** Vendors limit concurrency and so do sockets. */
const MAX_CONCURRENT = 32;

/**
 * Maps `items` with at most {@link MAX_CONCURRENT} calls under way. Every item is tried even if one fails,
 * so that a retry finds as little as possible left to do.
 * @throws the first failure, after all have ended.
 */
export async function inParallel<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = Array.from({ length: items.length });
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      try {
        results[index] = await run(items[index] as T);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(MAX_CONCURRENT, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}

/**
 * Different calls, all at once; as `Promise.all`, for calls that change something.
 * @throws the first failure in the order given, after all have ended.
 */
export async function together<T extends readonly unknown[] | []>(
  calls: T,
): Promise<{ -readonly [P in keyof T]: Awaited<T[P]> }> {
  await Promise.allSettled(calls);
  return Promise.all(calls);
}
