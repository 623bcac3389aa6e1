/** The waiting room in Sync: records that guests watch (guest-record.ts) and the host's list (guest-list.ts). */
import type { Guest, GuestState } from '../../../domain/guest';
import { isRemoved, type Meeting } from '../../../domain/meeting';
import type { Arrival, Decided, Pass, WaitingRoom } from '../../../ports/waiting-room';
import { inParallel } from '../../../domain/in-parallel';
import { guestIdentity, parseGuestIdentity } from './guest-identity';
import { GuestList } from './guest-list';
import { GuestRecords, shownState, stateOf } from './guest-record';
import { lobbyIdentity } from './lobby-identity';
import { READ_ONLY, type SyncService } from './sync-service';

export class SyncWaitingRoom implements WaitingRoom {
  private readonly records: GuestRecords;
  private readonly guestList: GuestList;

  constructor(private readonly sync: SyncService) {
    this.records = new GuestRecords(sync);
    this.guestList = new GuestList(sync);
  }

  async guestPass(meeting: Meeting, guest: Arrival): Promise<Pass> {
    if (meeting.admission === 'auto') return this.pass(meeting, meeting.lobby, lobbyIdentity(meeting.lobby));
    const document = await this.records.fetch(meeting.key, guest.id);
    if (!document) throw new Error('a guest without a record has nothing to watch');
    return this.pass(meeting, document.sid, guestIdentity(meeting.id, guest));
  }

  async hostPass(meeting: Meeting): Promise<Pass> {
    const map = await this.guestList.open(meeting);
    const identity = `host.${meeting.key}`;
    await this.sync.patient.syncMaps(map.sid).syncMapPermissions(identity).update(READ_ONLY);
    return this.pass(meeting, map.sid, identity);
  }

  private pass(meeting: Meeting, object: string, identity: string): Pass {
    return {
      object,
      identity,
      token: this.sync.token(identity, meeting.expiresAt),
      connectOptions: this.sync.connectOptions,
    };
  }

  async find(meetingKey: string, guestId: string): Promise<GuestState | undefined> {
    const document = await this.records.fetch(meetingKey, guestId);
    return document && shownState(document);
  }

  async enter(meeting: Meeting, guest: Arrival): Promise<GuestState> {
    const document = await this.records.open(meeting, guest.id, guestIdentity(meeting.id, guest));
    const state = stateOf(document, meeting, guest.id);
    if (state === 'waiting' || state === 'admitted') {
      await this.guestList.add(meeting, { ...guest, state });
    }
    return state;
  }

  async update(
    meeting: Meeting,
    guestId: string,
    decide: (current: GuestState) => GuestState | 'gone',
  ): Promise<Decided> {
    const state = await this.records.update(meeting, guestId, decide);
    return { state, listed: await this.guestList.set(meeting, guestId, state) };
  }

  async list(meeting: Meeting): Promise<{ guests: Guest[]; complete: boolean }> {
    const listed = await this.guestList.all(meeting);
    if (!meeting.listBehind) return { guests: listed, complete: true };
    let complete = true;
    const guests = await inParallel(listed, async (guest) => {
      const document = await this.records.fetch(meeting.key, guest.id);
      const state = document ? stateOf(document, meeting, guest.id) : guest.state;
      if (state === guest.state) return guest;
      complete = (await this.guestList.set(meeting, guest.id, state)) && complete;
      return { ...guest, state };
    });
    return { guests, complete };
  }

  async show(meeting: Meeting, guestIds: readonly string[]): Promise<void> {
    await inParallel(guestIds, (guestId) => this.records.update(meeting, guestId, (state) => state));
  }

  meetingIdOf(identity: string): string | undefined {
    return parseGuestIdentity(identity)?.meetingId;
  }

  async presence(meeting: Meeting, identity: string, connected: boolean): Promise<void> {
    const guest = parseGuestIdentity(identity)?.guest;
    if (!guest || isRemoved(meeting, guest.id)) return;
    if (!connected) return this.guestList.expire(meeting, guest.id);
    await this.guestList.addConnected(meeting, guest.id, async () => {
      const state = await this.find(meeting.key, guest.id);
      return state && { ...guest, state };
    });
  }
}
