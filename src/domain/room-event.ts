/** What happened in a room, in one shape whichever vendor tells of it. */
export interface RoomEvent {
  readonly provider: 'twilio' | 'livekit' | '100ms';
  /** Names the event: it is the same when it is told again. */
  readonly id: string;
  /** `room-ended`: nobody is in it any more, of those who came before. It may begin anew. */
  readonly kind: 'joined' | 'left' | 'room-ended';
  readonly roomId: string;
  /** As the vendor calls it. */
  readonly roomName: string;
  /** Who joined or left; undefined for `room-ended`. */
  readonly peer?: {
    /** Of this one connection. */
    readonly id: string;
    /** As it stands in the token. */
    readonly identity: string;
    /** When the connection began, ms since epoch, where the vendor says so. */
    readonly joinedAt?: number;
  };
  /** When it happened, ms since epoch; events may be told late and in any order. */
  readonly at: number;
}
