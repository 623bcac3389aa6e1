/** Allowances in this process. */
import { type Allowance, allowanceAt, type Limit, secondsUntilOne, spendOne } from '../../domain/allowance';
import type { AllowanceStore } from '../../ports/allowance-store';
import type { Clock } from '../../ports/clock';

export class MemoryAllowanceStore implements AllowanceStore {
  private readonly allowances = new Map<string, Allowance>();

  constructor(private readonly clock: Clock) {}

  async find(name: string): Promise<Allowance | undefined> {
    await this.clock.sleep(0);
    return this.allowances.get(name);
  }

  async spend(name: string, limit: Limit): Promise<void> {
    await this.clock.sleep(0);
    this.allowances.set(name, spendOne(allowanceAt(this.allowances.get(name), limit, this.clock.now())));
  }

  async take(name: string, limit: Limit): Promise<number> {
    await this.clock.sleep(0);
    const allowance = allowanceAt(this.allowances.get(name), limit, this.clock.now());
    const wait = secondsUntilOne(allowance, limit);
    if (wait === 0) this.allowances.set(name, spendOne(allowance));
    return wait;
  }
}
