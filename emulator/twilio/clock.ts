/** Time as the emulators see it: the real one, or one that a test moves by hand. */

/** Takes back a timer; harmless after it has fired. */
export type Cancel = () => void;

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `run` once, `ms` milliseconds from now; zero or less means as soon as possible. */
  after(ms: number, run: () => void): Cancel;
}

/** The longest wait that setTimeout honours; anything above fires at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Real time. Its timers never keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const due = Date.now() + ms;
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const left = due - Date.now();
      timer = setTimeout(
        left > LONGEST_TIMEOUT_MS ? arm : run,
        Math.min(Math.max(left, 0), LONGEST_TIMEOUT_MS),
      );
      timer.unref();
    };
    arm();
    return () => clearTimeout(timer);
  },
};

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** Time that stands still until `advance` is called. */
export class ManualClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  /** @param startMs where time starts, in milliseconds since the epoch; real time if left out, so that tokens signed by an SDK are valid. */
  constructor(startMs = Date.now()) {
    this.#now = startMs;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Cancel {
    const timer: Timer = { due: this.#now + Math.max(ms, 0), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Moves time on by `ms` milliseconds, firing what falls due on the way, in order, each at its own moment. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#earliest(until);
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = until;
  }

  /** A Set keeps insertion order, so of two timers due together the older one fires first. */
  #earliest(until: number): Timer | undefined {
    let earliest: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due <= until && (!earliest || timer.due < earliest.due)) earliest = timer;
    }
    return earliest;
  }
}
