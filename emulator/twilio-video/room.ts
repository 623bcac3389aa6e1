/** The data of rooms, their participants and tracks, and which state may follow which. */
import { randomBytes } from 'node:crypto';

export type RoomStatus = 'in-progress' | 'completed';
export type ParticipantStatus = 'connected' | 'reconnecting' | 'disconnected';
export type ParticipantEvent = 'socketLost' | 'resume' | 'leave';

/** state × event → next state. A pair that is absent is refused. */
export const PARTICIPANT_TRANSITIONS = {
  // A client may resume on a new socket before the loss of the old one was noticed.
  connected: { socketLost: 'reconnecting', resume: 'connected', leave: 'disconnected' },
  reconnecting: { resume: 'connected', leave: 'disconnected' },
  disconnected: {},
} as const satisfies Record<ParticipantStatus, Partial<Record<ParticipantEvent, ParticipantStatus>>>;

/** Why a participant is no longer in the room; the signalling tells each leaver in the vendor's own way. */
export type DisconnectReason =
  'left' | 'removed' | 'duplicate-identity' | 'duration-exceeded' | 'session-expired' | 'room-completed';

/** What the creator of a room chooses, validated; times in the units of the vendor's parameters. */
export interface RoomSettings {
  readonly uniqueName?: string;
  readonly maxParticipants: number;
  /** Seconds. */
  readonly maxParticipantDuration: number;
  /** Minutes. */
  readonly emptyRoomTimeout: number;
  /** Minutes. */
  readonly unusedRoomTimeout: number;
  readonly statusCallback: string | null;
  readonly statusCallbackMethod: 'GET' | 'POST';
  readonly recordParticipantsOnConnect: boolean;
  readonly videoCodecs: readonly string[];
  readonly mediaRegion: string;
  readonly audioOnly: boolean;
  readonly largeRoom: boolean;
}

export interface Room {
  /** `RM…` */
  readonly sid: string;
  /** Position in order of creation, unique in the account. */
  readonly ordinal: number;
  /** The SID where the creator chose none. */
  readonly uniqueName: string;
  readonly settings: RoomSettings;
  /** Milliseconds since the epoch, like all times here. */
  readonly createdAt: number;
  updatedAt: number;
  endedAt: number | null;
  status: RoomStatus;
  /** In order of arrival, those who left included. */
  readonly participants: Participant[];
}

export interface Participant {
  /** `PA…` */
  readonly sid: string;
  /** Position in order of arrival, unique in the room. */
  readonly ordinal: number;
  readonly identity: string;
  readonly room: Room;
  readonly startedAt: number;
  updatedAt: number;
  endedAt: number | null;
  status: ParticipantStatus;
  /** Set once the participant is disconnected. */
  reason: DisconnectReason | null;
  /** By the publisher's own id of the track. */
  tracks: ReadonlyMap<string, Track>;
}

export interface TrackState {
  /** The publisher's id: the `msid` in its SDP, or the label of its data channel. */
  readonly id: string;
  readonly kind: 'audio' | 'video' | 'data';
  readonly name: string;
  readonly enabled: boolean;
  readonly priority: string;
}

export interface Track extends TrackState {
  /** `MT…` */
  readonly sid: string;
}

/** A SID as Twilio's: two letters and 32 hexadecimal digits. */
export const newSid = (prefix: 'RM' | 'PA' | 'MT'): string => prefix + randomBytes(16).toString('hex');

/** Everybody who holds a place in the room: connected, or expected back. */
export const present = (room: Room): Participant[] =>
  room.participants.filter((participant) => participant.status !== 'disconnected');

/** Whole seconds between two times in milliseconds. */
export const seconds = (from: number, to: number): number => Math.round((to - from) / 1000);
