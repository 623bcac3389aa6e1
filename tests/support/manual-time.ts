/** One hand-moved time for our code and for the emulators. */
import { ManualClock } from '../../emulator/twilio/clock';
import type { Clock } from '../../src/ports/clock';

export class ManualTime extends ManualClock implements Clock {
  /** Real waits are what a test must not have; a turn of the event loop lets others go on. */
  async sleep(ms: number): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (ms > 0) this.advance(ms);
  }
}
