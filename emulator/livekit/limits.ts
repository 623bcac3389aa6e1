/** The vendor's numbers, in one place: livekit-server 1.13.5, `pkg/config/config.go` and `protocol/auth/verifier.go`. */

/** Bytes of UTF-8. */
export const ROOM_NAME_MAX_BYTES = 256;
export const IDENTITY_MAX_BYTES = 256;
export const PARTICIPANT_NAME_MAX_BYTES = 256;
export const METADATA_MAX_BYTES = 512 * 1024;
/** Names and values of a participant's attributes together. */
export const ATTRIBUTES_MAX_BYTES = 64 * 1024;

/** Seconds that a room waits for its first participant. */
export const EMPTY_TIMEOUT_SECONDS = 300;
/** Seconds that a room waits after its last one. */
export const DEPARTURE_TIMEOUT_SECONDS = 20;

/** By how much a token's times may differ from the server's clock. */
export const TOKEN_LEEWAY_SECONDS = 60;
/** How long the token of a webhook is valid. */
export const WEBHOOK_TOKEN_SECONDS = 300;

export const CODECS = [
  'audio/PCMU',
  'audio/PCMA',
  'audio/opus',
  'audio/red',
  'video/VP8',
  'video/H264',
  'video/VP9',
  'video/AV1',
  'video/H265',
  'video/rtx',
] as const;
