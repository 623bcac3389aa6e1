/** Owns every room and participant, and the rules of their life: names, places, time. It knows of no transport. */
import type { Cancel, Clock } from '../twilio/clock';
import { videoError } from './errors';
import type { RoomEvent, RoomListener } from './events';
import { MESH_MAX_PARTICIPANTS, ROOM_DURATION_SECONDS } from './limits';
import {
  newSid,
  PARTICIPANT_TRANSITIONS,
  present,
  type DisconnectReason,
  type Participant,
  type ParticipantEvent,
  type ParticipantStatus,
  type Room,
  type RoomSettings,
  type TrackState,
} from './room';
import { Timers } from './timers';
import { changedTracks } from './tracks';

export interface VideoStateOptions {
  readonly clock: Clock;
  /** How long a participant without a socket keeps the place, in seconds. */
  readonly sessionTimeoutSeconds: number;
  readonly log: (line: string) => void;
}

export class VideoState {
  readonly #options: VideoStateOptions;
  readonly #listeners: RoomListener[] = [];
  readonly #rooms = new Map<string, Room>();
  /** Names of rooms in progress only: a completed room's name is free again. */
  readonly #byName = new Map<string, Room>();
  #roomTimers = new Timers<Room>();
  #participantTimers = new Timers<Participant>();
  #created = 0;

  constructor(options: VideoStateOptions) {
    this.#options = options;
  }

  /** Listeners hear every event once, in the order in which they subscribed. */
  listen(listener: RoomListener): void {
    this.#listeners.push(listener);
  }

  /** Newest first, completed ones included. */
  get rooms(): Room[] {
    return [...this.#rooms.values()].toReversed();
  }

  /** By SID always; by unique name only while in progress. */
  findRoom(sidOrName: string): Room | undefined {
    return this.#rooms.get(sidOrName) ?? this.#byName.get(sidOrName);
  }

  /** @throws {VendorError} 53113 while a room of that name is in progress */
  createRoom(settings: RoomSettings): Room {
    const sid = newSid('RM');
    const uniqueName = settings.uniqueName ?? sid;
    if (this.#byName.has(uniqueName) || this.#rooms.has(uniqueName)) throw videoError(53113);
    const now = this.#now();
    const room: Room = {
      sid,
      ordinal: ++this.#created,
      uniqueName,
      settings,
      createdAt: now,
      updatedAt: now,
      endedAt: null,
      status: 'in-progress',
      participants: [],
    };
    this.#rooms.set(sid, room);
    this.#byName.set(uniqueName, room);
    this.#roomTimers.set(
      room,
      'duration',
      this.#after(ROOM_DURATION_SECONDS, () => this.complete(room)),
    );
    this.#completeUnlessJoined(room, settings.unusedRoomTimeout);
    this.#tell({ type: 'room-created', room });
    return room;
  }

  /** Ends the room for everybody in it. @throws {VendorError} 53112 unless it is in progress */
  complete(room: Room): void {
    if (room.status !== 'in-progress') throw videoError(53112);
    for (const participant of present(room)) this.disconnect(participant, 'room-completed');
    const now = this.#now();
    Object.assign(room, { status: 'completed', updatedAt: now, endedAt: now });
    this.#byName.delete(room.uniqueName);
    this.#roomTimers.cancelAll(room);
    this.#tell({ type: 'room-ended', room });
  }

  /**
   * Takes a place. Who is in the room by the same identity loses theirs.
   *
   * @throws {VendorError} 53118 for a completed room, 53105 for a full one
   */
  connect(room: Room, identity: string): Participant {
    if (room.status !== 'in-progress') throw videoError(53118);
    const twins = present(room).filter((other) => other.identity === identity);
    this.#checkPlace(room, present(room).length - twins.length);
    for (const twin of twins) this.disconnect(twin, 'duplicate-identity');
    this.#roomTimers.cancel(room, 'nobody');
    const participant = this.#newParticipant(room, identity);
    room.participants.push(participant);
    const overstay = (): void => this.disconnect(participant, 'duration-exceeded');
    const limit = this.#after(room.settings.maxParticipantDuration, overstay);
    this.#participantTimers.set(participant, 'duration', limit);
    this.#tell({ type: 'participant-connected', room, participant });
    return participant;
  }

  /** The socket is gone without a goodbye: the place is kept for the session timeout. */
  loseSocket(participant: Participant): void {
    if (!this.#move(participant, 'socketLost')) return;
    const expire = (): void => this.disconnect(participant, 'session-expired');
    this.#participantTimers.set(
      participant,
      'session',
      this.#after(this.#options.sessionTimeoutSeconds, expire),
    );
    this.#tell({ type: 'participant-reconnecting', room: participant.room, participant });
  }

  /** Back on a new socket. @throws {VendorError} 53204 if the place was lost meanwhile */
  resume(participant: Participant): void {
    const wasAway = participant.status === 'reconnecting';
    if (!this.#move(participant, 'resume')) throw videoError(53204);
    this.#participantTimers.cancel(participant, 'session');
    if (wasAway) this.#tell({ type: 'participant-reconnected', room: participant.room, participant });
  }

  /** Harmless for somebody who is out already. */
  disconnect(participant: Participant, reason: DisconnectReason): void {
    if (!this.#move(participant, 'leave')) return;
    const { room } = participant;
    Object.assign(participant, { reason, endedAt: this.#now() });
    this.#participantTimers.cancelAll(participant);
    this.#tell({ type: 'participant-disconnected', room, participant });
    if (room.status === 'in-progress' && present(room).length === 0) {
      this.#completeUnlessJoined(room, room.settings.emptyRoomTimeout);
    }
  }

  /** Replaces what a participant publishes by `states`; a track keeps its SID as long as it stays published. */
  publish(participant: Participant, states: readonly TrackState[]): void {
    const { room } = participant;
    const { tracks, changes, changed } = changedTracks(participant.tracks, states);
    if (!changed) return;
    Object.assign(participant, { tracks, updatedAt: this.#now() });
    for (const change of changes) this.#tell({ ...change, room, participant });
    this.#tell({ type: 'participant-updated', room, participant });
  }

  /** Forgets everything, and tells nobody. */
  reset(): void {
    this.#roomTimers.clear();
    this.#participantTimers.clear();
    this.#rooms.clear();
    this.#byName.clear();
  }

  #checkPlace(room: Room, others: number): void {
    const { maxParticipants } = room.settings;
    if (others < Math.min(maxParticipants, MESH_MAX_PARTICIPANTS)) return;
    const why =
      others < maxParticipants
        ? `the room allows ${maxParticipants}, but here everybody sends to everybody (there is no media server), and that ends at ${MESH_MAX_PARTICIPANTS}`
        : `the room allows ${maxParticipants} (MaxParticipants)`;
    this.#options.log(`${room.uniqueName}: one more participant refused with 53105: ${why}`);
    throw videoError(53105);
  }

  #newParticipant(room: Room, identity: string): Participant {
    const now = this.#now();
    return {
      sid: newSid('PA'),
      ordinal: room.participants.length + 1,
      identity,
      room,
      startedAt: now,
      updatedAt: now,
      endedAt: null,
      status: 'connected',
      reason: null,
      tracks: new Map(),
    };
  }

  #completeUnlessJoined(room: Room, minutes: number): void {
    this.#roomTimers.set(
      room,
      'nobody',
      this.#after(minutes * 60, () => this.complete(room)),
    );
  }

  #move(participant: Participant, event: ParticipantEvent): boolean {
    const transitions: Partial<Record<ParticipantEvent, ParticipantStatus>> =
      PARTICIPANT_TRANSITIONS[participant.status];
    const next = transitions[event];
    if (next === undefined) return false;
    participant.status = next;
    participant.updatedAt = this.#now();
    return true;
  }

  #now(): number {
    return this.#options.clock.now();
  }

  #after(delaySeconds: number, run: () => void): Cancel {
    return this.#options.clock.after(delaySeconds * 1000, run);
  }

  #tell(event: RoomEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
