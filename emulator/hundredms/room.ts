/** Rooms, sessions and peers as the emulator keeps them. All times are ms since epoch. */
import { randomBytes } from 'node:crypto';
import type { TrackState } from './signalling/messages';

/** What a caller may say of a room beside its name and whether it is enabled. */
export interface RoomSettings {
  readonly description: string;
  readonly templateId: string;
  readonly region: string;
  readonly largeRoom: boolean;
  /** How many peers may join; 0: as many as there is place for. */
  readonly size: number;
  /** Seconds; undefined: without end. */
  readonly maxDuration?: number | undefined;
}

export interface Room {
  readonly id: string;
  /** For tests of a connection: in nobody's account, listed nowhere, and no webhook tells of it. */
  readonly isVendors: boolean;
  name: string;
  enabled: boolean;
  settings: RoomSettings;
  readonly createdAt: number;
  updatedAt: number;
  /** While somebody is in it. */
  session: Session | undefined;
}

export interface Session {
  readonly id: string;
  readonly startedAt: number;
  /** By id. */
  readonly peers: Map<string, Peer>;
}

export interface Peer {
  readonly id: string;
  readonly room: Room;
  readonly session: Session;
  /** Of the token; several peers may have the same. */
  readonly userId: string;
  /** What the client calls itself. */
  name: string;
  /** Whatever else the client says of itself. */
  data: string;
  readonly role: string;
  readonly joinedAt: number;
  /** What it sends, by id; empty for those who joined without a client. */
  readonly tracks: Map<string, TrackState>;
  /** Why and when the peer left; undefined while in the room. */
  left: { readonly reason: LeaveReason; readonly message: string; readonly at: number } | undefined;
}

/** https://www.100ms.live/docs/server-side/v2/how-to-guides/configure-webhooks/webhook#peer-leave-reason */
export type LeaveReason = 'client request' | 'peer kicked';

/** 24 hexadecimal digits, the first eight of them the time in seconds, as the vendor's ids are. */
export const newId = (now: number): string =>
  Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0') + randomBytes(8).toString('hex');
