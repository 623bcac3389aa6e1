/** The waiting room in this process: what the port promises, without a vendor. For tests of use cases. */
import type { Standing } from '../../domain/explanation';
import { type Guest, type GuestState, guestView } from '../../domain/guest';
import { isRemoved, type Meeting } from '../../domain/meeting';
import type { Clock } from '../../ports/clock';
import type { Arrival, Decided, Pass, WaitingRoom } from '../../ports/waiting-room';
import type { MemoryLobby } from './lobby';

/** A guest who is not connected stays on the list for so long. */
const UNCONNECTED_MS = 60_000;
const GONE_MS = 30_000;

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
    return { state, listed: { enteredAt: entry.guest.enteredAt, decidedAt: entry.decidedAt } };
  }

  async enter(meeting: Meeting, guest: Arrival): Promise<{ state: GuestState; pass: Pass }> {
    await this.clock.sleep(0);
    const key = keyOf(meeting.key, guest.id);
    const known = this.entries.get(key);
    const until = this.clock.now() + UNCONNECTED_MS;
    if (known) known.listedUntil = Math.max(known.listedUntil, until);
    else this.put(meeting, { ...guest, state: 'waiting' }, until);
    const state = known ? this.stateOf(meeting, known) : 'waiting';
    return { state, pass: pass(key, `guest.${meeting.id}.${guest.id}`) };
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
    if (state === known.guest.state) return { state, listed: true };
    if (state === 'gone') {
      this.entries.delete(key);
      this.lobby.forget(key);
      return { state: undefined, listed: true };
    }
    this.put(meeting, { ...known.guest, state }, meeting.expiresAt, this.clock.now());
    return { state, listed: true };
  }

  async list(meeting: Meeting): Promise<{ guests: Guest[]; complete: boolean }> {
    await this.clock.sleep(0);
    const guests = [...this.entries]
      .filter(([key, { listedUntil }]) => key.startsWith(`${meeting.key}:`) && listedUntil > this.clock.now())
      .map(([, { guest }]) => guest)
      .toSorted((a, b) => a.enteredAt - b.enteredAt || (a.id < b.id ? -1 : 1));
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
    const entry = this.entries.get(keyOf(meeting.key, identity.split('.')[2] ?? ''));
    if (!entry) return;
    if (connected) entry.listedUntil = meeting.expiresAt;
    else if (entry.guest.state === 'waiting') entry.listedUntil = this.clock.now() + GONE_MS;
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

const keyOf = (meetingKey: string, guestId: string): string => `${meetingKey}:${guestId}`;

/** The token opens nothing outside this process. */
const pass = (object: string, identity: string): Pass => ({
  object,
  identity,
  token: `in-process:${identity}`,
  connectOptions: {},
});
