/** Where allowances are kept: of misses, which make a guesser's life easier if one is lost, and of what costs money. */
import type { Allowance, Limit } from '../domain/allowance';

export interface AllowanceStore {
  /** Cost: 1 read. */
  find(name: string): Promise<Allowance | undefined>;

  /** Takes one from the allowance of that name, in spite of races. Cost: 1 read, 1 write. */
  spend(name: string, limit: Limit): Promise<void>;

  /**
   * Takes one if there is one, exactly, whatever races.
   * @returns 0 when it was taken, else the seconds until there is one.
   * @throws FoyerError `try-again`. Cost: 1 read, 1 write.
   */
  take(name: string, limit: Limit): Promise<number>;
}
