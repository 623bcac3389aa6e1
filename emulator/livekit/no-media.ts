/** What clients are told who come for media. */

/** `livekit-client` shows the text of a 403 to whoever called it, and does not try again. */
export const NO_MEDIA =
  'this is an emulator of the LiveKit API and carries no media. Install livekit-server (https://docs.livekit.io/home/self-hosting/local/) so that it is on the PATH, and start again; or set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET of a server that runs.';
