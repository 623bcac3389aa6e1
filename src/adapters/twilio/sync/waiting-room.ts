/**
 * The waiting room in Sync: records that guests watch (guest-record.ts), the host's list (guest-list.ts), and the board
 * with the queue (waiting-board.ts).
 */
import type { Standing } from '../../../domain/explanation';
import { type HostMessage, withMessage } from '../../../domain/host-message';
import { free, takeBack, unborne } from '../../../domain/queue';
import type { Guest, GuestState } from '../../../domain/guest';
import { isRemoved, type Meeting } from '../../../domain/meeting';
import type { Arrival, Decided, Pass, Place, WaitingRoom } from '../../../ports/waiting-room';
import { inParallel, together } from '../../../domain/in-parallel';
import { guestIdentity, parseGuestIdentity } from './guest-identity';
import { type Attended, GuestList } from './guest-list';
import { GuestRecords, shownState, stateOf } from './guest-record';
import { lobbyIdentity } from './lobby-identity';
import type { ListEntry } from './listed-guest';
import { WaitingBoard } from './waiting-board';
import { READ_ONLY, type SyncService } from './sync-service';

const MAX_CONFLICTS = 20;

export class SyncWaitingRoom implements WaitingRoom {
  private readonly records: GuestRecords;
  private readonly guestList: GuestList;
  private readonly board: WaitingBoard;

  constructor(private readonly sync: SyncService) {
    this.records = new GuestRecords(sync);
    this.guestList = new GuestList(sync);
    this.board = new WaitingBoard(sync);
  }

  lobbyPass(meeting: Meeting): Pass {
    return this.pass(meeting, meeting.lobby, lobbyIdentity(meeting.lobby));
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

  async find(meeting: Pick<Meeting, 'key'>, guestId: string): Promise<GuestState | undefined> {
    const document = await this.records.fetch(meeting, guestId);
    return document && shownState(document);
  }

  async standing(meeting: Meeting, guestId: string): Promise<Standing | undefined> {
    const [state, entry] = await Promise.all([
      this.stateNow(meeting, guestId),
      this.guestList.peek(meeting, guestId, 'patient'),
    ]);
    if (state === undefined) return undefined;
    if (entry === undefined || entry === 'busy') return { state };
    // Where the list lags it knows of an earlier decision.
    const decidedAt = entry.guest.state === state ? entry.decidedAt : undefined;
    const { enteredAt, awaySince } = entry.guest;
    return { state, listed: { enteredAt, awaySince, decidedAt } };
  }

  async enter(meeting: Meeting, guest: Arrival): Promise<Place> {
    const place = guest.place ?? (await this.board.takeNumber(meeting));
    const arrival = { ...guest, place };
    const identity = guestIdentity(meeting.id, arrival);
    const [document, board] = await together([
      this.records.open(meeting, guest.id, identity),
      this.board.permit(meeting, identity),
    ]);
    const state = stateOf(document, meeting, guest.id);
    if (state === 'waiting' || state === 'admitted') {
      const after = { ...arrival, state };
      const attended = await this.guestList.add(meeting, after);
      // A number that was given just now is not free.
      if (guest.place !== undefined) await this.follow(meeting, attended ?? { after, mayBeNews: true });
    }
    return { state, pass: this.pass(meeting, document.sid, identity), board, place };
  }

  /** Frees the number of one who went away, and takes back that of one who is back, if that has not been done. */
  private async follow(meeting: Meeting, { after, mayBeNews }: Attended): Promise<void> {
    const { id, place, state, awaySince } = after;
    if (place === undefined || state !== 'waiting' || !mayBeNews) return;
    if (awaySince !== undefined) return this.free(meeting, [place]);
    const wasFree = await this.board.change(meeting, (freed) => takeBack(freed, place));
    // Whoever was let in meanwhile waits no more.
    if (wasFree && (await this.stateNow(meeting, id)) !== 'waiting') await this.free(meeting, [place]);
  }

  async free(meeting: Meeting, places: readonly number[]): Promise<void> {
    if (places.length > 0) await this.board.change(meeting, (freed) => free(freed, places));
  }

  tellOne(meeting: Meeting, guestId: string, message: HostMessage): Promise<GuestState | undefined> {
    return this.records.tell(meeting, guestId, message);
  }

  async tellAll(meeting: Meeting, message: HostMessage): Promise<void> {
    await this.board.update(meeting, (board) => {
      const messages = withMessage(board.messages, message);
      return messages === board.messages ? board : { ...board, messages };
    });
  }

  async update(
    meeting: Meeting,
    guestId: string,
    decide: (current: GuestState) => GuestState | 'gone',
    manner: 'patient' | 'prompt',
  ): Promise<Decided> {
    // Read before the record changes: whoever changes it later also writes the list later.
    const entry = await this.guestList.peek(meeting, guestId, manner);
    const state = await this.records.update(meeting, guestId, decide);
    const listed = await this.mirror(meeting, guestId, entry, state, manner);
    return { state, listed, place: typeof entry === 'object' ? entry.guest.place : undefined };
  }

  /** @returns false when the list cannot take another write now; it is then to be mended later. */
  private async mirror(
    meeting: Meeting,
    guestId: string,
    read: ListEntry | undefined | 'busy',
    decided: GuestState | undefined,
    manner: 'patient' | 'prompt',
  ): Promise<boolean> {
    let [entry, state] = [read, decided];
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
      if (entry === undefined) return true;
      if (entry === 'busy') return false;
      const outcome = await this.guestList.store(meeting, entry, state, manner);
      if (outcome === 'busy') return false;
      if (outcome === 'stored') return state === undefined ? this.returnIfBack(meeting, entry.guest) : true;
      entry = await this.guestList.peek(meeting, guestId, manner);
      state = await this.stateNow(meeting, guestId);
    }
    return false;
  }

  /** Somebody who left and came back in the meantime found the old entry; it is gone now. */
  private async returnIfBack(meeting: Meeting, guest: Guest): Promise<true> {
    const state = await this.stateNow(meeting, guest.id);
    if (state !== undefined) await this.guestList.add(meeting, { ...guest, state });
    return true;
  }

  private async stateNow(meeting: Meeting, guestId: string): Promise<GuestState | undefined> {
    const document = await this.records.fetch(meeting, guestId);
    return document && stateOf(document, meeting, guestId);
  }

  async list(meeting: Meeting): Promise<{ guests: Guest[]; complete: boolean }> {
    const listed = await this.listed(meeting);
    await this.freeForgotten(meeting, listed.guests);
    return listed;
  }

  /** Numbers whose bearers nobody else frees: who never arrived, or went where nobody could tell. */
  private async freeForgotten(meeting: Meeting, guests: readonly Guest[]): Promise<void> {
    const numbers = await this.board.forgotten(meeting, unborne(guests));
    if (numbers.length === 0) return;
    await this.free(meeting, numbers);
    // Who came back to the list before that, but after it was read, found the number not free.
    const isBack = ({ place, state, awaySince }: Guest): boolean =>
      state === 'waiting' && awaySince === undefined && place !== undefined && numbers.includes(place);
    const back = (await this.guestList.all(meeting)).filter(isBack).flatMap(({ place }) => place ?? []);
    if (back.length > 0) await this.board.change(meeting, (freed) => back.reduce(takeBack, freed));
  }

  private async listed(meeting: Meeting): Promise<{ guests: Guest[]; complete: boolean }> {
    const listed = await this.guestList.all(meeting);
    const marked = listed.map((guest) =>
      isRemoved(meeting, guest.id) ? { ...guest, state: 'removed' as const } : guest,
    );
    if (!meeting.listBehind) return { guests: marked, complete: true };
    let complete = true;
    const guests = await inParallel(marked, async (guest) => {
      const entry = await this.guestList.peek(meeting, guest.id, 'prompt');
      const state = await this.stateNow(meeting, guest.id);
      complete = (await this.mirror(meeting, guest.id, entry, state, 'prompt')) && complete;
      return state === undefined ? [] : [{ ...guest, state }];
    });
    return { guests: guests.flat(), complete };
  }

  async show(meeting: Meeting, guestIds: readonly string[]): Promise<void> {
    await inParallel(guestIds, (guestId) => this.records.show(meeting, guestId));
  }

  meetingIdOf(identity: string): string | undefined {
    return parseGuestIdentity(identity)?.meetingId;
  }

  async presence(meeting: Meeting, identity: string, connected: boolean): Promise<void> {
    const guest = parseGuestIdentity(identity)?.guest;
    if (!guest || isRemoved(meeting, guest.id)) return;
    const attended = connected
      ? await this.guestList.addConnected(meeting, guest.id, () => this.known(meeting, guest))
      : await this.guestList.attend(meeting, guest.id, 'disconnected');
    if (attended) await this.follow(meeting, attended);
  }

  async attend(meeting: Meeting, guest: Arrival, event: 'here' | 'hidden' | 'away'): Promise<void> {
    const attended = await this.guestList.attend(meeting, guest.id, event);
    if (attended) return this.follow(meeting, attended);
    const after = event === 'here' ? await this.known(meeting, guest) : undefined;
    if (after?.state !== 'waiting' && after?.state !== 'admitted') return;
    await this.guestList.add(meeting, after);
    await this.follow(meeting, { after, mayBeNews: true });
  }

  private async known(meeting: Meeting, guest: Arrival): Promise<Guest | undefined> {
    const state = await this.find(meeting, guest.id);
    return state && { ...guest, state };
  }
}
