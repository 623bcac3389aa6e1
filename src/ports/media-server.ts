/** The vendor whose rooms carry audio and video. */
export interface Participant {
  readonly id: string;
  /** As it stands in the participant's token. */
  readonly identity: string;
  /** ms since epoch. */
  readonly joinedAt: number;
}

export interface JoinPass {
  readonly token: string;
  /** Options for the vendor's browser SDK; `{}` on the vendor's own cloud. */
  readonly connectOptions: Readonly<Record<string, unknown>>;
}

export interface MediaServer {
  /** As clients see it in a response. */
  readonly provider: 'twilio';

  /**
   * The id of the live room of that name, made if there is none; two callers at once get one room.
   * Cost: 1 call, 2 when the room is there already.
   */
  openRoom(name: string, options: { readonly maxParticipants: number }): Promise<string>;

  /** Whether the room can still be joined. Cost: 1 call. */
  isOpen(roomId: string): Promise<boolean>;

  /** Ends the live room of that name for everybody; there may be none. Cost: 1 call. */
  closeRoom(name: string): Promise<void>;

  /** Those connected now; empty when the room has closed. Cost: 1 call per page. */
  participants(roomId: string): Promise<Participant[]>;

  /** Puts a participant out of the room; one who is gone already is fine. Cost: 1 call. */
  removeParticipant(roomId: string, participantId: string): Promise<void>;

  /** A token for this one room and this one identity. @param ttl seconds. Cost: none. */
  joinPass(roomId: string, identity: string, ttl: number): Promise<JoinPass>;
}
