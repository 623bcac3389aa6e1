/**
 * The gateway's lease: while it is renewed, the people whose sockets are here count as online, and news for them
 * comes into the gateway's mailboxes. It is renewed only while there is a reason to.
 */
import type { FunctionsClient } from './functions-client';
import type { Pace } from './limits';
import { type Lease, leaseIn } from './wire';

export interface LeaseOptions {
  readonly gateway: string;
  readonly functions: FunctionsClient;
  readonly pace: Pace;
  /** Whether there is anybody to hold it for. */
  readonly isNeeded: () => boolean;
  readonly renewed: (lease: Lease) => void;
  readonly report: (line: string) => void;
}

/** An unrenewed lease is not relied on in its last moments: a request may take that long. */
const MARGIN_MS = 3_000;

export class LeaseHolder {
  #validUntil: number | undefined;
  #renewing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** How long to wait after a failure; none: the last one went well. */
  #waitMs = 0;
  #notBefore = 0;
  #closed = false;
  /** ms by which this machine's clock is ahead of that of the functions, as far as can be told. */
  aheadMs = 0;

  constructor(private readonly options: LeaseOptions) {}

  isHeld(): boolean {
    return this.#validUntil !== undefined && Date.now() < this.#validUntil - MARGIN_MS;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Renews it now, or fails to; one renewal at a time, whoever asks, and not at once after one that failed. */
  renew(): Promise<void> {
    if (performance.now() < this.#notBefore) return Promise.resolve();
    this.#renewing ??= this.#ask().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #ask(): Promise<void> {
    const { gateway, functions, pace, renewed } = this.options;
    const asked = Date.now();
    try {
      const lease = leaseIn(await functions.post('/gateway/lease', { gateway }, { isUrgent: true }));
      if (this.#closed) return;
      if (!lease) throw new Error('the functions speak of something else');
      // Counted from the question: when the answer was written is not known here.
      this.#validUntil = asked + lease.lease_seconds * 1000;
      // Between question and answer they had their time: if that can be so, the clocks agree.
      if (lease.now !== undefined)
        this.aheadMs = Math.min(Math.max(0, asked - lease.now), Date.now() - lease.now);
      if (this.#waitMs > 0) this.options.report('The gateway has its lease again');
      this.#waitMs = 0;
      this.#next(lease.renew_seconds * 1000);
      renewed(lease);
    } catch (error) {
      if (this.#waitMs === 0) this.options.report(`The gateway has no lease: ${(error as Error).message}`);
      this.#waitMs = Math.min(Math.max(2 * this.#waitMs, pace.retryMs), pace.slowestRetryMs);
      this.#notBefore = performance.now() + this.#waitMs;
      this.#next(this.#waitMs);
    }
  }

  #next(ms: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      // Timers may be early by a moment.
      this.#notBefore = 0;
      if (this.options.isNeeded()) void this.renew();
      else this.#next(ms);
    }, ms).unref();
  }
}
