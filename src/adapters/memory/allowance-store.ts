/** Allowances in this process. */
import { type Allowance, allowanceAt, type Limit, spendOne } from '../../domain/allowance';
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
}
