/** Every limit of Twilio Sync that the emulator enforces. Source unless said otherwise: https://www.twilio.com/docs/sync/limits */

const KIB = 1024;

/** Serialised JSON of a document, list item or map item, and of a stream message. */
export const LARGEST_DATA_BYTES = 16 * KIB;
export const LARGEST_MESSAGE_BYTES = 4 * KIB;

/** Per top-level object; a map or list counts with all its items. */
export const WRITES_PER_SECOND = 20;
export const READS_PER_SECOND = 20;
/**
 * A write of this size or less costs one; a larger one as many as it is larger, so that 10 KiB come down to the two
 * writes a second that the vendor names. No write costs more than ten.
 */
export const CHEAP_WRITE_BYTES = 1 * KIB;
export const DEAREST_WRITE = 10;

export const STREAM_MESSAGES_PER_SECOND = 30;
/** Reads and writes of one object's permissions together. */
export const PERMISSION_REQUESTS_PER_SECOND = 80;
/** Per service; the vendor says so only on https://www.twilio.com/docs/api/errors/54009. */
export const CREATIONS_PER_SECOND = 20;

/** Per account. */
export const CONNECTIONS = 7_000;
export const CONNECTIONS_PER_SECOND = 110;
export const UPSTREAM_PER_SECOND = 20_000;
/** Per connection. */
export const CONNECTION_UPSTREAM_PER_SECOND = 500;
/** https://www.twilio.com/docs/api/errors/54419 */
export const SUBSCRIPTIONS_PER_CONNECTION = 2_000;

/** Seconds; https://www.twilio.com/docs/api/errors/54011 */
export const LONGEST_TTL_SECONDS = 365 * 24 * 60 * 60;

/** Characters, by the REST descriptions; the error dictionary still has the older 256 for names and keys. */
export const LONGEST_NAME = 320;
export const LONGEST_KEY = 320;
export const LONGEST_IDENTITY = 256;
/** https://www.twilio.com/docs/api/errors/54053 and 54051 */
export const LONGEST_FRIENDLY_NAME = 255;
export const LONGEST_WEBHOOK_URL = 512;

/** Milliseconds; https://www.twilio.com/docs/sync/api/service */
export const DEBOUNCING_WINDOW_MS = { least: 1_000, usual: 5_000, most: 30_000 };

/** How long before its expiry a client is asked for a fresh token, in milliseconds. */
export const TOKEN_WARNING_MS = 3 * 60 * 1000;

/** Not the vendor's, but what keeps one bad client from hurting the others. */
export const LARGEST_FRAME_BYTES = 256 * KIB;
/** What may wait unsent for a client that does not read; it may come back and have it replayed. */
export const MOST_UNSENT_BYTES = 4 * KIB * KIB;
/** How long a socket may stay open without a token. */
export const INIT_DEADLINE_MS = 10_000;
export const PING_INTERVAL_MS = 30_000;
/** Objects in one subscription request; told to the clients, which obey it. */
export const SUBSCRIPTION_BATCH = 1_000;
