/** Rooms and participants as the emulator keeps them. */
import { randomBytes } from 'node:crypto';

export type DisconnectReason =
  'CLIENT_INITIATED' | 'DUPLICATE_IDENTITY' | 'PARTICIPANT_REMOVED' | 'ROOM_DELETED' | 'ROOM_CLOSED';

export interface RoomSettings {
  /** Seconds. */
  readonly emptyTimeout: number;
  /** Seconds. */
  readonly departureTimeout: number;
  /** 0: as many as come. */
  readonly maxParticipants: number;
  readonly metadata: string;
}

export interface Room {
  /** `RM_…` */
  readonly sid: string;
  readonly name: string;
  readonly settings: RoomSettings;
  metadata: string;
  /** ms since epoch, like all times here. */
  readonly createdAt: number;
  readonly turnPassword: string;
  /** By identity. */
  readonly participants: Map<string, Participant>;
}

export interface Permission {
  readonly canSubscribe: boolean;
  readonly canPublish: boolean;
  readonly canPublishData: boolean;
  readonly canUpdateMetadata: boolean;
  readonly hidden: boolean;
}

export interface Track {
  /** `TR_…` */
  readonly sid: string;
  readonly type: 'AUDIO' | 'VIDEO';
  readonly source: string;
  readonly name: string;
  muted: boolean;
}

export interface Participant {
  /** `PA_…` */
  readonly sid: string;
  readonly identity: string;
  readonly room: Room;
  readonly joinedAt: number;
  name: string;
  metadata: string;
  attributes: Readonly<Record<string, string>>;
  permission: Permission;
  readonly tracks: Track[];
  version: number;
  /** Set once the participant is out. */
  reason: DisconnectReason | undefined;
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** An id as LiveKit's: two letters, an underscore and twelve characters that are not mistaken for each other. */
export const newSid = (prefix: 'RM' | 'PA' | 'TR' | 'EV'): string =>
  `${prefix}_${Array.from(randomBytes(12), (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
