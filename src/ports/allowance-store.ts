/** Where allowances are kept. Losing one is harmless; it only makes a guesser's life easier for a while. */
import type { Allowance, Limit } from '../domain/allowance';

export interface AllowanceStore {
  /** Cost: 1 read. */
  find(name: string): Promise<Allowance | undefined>;

  /** Takes one from the allowance of that name, in spite of races. Cost: 1 read, 1 write. */
  spend(name: string, limit: Limit): Promise<void>;
}
