/** Allowances in Sync: one short-lived document each. */
import {
  type Allowance,
  allowanceAt,
  type Limit,
  secondsUntilOne,
  spendOne,
} from '../../../domain/allowance';
import type { AllowanceStore } from '../../../ports/allowance-store';
import { busy } from '../../../upstream/upstream';
import { foundOrUndefined, isTwilioError } from '../client';
import { isOurs, type SyncService } from './sync-service';

const MAX_CONFLICTS = 3;
const MAX_TAKE_CONFLICTS = 20;

type Manner = 'patient' | 'prompt';

export class SyncAllowanceStore implements AllowanceStore {
  constructor(private readonly sync: SyncService) {}

  async find(name: string): Promise<Allowance | undefined> {
    return (await this.fetch(name, 'patient'))?.allowance;
  }

  /** Under a storm of misses some may go uncounted: a guess must not wait for the count of another. */
  async spend(name: string, limit: Limit): Promise<void> {
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      try {
        const stored = await this.fetch(name, 'prompt');
        const left = spendOne(allowanceAt(stored?.allowance, limit, this.sync.clock.now()));
        await this.store('prompt', name, left, limit, stored?.revision);
        return;
      } catch (error) {
        if (isTwilioError(error, 429)) return;
        if (!isTwilioError(error, 409) && !isTwilioError(error, 412)) throw error;
      }
    }
  }

  async take(name: string, limit: Limit): Promise<number> {
    for (let conflicts = 0; conflicts < MAX_TAKE_CONFLICTS; conflicts += 1) {
      const stored = await this.fetch(name, 'patient');
      const allowance = allowanceAt(stored?.allowance, limit, this.sync.clock.now());
      const wait = secondsUntilOne(allowance, limit);
      if (wait > 0) return wait;
      try {
        await this.store('patient', name, spendOne(allowance), limit, stored?.revision);
        return 0;
      } catch (error) {
        // Another one was there first, or what was read has expired.
        if (![404, 409, 412].some((status) => isTwilioError(error, status))) throw error;
      }
    }
    throw busy();
  }

  private async store(
    manner: Manner,
    name: string,
    data: Allowance,
    limit: Limit,
    revision?: string,
  ): Promise<void> {
    const ttl = Math.ceil((limit.capacity * limit.refillMs) / 1000);
    const uniqueName = this.uniqueName(name);
    if (revision === undefined) await this.sync[manner].documents.create({ uniqueName, data, ttl });
    else await this.sync[manner].documents(uniqueName).update({ ifMatch: revision, data, ttl });
  }

  private async fetch(
    name: string,
    manner: Manner,
  ): Promise<{ allowance: Allowance; revision: string } | undefined> {
    const document = await foundOrUndefined(this.sync[manner].documents(this.uniqueName(name)).fetch());
    if (!document || !isOurs(document)) return undefined;
    return { allowance: document.data as Allowance, revision: document.revision };
  }

  private uniqueName(name: string): string {
    return this.sync.name('allowance', name);
  }
}
