/** The shape of Twilio's rate limits: a steady rate, with a burst of ten seconds' worth. https://www.twilio.com/docs/sync/limits */
import type { Clock } from './clock';

/** How many seconds' worth of the rate may be spent at once. */
export const BURST_SECONDS = 10;

export class TokenBucket {
  readonly #clock: Clock;
  readonly #ratePerSecond: number;
  readonly #capacity: number;
  #tokens: number;
  #refilledAt: number;

  /** @param ratePerSecond tokens that come back per second; the bucket starts full. */
  constructor(clock: Clock, ratePerSecond: number, burstSeconds = BURST_SECONDS) {
    this.#clock = clock;
    this.#ratePerSecond = ratePerSecond;
    this.#capacity = ratePerSecond * burstSeconds;
    this.#tokens = this.#capacity;
    this.#refilledAt = clock.now();
  }

  /** Takes `cost` tokens, or takes none and answers false. */
  take(cost = 1): boolean {
    const now = this.#clock.now();
    const earned = (Math.max(now - this.#refilledAt, 0) / 1000) * this.#ratePerSecond;
    this.#tokens = Math.min(this.#capacity, this.#tokens + earned);
    this.#refilledAt = now;
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }
}
