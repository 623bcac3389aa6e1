/** Real time for everybody in the process, which a test may move on: emulators' timers fire, Date.now() follows. */
import { ManualClock } from '../../emulator/twilio/clock';

const TICK_MS = 5;

export class RunningClock extends ManualClock {
  private readonly start = super.now() - performance.now();
  private ahead = 0;
  private readonly ticking = setInterval(() => this.follow(), TICK_MS).unref();
  private readonly date = jest.spyOn(Date, 'now').mockImplementation(() => this.now());

  /** Skips `ms`, firing what falls due on the way. */
  override advance(ms: number): void {
    this.ahead += ms;
    this.follow();
  }

  override after(ms: number, run: () => void): () => void {
    this.follow();
    return super.after(ms, run);
  }

  override now(): number {
    return Math.floor(this.start + performance.now() + this.ahead);
  }

  /** Gives real time back. */
  stop(): void {
    clearInterval(this.ticking);
    this.date.mockRestore();
  }

  private follow(): void {
    const behind = this.now() - super.now();
    if (behind > 0) super.advance(behind);
  }
}
