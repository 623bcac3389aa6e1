/** Who is online. Every change is compare-and-set on one record for each user. */
import type { Presence } from '../domain/presence';

export interface UserDirectory {
  /** Cost: 1 read. */
  find(userId: string): Promise<Presence | undefined>;

  /** Whose device on the push channel this is; undefined also for an identity that is none of ours. Cost: 1 read, or none. */
  findByIdentity(identity: string): Promise<Presence | undefined>;

  /**
   * Stores `next` if the record still stands as it was read, and keeps it until its `keepUntil`.
   * @param current as it was found; undefined: there was none
   * @returns it as stored; undefined, and nothing has changed, when somebody else was first. Cost: 1 write.
   */
  replace(current: Presence | undefined, next: Presence): Promise<Presence | undefined>;

  /**
   * All there are, in an order that stays, also of those who are offline for now.
   * @param page at most `limit`, those that come after the user of this id
   * Cost: 1 read per 100, many at once where all are wanted.
   */
  list(page?: { readonly limit: number; readonly after?: string | undefined }): Promise<Presence[]>;
}
