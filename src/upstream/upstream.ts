/**
 * Every HTTP call to a vendor goes through here: counted, bounded in time, retried with jitter while the
 * request that caused it still has time, and turned into `try-again` when the vendor keeps failing.
 */
import { FoyerError } from '../domain/errors';
import type { Clock } from '../ports/clock';
import type * as Exchange from './exchange';

export interface UpstreamRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface UpstreamResponse {
  readonly status: number;
  readonly body: string;
}

export interface UpstreamOptions {
  /** Whether 429 is waited out like any other failure, or handed back at once. Default `wait`. */
  readonly rateLimit?: 'wait' | 'answer';
  /** Tries at most; default as many as the time allows, and never more than 8. */
  readonly attempts?: number;
  /** ms for one try, where less than the usual 3 s will do. */
  readonly timeoutMs?: number;
}

/** A function on Twilio has 10 s; what is left after this is for the answer itself. */
export const REQUEST_BUDGET_MS = 8_500;
/** One try: p99 of a healthy vendor is far below, and two tries must fit into the budget. */
const ATTEMPT_TIMEOUT_MS = 3_000;
const MAX_ATTEMPTS = 8;
/** "Full jitter": a random wait below a ceiling that doubles, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
const FIRST_CEILING_MS = 100;
const LAST_CEILING_MS = 1_600;

const isTransient = (status: number): boolean => status === 429 || status === 408 || status >= 500;

/** A vendor's id has two letters and 32 digits; what is longer is a name of ours, and may say whose it is. */
const LONGEST_ID = 34;

/** The path for the log, which is not to hold the names of people or what only the vendor should know. */
const nameless = (url: string): string =>
  new URL(url).pathname
    .split('/')
    .map((part) => (part.length > LONGEST_ID ? '…' : part))
    .join('/');

/** What the caller is told when a vendor keeps failing. @param cause for the log only. */
export const busy = (cause?: unknown): FoyerError =>
  new FoyerError('try-again', 'the meeting service is busy. Try again in a moment.', { cause });

export class Upstream {
  private readonly deadline: number;
  /** Calls made so far, retries included. */
  calls = 0;

  /** @param whole what these calls are part of, and count for */
  constructor(
    private readonly clock: Clock,
    budgetMs = REQUEST_BUDGET_MS,
    private readonly whole?: Upstream,
  ) {
    this.deadline = clock.now() + budgetMs;
  }

  /**
   * @returns the vendor's answer, whatever it says, unless it is a failure that passes (429, 408, 5xx).
   * @throws FoyerError `try-again` when the vendor cannot be reached or keeps failing within the budget.
   */
  async request(request: UpstreamRequest, options: UpstreamOptions = {}): Promise<UpstreamResponse> {
    let failure: unknown = new Error('no time is left to ask');
    const { attempts = MAX_ATTEMPTS, timeoutMs = ATTEMPT_TIMEOUT_MS } = options;
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0 && !(await this.pause(attempt))) break;
      // Not even a try: what it does would come after our answer.
      if (this.clock.now() >= this.deadline) break;
      try {
        const response = await this.attempt(request, timeoutMs);
        if (!isTransient(response.status)) return response;
        if (response.status === 429 && options.rateLimit === 'answer') return response;
        failure = new Error(`${request.method} ${nameless(request.url)}: status ${response.status}`);
      } catch (error) {
        failure = error;
      }
    }
    throw busy(failure);
  }

  /**
   * Waits before another try, longer each time, with jitter.
   * @param attempt how many tries there have been.
   * @returns false, at once, when there is no time left for another.
   */
  async pause(attempt: number): Promise<boolean> {
    const ceiling = Math.min(LAST_CEILING_MS, FIRST_CEILING_MS * 2 ** (attempt - 1));
    const pause = Math.random() * ceiling;
    if (this.clock.now() + pause >= this.deadline) return false;
    await this.clock.sleep(pause);
    return true;
  }

  private count(): void {
    this.calls += 1;
    this.whole?.count();
  }

  private attempt(
    { method, url, headers, body }: UpstreamRequest,
    timeoutMs: number,
  ): Promise<UpstreamResponse> {
    this.count();
    const left = Math.ceil(this.deadline - this.clock.now());
    // Loaded by the first call: a join token is made without any, and a refusal mostly.
    const { exchange } = require('./exchange') as typeof Exchange;
    const options = { method, headers, timeoutMs: Math.min(timeoutMs, left) };
    return exchange(new URL(url), options, body);
  }
}
