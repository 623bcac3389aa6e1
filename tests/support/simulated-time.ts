/**
 * Time in which many requests run side by side: it stands still while any of them computes or waits for the
 * network, and moves on to the next moment once all of them sleep.
 */
import { ManualTime } from './manual-time';

const TICK_MS = 50;

export class SimulatedTime extends ManualTime {
  private sleeping = 0;
  private running = 0;

  override sleep(ms: number): Promise<void> {
    this.sleeping += 1;
    return new Promise((resolve) => {
      this.after(ms, () => {
        this.sleeping -= 1;
        resolve();
      });
    });
  }

  /** Starts `tasks` evenly over `durationMs` and resolves when all have settled. */
  async spread<T>(
    tasks: readonly (() => Promise<T>)[],
    durationMs: number,
  ): Promise<PromiseSettledResult<T>[]> {
    const started: Promise<T>[] = [];
    const begin = this.now();
    while (started.length < tasks.length || this.running > 0) {
      const due = Math.min(
        tasks.length,
        Math.ceil((tasks.length * (this.now() - begin + TICK_MS)) / durationMs),
      );
      for (const task of tasks.slice(started.length, due)) started.push(this.track(task()));
      await this.quiet();
      this.advance(TICK_MS);
    }
    return Promise.allSettled(started);
  }

  /** Runs one task on its own. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    const [outcome] = await this.spread([task], 1);
    if (outcome?.status === 'fulfilled') return outcome.value;
    throw outcome?.reason;
  }

  private track<T>(task: Promise<T>): Promise<T> {
    this.running += 1;
    const settled = (): void => {
      this.running -= 1;
    };
    task.then(settled, settled);
    return task;
  }

  /** Until every running task sleeps. */
  private async quiet(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.running > this.sleeping);
  }
}
