/** Who is online, in this process: what the port promises, without a vendor. For tests of use cases. */
import type { Presence } from '../../domain/presence';
import type { Clock } from '../../ports/clock';
import type { UserDirectory } from '../../ports/user-directory';
import { userOfIdentity } from './call-events';

export class MemoryUserDirectory implements UserDirectory {
  private readonly byUser = new Map<string, Presence>();

  constructor(private readonly clock: Clock) {}

  async find(userId: string): Promise<Presence | undefined> {
    await this.clock.sleep(0);
    return this.stored(userId);
  }

  async findByIdentity(identity: string): Promise<Presence | undefined> {
    const userId = userOfIdentity(identity);
    return userId === undefined ? undefined : this.find(userId);
  }

  async replace(current: Presence | undefined, next: Presence): Promise<Presence | undefined> {
    await this.clock.sleep(0);
    if (this.stored(next.user.id) !== current) return undefined;
    this.byUser.set(next.user.id, next);
    return next;
  }

  async list(page?: { readonly limit: number; readonly after?: string | undefined }): Promise<Presence[]> {
    await this.clock.sleep(0);
    const all = [...this.byUser.keys()]
      .toSorted()
      .map((userId) => this.stored(userId))
      .filter((presence) => presence !== undefined);
    const { limit, after } = page ?? {};
    return all.filter(({ user }) => after === undefined || user.id > after).slice(0, limit);
  }

  private stored(userId: string): Presence | undefined {
    const presence = this.byUser.get(userId);
    return presence && presence.keepUntil > this.clock.now() ? presence : undefined;
  }
}
