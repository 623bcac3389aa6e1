/** Reminders to look at something at a certain time. Whoever looks finds out what the time has changed. */
import { LIVE_LIMITS } from './limits';

/** By a clock on the wall, which a timer of its own would not follow through a sleep or a correction. */
const TICK_MS = 250;

interface Reminder {
  readonly name: string;
  /** ms since the epoch. */
  readonly at: number;
}

export class Reminders {
  /** By name and time. */
  readonly #waiting = new Map<string, Reminder>();
  #ticking: NodeJS.Timeout | undefined;

  /**
   * @param look is told whose time has come
   * @param now by the clock of those who say when
   */
  constructor(
    private readonly look: (name: string) => void,
    private readonly now: () => number,
  ) {}

  /**
   * The same reminder twice is one. Beyond the limit they are dropped: any other look does as well.
   * @param at ms since the epoch
   */
  add(name: string, at: number): void {
    if (this.#waiting.size >= LIVE_LIMITS.reminders) return;
    this.#waiting.set(`${at} ${name}`, { name, at });
    this.#ticking ??= setInterval(() => this.#tick(), TICK_MS).unref();
  }

  /** Looks at everything now; what was to be looked at later still is. */
  lookNow(): void {
    for (const name of new Set([...this.#waiting.values()].map(({ name }) => name))) this.look(name);
  }

  close(): void {
    clearInterval(this.#ticking);
    this.#waiting.clear();
  }

  #tick(): void {
    const now = this.now();
    for (const [key, { name, at }] of this.#waiting) {
      if (at > now) continue;
      this.#waiting.delete(key);
      this.look(name);
    }
    if (this.#waiting.size > 0) return;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }
}
