/**
 * The vendor's numbers, in one place: https://www.100ms.live/docs/server-side/v2, pages "Create via API",
 * "Make API calls" and "Webhooks".
 */

export const PAGE_SIZE = { least: 10, most: 100, usual: 10 } as const;

/** Peers of a room that is not a large one; 0 means as many as that. */
export const ROOM_MAX_SIZE = 2500;
export const SESSION_SECONDS = { least: 120, most: 43_200 } as const;
export const REGIONS = ['auto', 'eu', 'in', 'us'] as const;

/** The alphabet is documented, the length is not: this is ours, so that it is never relied on to be endless. */
export const ROOM_NAME = /^[A-Za-z0-9.\-:_]{1,256}$/;

/** Seconds before each further attempt to deliver a webhook, counted from the attempt before it. */
export const WEBHOOK_RETRY_SECONDS = [1, 3, 10] as const;

/**
 * Calls a second. The vendor documents that there is a limit ("rate limit exceeded, retry after … seconds") and
 * not how much it is; this one is ours.
 */
export const CALLS_PER_SECOND = 100;

/** Of clients' signalling. None of these is documented; all are ours, so that nothing is endless. */
export const MESSAGE_BYTES = 256 * 1024;
export const BROADCAST_BYTES = 50_000;
export const NAME_LENGTH = 1000;
export const TRACKS = 20;
/** A client that says more at once is no client. */
export const MESSAGES_PER_SECOND = 200;
/** How long a client whose socket broke keeps its place; its SDK tries again for a minute. */
export const RECONNECT_SECONDS = 30;
/** A client says `ping` every 3 s. */
export const SILENCE_SECONDS = 20;
/** Of a token for a test of a connection; see `diagnostics.ts`. */
export const TEST_TOKEN_SECONDS = 600;
/** For a socket whose client never joins. */
export const JOIN_SECONDS = 60;
