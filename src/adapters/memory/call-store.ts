/** Calls in this process: what the port promises, without a vendor. For tests of use cases. */
import { type Call, isLive } from '../../domain/call';
import type { CallStore } from '../../ports/call-store';
import type { Clock } from '../../ports/clock';

const HOUR_MS = 3_600_000;

export class MemoryCallStore implements CallStore {
  private readonly byId = new Map<string, Call>();

  constructor(private readonly clock: Clock) {}

  async create(call: Call): Promise<Call | undefined> {
    await this.clock.sleep(0);
    return this.stored(call.id) ? undefined : this.store({ ...call });
  }

  async find(id: string): Promise<Call | undefined> {
    await this.clock.sleep(0);
    return this.stored(id);
  }

  async replace(current: Call, next: Call): Promise<Call | undefined> {
    await this.clock.sleep(0);
    return this.stored(current.id) === current ? this.store(next) : undefined;
  }

  /** Those that are kept. */
  all(): Call[] {
    return [...this.byId.values()].filter(({ id }) => this.stored(id));
  }

  private stored(id: string): Call | undefined {
    const call = this.byId.get(id);
    if (!call) return undefined;
    const keptUntil = call.changedAt + (isLive(call) ? 24 * HOUR_MS : HOUR_MS);
    return keptUntil > this.clock.now() ? call : undefined;
  }

  private store(call: Call): Call {
    this.byId.set(call.id, call);
    return call;
  }
}
