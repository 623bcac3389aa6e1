/** Reminders to look at something at a certain time. Whoever looks finds out what the time has changed. */
import { LIVE_LIMITS } from './limits';

/** The longest wait that setTimeout honours. */
const LONGEST_MS = 2 ** 31 - 1;

export class Reminders {
  readonly #timers = new Map<string, NodeJS.Timeout>();

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
    this.#timers.set(key, setTimeout(due, ms).unref());
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
