/** Lines in this process: what the port promises, without a vendor. For tests of use cases. */
import type { Line } from '../../domain/line';
import type { Clock } from '../../ports/clock';
import type { Lines } from '../../ports/lines';

const KEEP_MS = 24 * 3_600_000;

interface Kept {
  readonly line: Line;
  /** ms since epoch; forgotten then. */
  readonly until: number;
}

export class MemoryLines implements Lines {
  private readonly byUser = new Map<string, Kept>();

  constructor(private readonly clock: Clock) {}

  async find(userId: string): Promise<Line> {
    await this.clock.sleep(0);
    return this.line(userId);
  }

  async replace(current: Line, next: Line): Promise<Line | undefined> {
    await this.clock.sleep(0);
    if (this.line(current.userId) !== current) return undefined;
    return this.keep(next);
  }

  line(userId: string): Line {
    const kept = this.byUser.get(userId);
    return kept && kept.until > this.clock.now() ? kept.line : this.keep({ userId });
  }

  private keep(line: Line): Line {
    this.byUser.set(line.userId, { line, until: this.clock.now() + KEEP_MS });
    return line;
  }
}
