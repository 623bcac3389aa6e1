/** Whether a device keeps up with its camera. Pure: told how long each picture took, it says what to do. */

/** ms that a picture takes on average above which fewer dots are worked on, so that it moves well again. */
const SMALLER_ABOVE_MS = 45;
/** ms above which that is no picture any more: five a second. */
const TOO_SLOW_ABOVE_MS = 200;
/** The first ones of a size take longer: memory is allocated, code compiled. */
const WARM_UP = 6;
/** So many pictures are looked at together: a second or two. */
const WINDOW = 24;
/** A busy moment is no slow device. */
const BAD_WINDOWS = 2;

export type Verdict = 'fine' | 'smaller' | 'tooSlow';

export interface Pace {
  /** @param ms that a picture took */
  note(ms: number): Verdict;
}

/** @param isSmall whether there is nothing smaller to go to */
export function createPace(isSmall: boolean): Pace {
  let toSkip = WARM_UP;
  let taken: number[] = [];
  let badWindows = 0;
  return {
    note(ms) {
      if (toSkip > 0) {
        toSkip -= 1;
        return 'fine';
      }
      taken.push(ms);
      if (taken.length < WINDOW) return 'fine';
      const median = taken.toSorted((a, b) => a - b)[WINDOW / 2] ?? 0;
      taken = [];
      if (!isSmall && median > SMALLER_ABOVE_MS) return 'smaller';
      badWindows = median > TOO_SLOW_ABOVE_MS ? badWindows + 1 : 0;
      return badWindows >= BAD_WINDOWS ? 'tooSlow' : 'fine';
    },
  };
}
