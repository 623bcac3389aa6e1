/**
 * Watching the waiting room live, in words of our own: a guest watches what was decided, a host who waits.
 * The push channel's SDK is loaded when waiting starts.
 */
import type { EnterWaitingRoomResponse, GuestEntry, WaitingRoomResponse } from '../../api/meetings';
import type { BoardView, GuestView } from './guest-view';

export interface WatchEvents<Shown> {
  /** As it is now: at the start, at every change, and again after every reconnect. */
  readonly shown: (shown: Shown) => void;
  readonly connection: (state: 'live' | 'lost') => void;
  /** What it was opened with is no longer good, or soon will not be: ask the server for a new pass. */
  readonly expired: () => void;
}

export interface Watch {
  close(): void;
}

export type GuestPass = Pick<EnterWaitingRoomResponse, 'document' | 'board' | 'token' | 'connect_options'>;
export type HostPass = Pick<WaitingRoomResponse, 'map' | 'token' | 'connect_options'>;

export interface GuestEvents extends WatchEvents<GuestView> {
  /** As it is now, likewise; late or never where it cannot be had: nobody waits for it. */
  readonly board?: (board: BoardView) => void;
}

export interface Lobby {
  watchAsGuest(pass: GuestPass, events: GuestEvents): Watch;
  watchAsHost(pass: HostPass, events: WatchEvents<readonly GuestEntry[]>): Watch;
}

/** @throws Error when the code does not come through */
export const loadLobby = async (): Promise<Lobby> => (await import('./twilio/lobby')).lobby;
