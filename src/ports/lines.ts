/** Who is busy: the line of each user. Every change is compare-and-set on one record. */
import type { Line } from '../domain/line';

export interface Lines {
  /** The line of somebody who never had a call is free. Cost: 1 read. */
  find(userId: string): Promise<Line>;

  /**
   * Stores `next` if the line still stands as it was read. It is kept for a day.
   * @param current as {@link find} or this handed it out
   * @returns it as stored; undefined, and nothing has changed, when somebody else was first. Cost: 1 write.
   */
  replace(current: Line, next: Line): Promise<Line | undefined>;
}
