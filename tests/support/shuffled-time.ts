/** Time for races: whoever waits, be it for an instant, goes on in a random order, one at a time. */
import { randomInt } from 'node:crypto';
import { ManualTime } from './manual-time';

export class ShuffledTime extends ManualTime {
  private readonly waiting: (() => void)[] = [];
  private pumping = false;

  override sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (!this.pumping) this.pump();
    });
  }

  private pump(): void {
    this.pumping = true;
    setImmediate(() => {
      const [next] = this.waiting.splice(randomInt(this.waiting.length), 1);
      next?.();
      if (this.waiting.length > 0) this.pump();
      else this.pumping = false;
    });
  }
}
