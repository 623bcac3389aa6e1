/** What the contract of the waiting room needs to know of the adapters under it. */
import type { Joined } from '../../src/app/join-token';
import type { WaitingRoomServices } from '../../src/app/services';
import type { LobbyView } from '../../src/domain/meeting';
import type { BoardView, Pass } from '../../src/ports/waiting-room';

export interface World {
  /** Fresh services, as each request has them. */
  services(): WaitingRoomServices;
  /** What the bearer of the pass sees in the object that it opens. */
  view(pass: Pass): Promise<LobbyView | undefined>;
  /** What those who wait for a meeting with manual admission see, beside their own documents. */
  board(object: string): Promise<BoardView | undefined>;
  /** Joins the video room as the vendor's SDK would. */
  connect(joined: Joined): Promise<void>;
  /** Whether the vendor has a live room of that name. */
  hasLiveRoom(name: string): Promise<boolean>;
  advance(ms: number): void;
  close(): Promise<void>;
}
