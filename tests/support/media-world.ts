/** What the contract of a media server needs to know of the adapter under it. */
import type { JoinPass, MediaServer } from '../../src/ports/media-server';

/** Somebody who is connected through the vendor's client, or as it would be. */
export interface Attendee {
  /** Whether the vendor has put this one out, as the client learns of it. */
  isOut(): boolean;
  leave(): Promise<void>;
}

export interface MediaWorld {
  /** As each request has it. */
  media(): MediaServer;
  /** With credentials that the vendor does not know; undefined where there are none. */
  strangers?(): MediaServer;
  /** Where nothing listens, with little time to find that out; undefined where there is no network. */
  unreachable?(): MediaServer;
  /** @throws when the vendor refuses. */
  connect(roomId: string, pass: JoinPass): Promise<Attendee>;
  /** The vendor lets somebody in beside somebody else of the same identity, and puts neither out. */
  readonly letsTwinsIn?: boolean;
  /** ms since epoch, as the vendor sees it. */
  now(): number;
  close(): Promise<void>;
}
