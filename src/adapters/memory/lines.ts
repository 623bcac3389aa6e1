/** Lines in this process: what the port promises, without a vendor. For tests of use cases. */
import type { Line } from '../../domain/line';
import type { Clock } from '../../ports/clock';
import type { Lines } from '../../ports/lines';

export class MemoryLines implements Lines {
  private readonly byUser = new Map<string, Line>();

  constructor(private readonly clock: Clock) {}

  async find(userId: string): Promise<Line> {
    await this.clock.sleep(0);
    return this.line(userId);
  }

  async replace(current: Line, next: Line): Promise<Line | undefined> {
    await this.clock.sleep(0);
    if (this.line(current.userId) !== current) return undefined;
    this.byUser.set(next.userId, next);
    return next;
  }

  line(userId: string): Line {
    const line = this.byUser.get(userId) ?? { userId };
    this.byUser.set(userId, line);
    return line;
  }
}
