/** The limits of the gateway's sockets, each with its unit and its reason. */
export const LIVE_LIMITS = {
  /** What a client may send at once: a room's name and a user's id are far below. */
  messageBytes: 64 * 1024,
  /** Sockets of one client's address: an office behind one router. */
  socketsPerClient: 1_000,
  /** New sockets of one address: such an office may come back at once. */
  connects: { burst: 1_000, perSecond: 200 },
  /** New sockets of one user at one address: each is a write of the user's presence, of which Sync takes few. */
  connectsPerUser: { burst: 100, perSecond: 2 },
  /** Of one address so many sockets are asked for at a time: a flood leaves room for others. */
  connectingAtOnce: 12,
  /** Messages of one socket: a page may watch all the rooms that it lists when it opens. */
  messages: { burst: 300, perSecond: 10 },
  /** Rooms that one socket may be in or watch. */
  roomsPerSocket: 300,
  /** Bytes that wait for a client who reads too slowly, before it is given up. */
  unreadBytes: 256 * 1024,
  /** Messages kept for one socket whose connecting is not answered yet. */
  heldMessages: 200,
  /** Calls of which a socket's latest event is remembered, so that none is told twice. */
  rememberedCalls: 16,
  /** Twilio Functions run 30 requests at a time; the others wait here, but for those that are urgent. */
  requestsAtOnce: 24,
  /** Moments at which calls or rooms are to be looked at: as many calls as could ring at once through one gateway. */
  reminders: 10_000,
  /** Sockets, calls or rooms in one request to the functions. */
  batch: 100,
} as const;

/** How long things take, in milliseconds; a test may be less patient. */
export interface Pace {
  /** Every socket is asked once in this time whether it lives, and given up when it has not answered by the next. */
  readonly pingMs: number;
  /** How long a socket's connecting may take, and how long it waits for a gateway that is not ready. */
  readonly connectMs: number;
  /** How long one request to the functions may take: a little more than Twilio gives them. */
  readonly requestMs: number;
  /** Closed sockets are reported together after this time. */
  readonly reportMs: number;
  /** First and longest wait between attempts to reach functions that are away. */
  readonly retryMs: number;
  readonly slowestRetryMs: number;
  /** Mailboxes that were out of reach for longer may have lost items: every socket is asked for anew. */
  readonly mailboxGapMs: number;
  /** Every socket is announced anew in this time: the functions remember none for more than a day. */
  readonly refreshMs: number;
  /** On the way out sockets are closed within this time, so that they come back to others one after another. */
  readonly drainMs: number;
  /** A client that was told goodbye has this long to say it, too. */
  readonly farewellMs: number;
}

export const PACE: Pace = {
  pingMs: 12_000,
  connectMs: 8_000,
  requestMs: 11_000,
  reportMs: 50,
  retryMs: 100,
  slowestRetryMs: 3_000,
  mailboxGapMs: 20_000,
  refreshMs: 6 * 3_600_000,
  drainMs: 500,
  farewellMs: 500,
};
