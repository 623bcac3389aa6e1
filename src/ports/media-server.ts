/** The vendor whose rooms carry audio and video. */
export interface Participant {
  readonly id: string;
  /** As it stands in the participant's token. */
  readonly identity: string;
  /** What the others are shown; '' when nobody was named. */
  readonly name: string;
  /** `active` once media can flow. */
  readonly state: 'joining' | 'joined' | 'active';
  /** ms since epoch. */
  readonly joinedAt: number;
}

/** Whom a token is for. */
export interface Bearer {
  readonly identity: string;
  /** Shown to the others, where the vendor has a place for names; everywhere it is also part of the identity. */
  readonly name?: string;
  /** A host may moderate the room, where the vendor lets a participant do that. */
  readonly role: 'host' | 'guest';
  /** What the vendor calls the bearer's role, where it has roles of its own; else `role` says it. */
  readonly roleName?: string;
  /** Shown to the others, where the vendor has a place for it. */
  readonly metadata?: string;
  /** Likewise. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface JoinPass {
  /** Of the bearer, as the vendor carries it: what was asked for, cut where it was too long. */
  readonly identity: string;
  readonly token: string;
  /** Where the vendor's browser SDK connects to, where it has to be told: `wss://…`. */
  readonly url?: string;
  /** Options for the vendor's browser SDK; `{}` on the vendor's own cloud. */
  readonly connectOptions: Readonly<Record<string, unknown>>;
}

/** What a browser measures its way to the vendor with. */
export interface TestPass extends JoinPass {
  /** Nobody else is there, nor will be. */
  readonly roomId: string;
}

/** How to make a room. */
export interface RoomOptions {
  readonly maxParticipants: number;
  /** The room of this name that has closed, as far as is known: the new one gets another id. */
  readonly lastId?: string | undefined;
}

/** A room that stays, whoever comes and goes. */
export interface LastingRoom {
  /** By which the other calls know it. */
  readonly id: string;
  /** What else the vendor says of it. */
  readonly details: Readonly<Record<string, unknown>>;
}

export interface MediaServer {
  /** As clients see it in a response. */
  readonly provider: 'twilio' | 'livekit' | '100ms';

  /** Whether a room that everybody has left can be joined as it is; else {@link lastingRoom} opens it again. */
  readonly roomsStay: boolean;

  /**
   * The room of that name, made if there is none; the same name, of any script, is the same room for ever.
   * Cost: 1 call, 2 when the room is there already.
   */
  lastingRoom(name: string, options: Pick<RoomOptions, 'maxParticipants'>): Promise<LastingRoom>;

  /**
   * The id of the live room of that name, made if there is none; two callers at once, who know of the same last
   * room, get one. A token for an earlier room of this name opens nothing here.
   * Cost: 1 call, 2 when the room is there already; at 100ms 1 for each room of this name that is passed over.
   */
  openRoom(name: string, options: RoomOptions): Promise<string>;

  /** Whether the room can still be joined. Cost: 1 call. */
  isOpen(roomId: string): Promise<boolean>;

  /**
   * Ends the live room of that name for everybody; there may be none. Nobody meets anybody there any more, whatever
   * tokens they have kept.
   * @param lastId the last room of this name that is known of; it may be the one, or its predecessor.
   * Cost: 1 call; at LiveKit 2, beside 1 for a successor; at 100ms 3, of which one waits for another.
   */
  closeRoom(name: string, lastId?: string): Promise<void>;

  /** Those connected now, each identity once; empty when the room has closed. Cost: 1 call per page. */
  participants(roomId: string): Promise<Participant[]>;

  /** The same, an identity as often as it is connected: at 100ms that may be several times. Cost: 1 call per page. */
  connections(roomId: string): Promise<Participant[]>;

  /**
   * Puts a participant out of the room, however often they are in it by that identity; one who is gone already is
   * fine. Cost: 1 call; at 100ms 2 at once, and 1 for each further connection.
   */
  removeParticipant(roomId: string, participant: Pick<Participant, 'id' | 'identity'>): Promise<void>;

  /**
   * A token for this one room and this one bearer. Cost: none.
   * @param ttl seconds, more than 0; fewer where the vendor renews the tokens of those who are connected
   * @param options as the room was made: whoever comes after it has emptied may bring it back.
   */
  joinPass(
    roomId: string,
    bearer: Bearer,
    ttl: number,
    options: Pick<RoomOptions, 'maxParticipants'>,
  ): Promise<JoinPass>;

  /**
   * A token for a browser that wants to know how good its way to the vendor is. It lets the bearer see, hear and meet
   * nobody. Missing, or undefined, where the vendor has nothing of the kind. Cost: none; at 100ms 1 call.
   * @param ttl seconds, more than 0; at 100ms the vendor says for how long
   */
  testPass?(ttl: number): Promise<TestPass | undefined>;
}
