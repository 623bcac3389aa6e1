/** Who waits for a meeting, what they watch, and what the host watches. */
import type { Standing } from '../domain/explanation';
import type { Guest, GuestState } from '../domain/guest';
import type { HostMessage } from '../domain/host-message';
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

/** Where a guest of a `manual` meeting stands. */
export interface Place {
  readonly state: GuestState;
  /** To what this guest alone watches. */
  readonly pass: Pass;
  /** SID of what all who wait watch, with the same token: the queue and what the host says to all. */
  readonly board: string;
  /** The number in the queue. */
  readonly place: number;
}

/** What all who wait for a `manual` meeting can read. Nothing in it says who they are. */
export interface BoardView {
  /** See src/domain/queue.ts. */
  readonly freed: readonly number[];
  /** Oldest first. */
  readonly messages?: readonly HostMessage[];
}

/** Somebody who waits, apart from what was decided. */
export type Arrival = Omit<Guest, 'state'>;

export interface Decided {
  /** undefined: there is no record of the guest (any more). */
  readonly state: GuestState | undefined;
  /** false, if `prompt`: the host's list could not take the change now; {@link WaitingRoom.list} catches up. */
  readonly listed: boolean;
  /** The number in the queue, where the list knows it. */
  readonly place?: number | undefined;
}

export interface WaitingRoom {
  /** What every guest of an `auto` meeting watches. Cost: none. */
  lobbyPass(meeting: Meeting): Pass;

  /** What the host watches: the map of guests, made on first need. Cost: 2 calls. */
  hostPass(meeting: Meeting): Promise<Pass>;

  /** What was decided upon a guest of a `manual` meeting; undefined before entry. Cost: 1 read. */
  find(meeting: Pick<Meeting, 'key'>, guestId: string): Promise<GuestState | undefined>;

  /** The same, with what the host's list says of it; undefined when there is no record. Cost: 2 reads at once. */
  standing(meeting: Meeting, guestId: string): Promise<Standing | undefined>;

  /**
   * Records a newcomer, or finds what is there, and puts the guest on the host's list unless turned away. One
   * without a number in the queue is given the next; one who was away is there again.
   * Cost: 5 writes; for one who comes back 3 reads, 4 writes, and 1 each for whose number was free.
   */
  enter(meeting: Meeting, guest: Arrival): Promise<Place>;

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
   * records and mended as far as possible. Numbers in the queue that nobody bears any more are freed, but not in the
   * minute after they were given out: whoever took one may not be listed yet.
   * Cost: 1 read per 100 guests. Where a number before the last is nobody's who waits: 1 read of the queue, unless this
   * request has read it; 1 more if it is not free, and to free it 1 read, 1 write and the list once more.
   * @returns `complete`: whether the stored list is now right.
   */
  list(meeting: Meeting): Promise<{ readonly guests: Guest[]; readonly complete: boolean }>;

  /**
   * Shows these guests what `meeting` now means for them (a fresh room, the end).
   * Cost: 1 read per guest, 1 write for each who was shown something else.
   */
  show(meeting: Meeting, guestIds: readonly string[]): Promise<void>;

  /**
   * Tells those behind that the bearers of these numbers wait no more.
   * Cost: 1 read; 1 write unless it is known.
   */
  free(meeting: Meeting, places: readonly number[]): Promise<void>;

  /**
   * Puts a message where this guest alone reads it.
   * @returns what was decided upon the guest: only one who is `waiting` was told; undefined without a record.
   * Cost: 1 read, 1 write.
   */
  tellOne(meeting: Meeting, guestId: string, message: HostMessage): Promise<GuestState | undefined>;

  /** Puts a message where all guests of a `manual` meeting read it. Cost: 1 read, 1 write. */
  tellAll(meeting: Meeting, message: HostMessage): Promise<void>;

  /**
   * The guest's page says whether somebody is there. Whoever is here is put back on the host's list if need be.
   * Cost: 1 read; 1 write if that is news; 1 read of the queue for who is here or away, and 1 write if it changes.
   */
  attend(meeting: Meeting, guest: Arrival, event: 'here' | 'hidden' | 'away'): Promise<void>;

  /**
   * The guest's browser came or went: one who stays away leaves the host's list within a minute, or after the grace of
   * those whose page was out of sight (src/domain/absence.ts).
   * @param identity the SDK identity of a {@link Pass}; one that is no guest's of this meeting is ignored.
   */
  presence(meeting: Meeting, identity: string, connected: boolean): Promise<void>;

  /** The number of the meeting that the bearer of this SDK identity waits for, if it waits in a list. */
  meetingIdOf(identity: string): string | undefined;
}
