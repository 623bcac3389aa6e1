/** What somebody who joins is given. */
import type { JoinPass, MediaServer } from '../ports/media-server';

export interface Joined extends JoinPass {
  readonly roomId: string;
  /** Public: how the others see the bearer. */
  readonly identity: string;
  readonly provider: MediaServer['provider'];
}

/** Needed when connecting, and again after a network was lost; not for the length of the call. */
export const JOIN_TOKEN_SECONDS = 3600;
