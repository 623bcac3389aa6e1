/** What somebody who joins is given. */
import type { JoinPass, MediaServer } from '../ports/media-server';

/** The `identity` is public: how the others see the bearer. */
export interface Joined extends JoinPass {
  readonly roomId: string;
  readonly provider: MediaServer['provider'];
}

/** Needed when connecting, and again after a network was lost; not for the length of the call. */
export const JOIN_TOKEN_SECONDS = 3600;
