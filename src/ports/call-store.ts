/** Where calls are kept. Every change is compare-and-set on one record. */
import type { Call } from '../domain/call';

export interface CallStore {
  /** @returns it as stored; undefined when there is a call of this id already. Cost: 1 write. */
  create(call: Call): Promise<Call | undefined>;

  /** The call as it stands; undefined when there is none, or it ended long ago. Cost: 1 read. */
  find(id: string): Promise<Call | undefined>;

  /**
   * Stores `next` if the call still stands as it was read. It is kept for a day, and an hour once it is over.
   * @param current as {@link create}, {@link find} or this handed it out
   * @returns it as stored; undefined, and nothing has changed, when somebody else was first. Cost: 1 write.
   */
  replace(current: Call, next: Call): Promise<Call | undefined>;
}
