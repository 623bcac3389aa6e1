/** How often each of many may do something: a bucket for each, filled at a steady rate. */

export interface Rate {
  /** How many at once. */
  readonly burst: number;
  readonly perSecond: number;
}

/** One bucket. */
export class Allowance {
  #left: number;
  #at: number;

  constructor(
    private readonly rate: Rate,
    now: number,
  ) {
    this.#left = rate.burst;
    this.#at = now;
  }

  /** @param now ms. @returns whether there was one left. */
  spend(now: number): boolean {
    const { burst, perSecond } = this.rate;
    this.#left = Math.min(burst, this.#left + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}

/** Beyond so many the longest unused are forgotten; a full bucket and none are the same. */
const REMEMBERED = 20_000;

/** A bucket for each name. */
export class Allowances {
  readonly #of = new Map<string, Allowance>();

  constructor(private readonly rate: Rate) {}

  spend(name: string, now = performance.now()): boolean {
    const allowance = this.#of.get(name) ?? new Allowance(this.rate, now);
    // Deleted and put back, it is the youngest.
    this.#of.delete(name);
    this.#of.set(name, allowance);
    const [oldest] = this.#of.keys();
    if (this.#of.size > REMEMBERED && oldest !== undefined) this.#of.delete(oldest);
    return allowance.spend(now);
  }
}
