/** The limits of the front port, each with its unit and its source. */
export const LIMITS = {
  /** Twilio Functions refuse a request over 1 MB; the local runtime would take 6 MiB. */
  bodyBytes: 1024 * 1024,
  /** Twilio Functions answer 431 above 15 kB or 90 headers. */
  headerBytes: 15 * 1024,
  headerCount: 90,
  /** Longer addresses are refused before the HTTP parser's own limit cuts the connection. */
  urlBytes: 8 * 1024,
  /** The local runtime refuses more form parameters and silently drops more query parameters. */
  parameters: 1000,
  /** An error body longer than this is replaced unread: no answer of ours is that long. */
  errorBodyBytes: 64 * 1024,
  /** Twilio Functions are cut off after 10 s (504); the local runtime waits for ever. */
  answerMs: 10_000,
  /** How long a request waits for functions that are being restarted. */
  restartMs: 4_000,
  /** Requests of one client's address, of which many may be behind one router. */
  requests: { burst: 400, perSecond: 200 },
  /** A client has this long to send its headers, and its whole request. */
  headersMs: 10_000,
  requestMs: 20_000,
  /** A connection on which nothing moves in either direction is closed. */
  idleMs: 120_000,
  /** LiveKit repeats an event for a few minutes at most. */
  rememberedEvents: 10_000,
  /** What Node parses before it gives up: above our own limits, so that we can answer in our own words. */
  parserBytes: 64 * 1024,
} as const;
