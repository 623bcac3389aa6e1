/** The waiting room in this process: what the port promises, without a vendor. For tests of use cases. */
import { attend, type AttendanceEvent, AWAY_GRACE_MS, present, UNCONNECTED_MS } from '../../domain/absence';
import type { Standing } from '../../domain/explanation';
import { type Guest, type GuestState, guestView } from '../../domain/guest';
import { type HostMessage, withMessage } from '../../domain/host-message';
import { isRemoved, type Meeting } from '../../domain/meeting';
import { free, takeBack, unborne } from '../../domain/queue';
import type { Clock } from '../../ports/clock';
import type { Arrival, BoardView, Decided, Pass, Place, WaitingRoom } from '../../ports/waiting-room';
import type { MemoryLobby } from './lobby';

interface Entry {
  guest: Guest;
  /** ms since epoch; off the list from then on. */
  listedUntil: number;
  /** ms since epoch, once the host has decided. */
  decidedAt?: number;
}

export class MemoryWaitingRoom implements WaitingRoom {
  /** By meeting key and guest id. */
  private readonly entries = new Map<string, Entry>();
  /** By meeting key: how many numbers have been given out. */
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly lobby: MemoryLobby,
  ) {}

  lobbyPass(meeting: Meeting): Pass {
    return pass(meeting.lobby, `lobby.${meeting.lobby}`);
  }

  async hostPass(meeting: Meeting): Promise<Pass> {
    await this.clock.sleep(0);
    return pass(`guests-${meeting.key}`, `host.${meeting.key}`);
  }

  async find({ key }: Pick<Meeting, 'key'>, guestId: string): Promise<GuestState | undefined> {
    await this.clock.sleep(0);
    return this.entries.get(keyOf(key, guestId))?.guest.state;
  }

  async standing(meeting: Meeting, guestId: string): Promise<Standing | undefined> {
    await this.clock.sleep(0);
    const entry = this.entries.get(keyOf(meeting.key, guestId));
    if (!entry) return undefined;
    const state = this.stateOf(meeting, entry);
    if (entry.listedUntil <= this.clock.now()) return { state };
    const { enteredAt, awaySince } = entry.guest;
    return { state, listed: { enteredAt, awaySince, decidedAt: entry.decidedAt } };
  }

  async enter(meeting: Meeting, guest: Arrival): Promise<Place> {
    await this.clock.sleep(0);
    const key = keyOf(meeting.key, guest.id);
    const place = guest.place ?? this.nextNumber(meeting);
    const known = this.entries.get(key);
    const isListed = known !== undefined && known.listedUntil > this.clock.now();
    const until = this.clock.now() + UNCONNECTED_MS;
    if (!known) this.put(meeting, { ...guest, place, state: 'waiting' }, until);
    else if (isListed) this.happened(meeting, known, 'here');
    else this.relist(known, until);
    if (guest.place !== undefined && !isListed) this.backInQueue(meeting, key);
    const state = known ? this.stateOf(meeting, known) : 'waiting';
    return { state, pass: pass(key, `guest.${meeting.id}.${guest.id}`), board: boardOf(meeting), place };
  }

  private nextNumber({ key }: Meeting): number {
    const number = (this.numbers.get(key) ?? 0) + 1;
    this.numbers.set(key, number);
    return number;
  }

  async free(meeting: Meeting, places: readonly number[]): Promise<void> {
    await this.clock.sleep(0);
    this.onBoard(meeting, (board) => ({ ...board, freed: free(board.freed, places) }));
  }

  private backInQueue(meeting: Meeting, key: string): void {
    const { place, state } = this.entries.get(key)?.guest ?? {};
    if (place === undefined || state !== 'waiting') return;
    this.onBoard(meeting, (board) => ({ ...board, freed: takeBack(board.freed, place) }));
  }

  private onBoard(meeting: Meeting, change: (board: BoardView) => BoardView): void {
    const object = boardOf(meeting);
    this.lobby.showBoard(object, change(this.lobby.board(object) ?? { freed: [] }));
  }

  async tellAll(meeting: Meeting, message: HostMessage): Promise<void> {
    await this.clock.sleep(0);
    this.onBoard(meeting, (board) => ({ ...board, messages: withMessage(board.messages, message) }));
  }

  async tellOne(meeting: Meeting, guestId: string, message: HostMessage): Promise<GuestState | undefined> {
    await this.clock.sleep(0);
    const key = keyOf(meeting.key, guestId);
    const entry = this.entries.get(key);
    const state = entry && this.stateOf(meeting, entry);
    const view = this.lobby.view(key);
    if (state === 'waiting' && view?.state === 'waiting') {
      this.lobby.show(key, { ...view, messages: withMessage(view.messages, message) });
    }
    return state;
  }

  async update(
    meeting: Meeting,
    guestId: string,
    decide: (current: GuestState) => GuestState | 'gone',
  ): Promise<Decided> {
    await this.clock.sleep(0);
    const key = keyOf(meeting.key, guestId);
    const known = this.entries.get(key);
    if (!known) return { state: undefined, listed: true };
    const state = decide(this.stateOf(meeting, known));
    const { place } = known.guest;
    if (state === known.guest.state) return { state, listed: true, place };
    if (state === 'gone') {
      this.entries.delete(key);
      this.lobby.forget(key);
      return { state: undefined, listed: true, place };
    }
    this.put(meeting, { ...present(known.guest), state }, meeting.expiresAt, this.clock.now());
    return { state, listed: true, place };
  }

  async list(meeting: Meeting): Promise<{ guests: Guest[]; complete: boolean }> {
    await this.clock.sleep(0);
    const guests = [...this.entries]
      .filter(([key, { listedUntil }]) => key.startsWith(`${meeting.key}:`) && listedUntil > this.clock.now())
      .map(([, { guest }]) => guest)
      .toSorted((a, b) => a.enteredAt - b.enteredAt || (a.id < b.id ? -1 : 1));
    this.onBoard(meeting, (board) => ({ ...board, freed: free(board.freed, unborne(guests)) }));
    return { guests, complete: true };
  }

  async show(meeting: Meeting, guestIds: readonly string[]): Promise<void> {
    await this.clock.sleep(0);
    for (const guestId of guestIds) {
      const entry = this.entries.get(keyOf(meeting.key, guestId));
      if (entry) this.put(meeting, entry.guest, entry.listedUntil, entry.decidedAt);
    }
  }

  async presence(meeting: Meeting, identity: string, connected: boolean): Promise<void> {
    await this.clock.sleep(0);
    const key = keyOf(meeting.key, identity.split('.')[2] ?? '');
    const entry = this.entries.get(key);
    if (!entry) return;
    const wasListed = entry.listedUntil > this.clock.now();
    if (!wasListed && !connected) return;
    if (!wasListed) this.relist(entry, meeting.expiresAt);
    this.happened(meeting, entry, connected ? 'connected' : 'disconnected');
    if (!wasListed) this.backInQueue(meeting, key);
  }

  async attend(meeting: Meeting, guest: Arrival, event: 'here' | 'hidden' | 'away'): Promise<void> {
    await this.clock.sleep(0);
    const key = keyOf(meeting.key, guest.id);
    const entry = this.entries.get(key);
    if (!entry) return;
    const wasListed = entry.listedUntil > this.clock.now();
    if (!wasListed && event !== 'here') return;
    if (!wasListed) this.relist(entry, this.clock.now() + UNCONNECTED_MS);
    this.happened(meeting, entry, event);
    if (!wasListed) this.backInQueue(meeting, key);
  }

  /** Back on the list, as if for the first time. */
  private relist(entry: Entry, until: number): void {
    entry.guest = present(entry.guest);
    entry.listedUntil = until;
  }

  private happened(meeting: Meeting, entry: Entry, event: AttendanceEvent): void {
    const now = this.clock.now();
    const whole = meeting.expiresAt - now;
    const isLasting = entry.listedUntil - now >= Math.min(AWAY_GRACE_MS, whole);
    const before = entry.guest;
    const { guest, stay } = attend(before, event, isLasting, now);
    entry.guest = guest;
    if (stay === 'whole') entry.listedUntil = meeting.expiresAt;
    else if (stay !== 'asItIs' && 'exactly' in stay) entry.listedUntil = now + stay.exactly;
    else if (stay !== 'asItIs') entry.listedUntil = Math.max(entry.listedUntil, now + stay.atLeast);
    const { place } = guest;
    if (place === undefined || (before.awaySince === undefined) === (guest.awaySince === undefined)) return;
    const freed = (board: BoardView) =>
      guest.awaySince === undefined ? takeBack(board.freed, place) : free(board.freed, [place]);
    this.onBoard(meeting, (board) => ({ ...board, freed: freed(board) }));
  }

  meetingIdOf(identity: string): string | undefined {
    const [kind, meetingId] = identity.split('.');
    return kind === 'guest' ? meetingId : undefined;
  }

  private stateOf(meeting: Meeting, { guest }: Entry): GuestState {
    return isRemoved(meeting, guest.id) ? 'removed' : guest.state;
  }

  private put(meeting: Meeting, guest: Guest, listedUntil: number, decidedAt?: number): void {
    const key = keyOf(meeting.key, guest.id);
    this.entries.set(key, { guest, listedUntil, ...(decidedAt === undefined ? {} : { decidedAt }) });
    this.lobby.show(key, guestView(guest, meeting));
  }
}

const boardOf = ({ key }: Meeting): string => `board-${key}`;

const keyOf = (meetingKey: string, guestId: string): string => `${meetingKey}:${guestId}`;

/** The token opens nothing outside this process. */
const pass = (object: string, identity: string): Pass => ({
  object,
  identity,
  token: `in-process:${identity}`,
  connectOptions: {},
});
