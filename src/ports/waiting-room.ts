/** Who waits for a meeting, what they watch, and what the host watches. */
import type { Standing } from '../domain/explanation';
import type { Guest, GuestState } from '../domain/guest';
import type { Meeting } from '../domain/meeting';

/** What a browser needs to open one object through the push channel's SDK. */
export interface Pass {
  /** SID of the one object that the token can read. */
  readonly object: string;
  /** The SDK identity inside the token; not a ticket. */
  readonly identity: string;
  readonly token: string;
  /** Options for the SDK's constructor; `{}` on the vendor's own cloud. */
  readonly connectOptions: Readonly<Record<string, unknown>>;
}

/** Somebody who waits, apart from what was decided. */
export type Arrival = Omit<Guest, 'state'>;

export interface Decided {
  /** undefined: there is no record of the guest (any more). */
  readonly state: GuestState | undefined;
  /** false, if `prompt`: the host's list could not take the change now; {@link WaitingRoom.list} catches up. */
  readonly listed: boolean;
}

export interface WaitingRoom {
  /** What every guest of an `auto` meeting watches. Cost: none. */
  lobbyPass(meeting: Meeting): Pass;

  /** What the host watches: the map of guests, made on first need. Cost: 2 calls. */
  hostPass(meeting: Meeting): Promise<Pass>;

  /** What was decided upon a guest of a `manual` meeting; undefined before entry. Cost: 1 read. */
  find(meeting: Pick<Meeting, 'key' | 'expiresAt'>, guestId: string): Promise<GuestState | undefined>;

  /** The same, with what the host's list says of it; undefined when there is no record. Cost: 2 reads at once. */
  standing(meeting: Meeting, guestId: string): Promise<Standing | undefined>;

  /**
   * Records a newcomer, or finds what is there, and puts the guest on the host's list unless turned away.
   * @returns what was decided, and what this guest watches. Cost: 1 read, 3 writes.
   */
  enter(meeting: Meeting, guest: Arrival): Promise<{ readonly state: GuestState; readonly pass: Pass }>;

  /**
   * Applies `decide` to the guest's record, tells the guest, and brings the host's list up to date.
   * @param decide pure; `gone` forgets the guest. Not called when there is no record.
   * @param manner `prompt` among many: what the host's list cannot take at once is left for later.
   * @throws what `decide` throws. Cost: 2 reads, 2 writes.
   */
  update(
    meeting: Meeting,
    guestId: string,
    decide: (current: GuestState) => GuestState | 'gone',
    manner: 'patient' | 'prompt',
  ): Promise<Decided>;

  /**
   * The host's list, oldest first. Where it lags (`meeting.listBehind`) it is checked against the guests' own
   * records and mended as far as possible. Cost: 1 read per 100 guests.
   * @returns `complete`: whether the stored list is now right.
   */
  list(meeting: Meeting): Promise<{ readonly guests: Guest[]; readonly complete: boolean }>;

  /**
   * Shows these guests what `meeting` now means for them (a fresh room, the end).
   * Cost: 1 read per guest, 1 write for each who was shown something else.
   */
  show(meeting: Meeting, guestIds: readonly string[]): Promise<void>;

  /**
   * The guest's browser came or went: one who stays away leaves the host's list within a minute.
   * @param identity the SDK identity of a {@link Pass}; one that is no guest's of this meeting is ignored.
   */
  presence(meeting: Meeting, identity: string, connected: boolean): Promise<void>;

  /** The number of the meeting that the bearer of this SDK identity waits for, if it waits in a list. */
  meetingIdOf(identity: string): string | undefined;
}
