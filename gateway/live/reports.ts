/** What the functions must be told sooner or later: gathered for a moment, sent in batches, repeated until it is heard. */
import type { Answer, FunctionsClient } from './functions-client';
import { LIVE_LIMITS, type Pace } from './limits';
import { Refused } from './refusal';

export interface ReportsOptions<T> {
  readonly functions: FunctionsClient;
  readonly pace: Pace;
  readonly path: string;
  /** How many in one request. */
  readonly batch?: number;
  readonly isUrgent?: boolean;
  readonly bodyOf: (entries: readonly T[]) => object;
  readonly answered?: (answer: Answer, entries: readonly T[]) => void;
  readonly report: (line: string) => void;
}

export class Reports<T> {
  readonly #waiting = new Set<T>();
  readonly #sending = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(private readonly options: ReportsOptions<T>) {}

  add(entry: T): void {
    if (this.#isClosed) return;
    this.#waiting.add(entry);
    this.#timer ??= setTimeout(() => this.#send(), this.options.pace.reportMs);
  }

  /** Resolves when everything has been heard, or `withinMs` are over. */
  async flush(withinMs: number): Promise<void> {
    this.#send();
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([Promise.all(this.#sending), over]);
    clearTimeout(timer);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = [...this.#waiting];
    this.#waiting.clear();
    const { batch = LIVE_LIMITS.batch } = this.options;
    for (let from = 0; from < entries.length; from += batch) {
      const sending = this.#deliver(entries.slice(from, from + batch));
      this.#sending.add(sending);
      void sending.finally(() => this.#sending.delete(sending));
    }
  }

  /** Never rejects. */
  async #deliver(entries: readonly T[]): Promise<void> {
    const { functions, pace, path, isUrgent = false, bodyOf, answered, report } = this.options;
    try {
      const answer = await functions.post(path, bodyOf(entries), { patienceMs: pace.requestMs, isUrgent });
      answered?.(answer, entries);
    } catch (error) {
      // What was refused would be refused again; what nobody heard waits for the next batch.
      const isHopeless = error instanceof Refused && error.status < 500;
      if (isHopeless) report(`${path} refused ${entries.length} entries: ${error.message}`);
      else for (const entry of entries) this.add(entry);
    }
  }
}
