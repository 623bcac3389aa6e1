/** How fast messages may come: so many at once, then one after the other. */

export interface Pace {
  /** @returns milliseconds until the next is allowed; 0 if it was, and is counted */
  take(): number;
}

export interface PaceLimits {
  readonly burst: number;
  readonly everyMs: number;
}

/** What one sends keeps to this, so that nobody who keeps to it is cut short by {@link HEARD}. */
export const SENT: PaceLimits = { burst: 10, everyMs: 1_000 };
/** Of one person. Networks hold messages back and bring them all at once. */
export const HEARD: PaceLimits = { burst: 60, everyMs: 500 };

export function createPace({ burst, everyMs }: PaceLimits): Pace {
  let left = burst;
  let since = Date.now();
  return {
    take() {
      const now = Date.now();
      // A clock that was set back lets nobody wait for it.
      const regained = Math.max(0, Math.floor((now - since) / everyMs));
      left = Math.min(burst, left + regained);
      since = left === burst || now < since ? now : since + regained * everyMs;
      if (left === 0) return since + everyMs - now;
      left -= 1;
      return 0;
    },
  };
}
