/** Meetings in this process: what the port promises, without a vendor. For tests of use cases. */
import { randomUUID } from 'node:crypto';
import { FoyerError } from '../../domain/errors';
import { lobbyView, type Meeting } from '../../domain/meeting';
import type { Clock } from '../../ports/clock';
import type { MeetingStore, NewMeeting } from '../../ports/meeting-store';
import type { MemoryLobby } from './lobby';

export class MemoryMeetingStore implements MeetingStore {
  private readonly byId = new Map<string, Meeting>();

  constructor(
    private readonly clock: Clock,
    private readonly lobby: MemoryLobby,
  ) {}

  async create(draft: NewMeeting): Promise<Meeting | undefined> {
    await this.clock.sleep(0);
    if (this.live(draft.id)) return undefined;
    const key = randomUUID();
    const meeting: Meeting = {
      ...draft,
      key,
      state: 'waiting',
      removed: [],
      listBehind: false,
      lobby: `lobby-${key}`,
    };
    this.store(meeting);
    return meeting;
  }

  async find(id: string): Promise<Meeting | undefined> {
    await this.clock.sleep(0);
    return this.live(id);
  }

  async findByKey(key: string): Promise<Meeting | undefined> {
    await this.clock.sleep(0);
    return [...this.byId.values()].find((meeting) => meeting.key === key);
  }

  async update(meeting: Meeting, change: (current: Meeting) => Meeting): Promise<Meeting> {
    let current = meeting;
    for (;;) {
      const changed = change(current);
      await this.clock.sleep(0);
      const stored = this.live(meeting.id);
      if (stored?.key !== meeting.key) throw new FoyerError('not-found', 'this meeting is over.');
      if (stored === current) {
        if (changed !== current) this.store(changed);
        return changed;
      }
      current = stored;
    }
  }

  private live(id: string): Meeting | undefined {
    const meeting = this.byId.get(id);
    return meeting && meeting.expiresAt > this.clock.now() ? meeting : undefined;
  }

  private store(meeting: Meeting): void {
    this.byId.set(meeting.id, meeting);
    if (meeting.admission === 'auto') this.lobby.show(meeting.lobby, lobbyView(meeting));
  }
}
