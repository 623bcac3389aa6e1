/** Owns every room and participant, and the rules of their life: names, places, time. It knows of no transport. */
import { randomBytes } from 'node:crypto';
import type { Cancel, Clock } from '../twilio/clock';
import { PlainError } from './errors';
import { DEPARTURE_TIMEOUT_SECONDS, EMPTY_TIMEOUT_SECONDS } from './limits';
import {
  newSid,
  type DisconnectReason,
  type Participant,
  type Permission,
  type Room,
  type RoomSettings,
  type Track,
} from './room';

export type RoomEvent =
  | { readonly event: 'room_started' | 'room_finished'; readonly room: Room }
  | {
      readonly event: 'participant_joined' | 'participant_left';
      readonly room: Room;
      readonly participant: Participant;
    }
  | {
      readonly event: 'track_published';
      readonly room: Room;
      readonly participant: Participant;
      readonly track: Track;
    };

export interface Newcomer extends Pick<Participant, 'identity' | 'name' | 'metadata' | 'attributes'> {
  readonly permission: Permission;
}

const DEFAULTS: RoomSettings = {
  emptyTimeout: EMPTY_TIMEOUT_SECONDS,
  departureTimeout: DEPARTURE_TIMEOUT_SECONDS,
  maxParticipants: 0,
  metadata: '',
};

export class LiveKitState {
  readonly #rooms = new Map<string, Room>();
  readonly #closings = new Map<Room, Cancel>();

  constructor(
    private readonly clock: Clock,
    private readonly tell: (event: RoomEvent) => void,
  ) {}

  get rooms(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  findRoom(name: string): Room | undefined {
    return this.#rooms.get(name);
  }

  /** The room of that name: the one that is there, as it is, or a new one. */
  ensureRoom(name: string, wanted: Partial<RoomSettings>): Room {
    const existing = this.#rooms.get(name);
    if (existing) return existing;
    const settings = { ...DEFAULTS, ...wanted };
    const room: Room = {
      sid: newSid('RM'),
      name,
      settings,
      metadata: settings.metadata,
      createdAt: this.clock.now(),
      turnPassword: randomBytes(32).toString('base64url'),
      participants: new Map(),
    };
    this.#rooms.set(name, room);
    this.#closeIn(room, settings.emptyTimeout);
    this.tell({ event: 'room_started', room });
    return room;
  }

  /** Ends it for everybody in it; harmless for one that has ended. */
  close(room: Room, reason: DisconnectReason): void {
    if (this.#rooms.get(room.name) !== room) return;
    this.#stopClosing(room);
    this.#rooms.delete(room.name);
    for (const participant of room.participants.values()) this.#part(participant, reason);
    this.tell({ event: 'room_finished', room });
  }

  /**
   * Takes a place. Who is in the room by the same identity loses theirs.
   * @throws {PlainError} 500 for a full room: that is what the server answers.
   */
  join(room: Room, newcomer: Newcomer): Participant {
    const twin = room.participants.get(newcomer.identity);
    const others = room.participants.size - (twin ? 1 : 0);
    const { maxParticipants } = room.settings;
    if (maxParticipants > 0 && others >= maxParticipants) {
      throw new PlainError(500, 'room has exceeded its max participants');
    }
    if (twin) this.#part(twin, 'DUPLICATE_IDENTITY');
    this.#stopClosing(room);
    const participant: Participant = {
      ...newcomer,
      sid: newSid('PA'),
      room,
      joinedAt: this.clock.now(),
      tracks: [],
      version: 2,
      reason: undefined,
    };
    room.participants.set(participant.identity, participant);
    this.tell({ event: 'participant_joined', room, participant });
    return participant;
  }

  /** Harmless for somebody who is out already. */
  leave(participant: Participant, reason: DisconnectReason): void {
    const { room } = participant;
    if (participant.reason !== undefined) return;
    this.#part(participant, reason);
    if (room.participants.size === 0) this.#closeIn(room, room.settings.departureTimeout);
  }

  publish(participant: Participant, track: Omit<Track, 'sid' | 'muted'>): Track {
    const published = { ...track, sid: newSid('TR'), muted: false };
    participant.tracks.push(published);
    participant.version += 1;
    this.tell({ event: 'track_published', room: participant.room, participant, track: published });
    return published;
  }

  /** Forgets everything, and tells nobody. */
  reset(): void {
    for (const cancel of this.#closings.values()) cancel();
    this.#closings.clear();
    this.#rooms.clear();
  }

  #part(participant: Participant, reason: DisconnectReason): void {
    const { room } = participant;
    Object.assign(participant, { reason, version: participant.version + 1 });
    room.participants.delete(participant.identity);
    this.tell({ event: 'participant_left', room, participant });
  }

  #closeIn(room: Room, seconds: number): void {
    this.#stopClosing(room);
    const cancel = this.clock.after(seconds * 1000, () => this.close(room, 'ROOM_CLOSED'));
    this.#closings.set(room, cancel);
  }

  #stopClosing(room: Room): void {
    this.#closings.get(room)?.();
    this.#closings.delete(room);
  }
}
