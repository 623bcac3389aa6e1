/** Reminders to look at something at a certain time. Whoever looks finds out what the time has changed. */
import { LIVE_LIMITS } from './limits';

/** The longest wait that setTimeout honours. */
const LONGEST_MS = 2 ** 31 - 1;

export class Reminders {
  /** By time and name. */
  readonly #timers = new Map<string, { readonly name: string; readonly timer: NodeJS.Timeout }>();

  /** @param look is told whose time has come */
  constructor(private readonly look: (name: string) => void) {}

  /**
   * The same reminder twice is one. Beyond the limit they are dropped: any other look does as well.
   * @param at ms since the epoch
   */
  add(name: string, at: number): void {
    const key = `${at} ${name}`;
    if (this.#timers.has(key) || this.#timers.size >= LIVE_LIMITS.reminders) return;
    const due = (): void => {
      this.#timers.delete(key);
      this.look(name);
    };
    const ms = Math.min(Math.max(at - Date.now(), 0), LONGEST_MS);
    this.#timers.set(key, { name, timer: setTimeout(due, ms).unref() });
  }

  /** Looks at everything now; what was to be looked at later still is. */
  lookNow(): void {
    for (const name of new Set([...this.#timers.values()].map(({ name }) => name))) this.look(name);
  }

  close(): void {
    for (const { timer } of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
