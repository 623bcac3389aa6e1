/** Races: many at about the same time, in an order that differs each time. */
import { randomInt } from 'node:crypto';

const MAX_TURNS = 6;

/** Starts all at about the same time, in a random order of turns, and waits for all. */
export function race<T>(...runners: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]> {
  return Promise.allSettled(
    runners.map(async (run) => {
      for (let turns = randomInt(MAX_TURNS); turns > 0; turns -= 1)
        await new Promise((resolve) => setImmediate(resolve));
      return run();
    }),
  );
}
