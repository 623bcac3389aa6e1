/** The vendor's limits, in one place: https://www.twilio.com/docs/video/programmable-video-limits and the Rooms resource. */

export const ROOM_NAME_MAX_CHARACTERS = 128;
export const IDENTITY_MAX_CHARACTERS = 128;

/** Participants at once: https://www.twilio.com/docs/api/errors/53107 */
export const MAX_PARTICIPANTS = { least: 1, most: 50, standard: 50 } as const;

/** Minutes that a room stays open without anybody in it: https://www.twilio.com/docs/api/errors/53109 */
export const ROOM_TIMEOUT_MINUTES = { least: 1, most: 60, standard: 5 } as const;

/** Seconds that one participant may stay: https://www.twilio.com/docs/api/errors/53123 */
export const PARTICIPANT_DURATION_SECONDS = { least: 600, most: 86_400, standard: 14_400 } as const;

/** A room is completed after a day, whoever is in it. */
export const ROOM_DURATION_SECONDS = 86_400;

/** Answered in `max_concurrent_published_tracks`; not enforced. */
export const MAX_CONCURRENT_PUBLISHED_TRACKS = 170;

/** How long a client without a socket may come back: `DEFAULT_SESSION_TIMEOUT_SEC` of twilio-video. */
export const SESSION_TIMEOUT_SECONDS = 30;

/**
 * Not the vendor's: without a media server every participant sends to every other, and a browser on an ordinary
 * machine encodes about five outgoing streams before pictures stall.
 */
export const MESH_MAX_PARTICIPANTS = 6;

/** https://www.twilio.com/docs/video/ip-addresses#media-servers; `gll` is "wherever is nearest". */
export const MEDIA_REGIONS = ['au1', 'br1', 'de1', 'gll', 'ie1', 'in1', 'jp1', 'sg1', 'us1', 'us2'] as const;
