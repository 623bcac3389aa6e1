/** Persistent meetings in this process: what the port promises, without a vendor. For tests of use cases. */
import { randomUUID } from 'node:crypto';
import {
  KEEP_DELETED_MS,
  KEEP_UNUSED_MS,
  type NewPersistentMeeting,
  type PersistentMeeting,
} from '../../domain/persistent-meeting';
import type { Clock } from '../../ports/clock';
import type { MeetingRegistry } from '../../ports/meeting-registry';

export class MemoryMeetingRegistry implements MeetingRegistry {
  private readonly byId = new Map<string, PersistentMeeting>();

  constructor(private readonly clock: Clock) {}

  async create(draft: NewPersistentMeeting): Promise<PersistentMeeting | undefined> {
    await this.clock.sleep(0);
    if (this.stored(draft.id)) return undefined;
    const expiresAt = this.clock.now() + KEEP_UNUSED_MS;
    const meeting = { ...draft, key: randomUUID(), isDeleted: false, expiresAt };
    this.byId.set(draft.id, meeting);
    return meeting;
  }

  async find(id: string): Promise<PersistentMeeting | undefined> {
    await this.clock.sleep(0);
    return this.stored(id);
  }

  async isLive(meeting: PersistentMeeting): Promise<boolean> {
    await this.clock.sleep(0);
    return this.same(meeting)?.isDeleted === false;
  }

  async renew(meeting: PersistentMeeting): Promise<void> {
    await this.clock.sleep(0);
    const stored = this.same(meeting);
    if (stored?.isDeleted !== false) return;
    this.byId.set(stored.id, { ...stored, expiresAt: this.clock.now() + KEEP_UNUSED_MS });
  }

  async markDeleted(meeting: PersistentMeeting): Promise<boolean> {
    await this.clock.sleep(0);
    const stored = this.same(meeting);
    if (!stored) return false;
    const expiresAt = this.clock.now() + KEEP_DELETED_MS;
    this.byId.set(stored.id, { ...stored, isDeleted: true, expiresAt });
    return true;
  }

  async forget(meeting: PersistentMeeting): Promise<void> {
    await this.clock.sleep(0);
    if (this.same(meeting)) this.byId.delete(meeting.id);
  }

  private stored(id: string): PersistentMeeting | undefined {
    const meeting = this.byId.get(id);
    return meeting && meeting.expiresAt > this.clock.now() ? meeting : undefined;
  }

  private same({ id, key }: PersistentMeeting): PersistentMeeting | undefined {
    const stored = this.stored(id);
    return stored?.key === key ? stored : undefined;
  }
}
