/** Owns every room, session and peer, and the rules of their life. It knows of no transport. */
import { randomUUID } from 'node:crypto';
import type { Cancel, Clock } from '../twilio/clock';
import { HmsError, sessionNotFound } from './errors';
import { ROOM_MAX_SIZE } from './limits';
import { type LeaveReason, newId, type Peer, type Room, type RoomSettings, type Session } from './room';

export type HmsEvent =
  | { readonly type: 'session.open.success'; readonly room: Room; readonly session: Session }
  | { readonly type: 'session.close.success'; readonly room: Room; readonly session: Session }
  | { readonly type: 'peer.join.success' | 'peer.leave.success'; readonly peer: Peer }
  | {
      readonly type: 'room.end.success';
      readonly room: Room;
      readonly session: Session;
      readonly isLocked: boolean;
      readonly reason: string;
    };

export interface Newcomer {
  /** Chosen by the client, of which there is one by that id; made here unless given. */
  readonly id?: string;
  readonly userId: string;
  readonly name: string;
  readonly data?: string;
  readonly role: string;
}

const DEFAULTS: Omit<RoomSettings, 'templateId'> = {
  description: '',
  region: 'auto',
  largeRoom: false,
  size: 0,
};

export class HmsState {
  readonly #rooms = new Map<string, Room>();
  /** Names are case-insensitive. */
  readonly #byName = new Map<string, Room>();
  readonly #endings = new Map<Session, Cancel>();

  constructor(
    private readonly clock: Clock,
    private readonly defaultTemplate: string,
    private readonly tell: (event: HmsEvent) => void,
  ) {}

  /** Newest first, as the vendor lists them. */
  get rooms(): readonly Room[] {
    return [...this.#rooms.values()].filter(({ isVendors }) => !isVendors).toReversed();
  }

  findRoom(id: string): Room | undefined {
    return this.#rooms.get(id);
  }

  /** The room of that name, brought up to date as far as something was said, or a new one. */
  ensureRoom(name = randomUUID() as string, wanted: Partial<RoomSettings> = {}): Room {
    const existing = this.#byName.get(name.toLowerCase());
    if (existing) return this.update(existing, { settings: wanted });
    const room = this.#make(name, wanted, false);
    this.#byName.set(name.toLowerCase(), room);
    return room;
  }

  /** A room for one who tests a connection. It is gone with them. */
  openTestRoom(): Room {
    return this.#make(randomUUID(), { size: 1 }, true);
  }

  /** Disabling leaves a session alone that is under way; only the next one cannot begin. */
  update(
    room: Room,
    { enabled = room.enabled, settings = {} }: { enabled?: boolean; settings?: Partial<RoomSettings> },
  ): Room {
    room.enabled = enabled;
    room.settings = { ...room.settings, ...settings };
    room.updatedAt = this.clock.now();
    return room;
  }

  /**
   * A new peer, also beside one of the same user.
   * @throws {HmsError} 403 for a room that is disabled or full
   */
  join(room: Room, newcomer: Newcomer): Peer {
    if (!room.enabled && !room.session) throw new HmsError(403, 'room is not active');
    const { size } = room.settings;
    const places = size > 0 ? size : ROOM_MAX_SIZE;
    if ((room.session?.peers.size ?? 0) >= places) throw new HmsError(403, 'room is full');
    const session = room.session ?? this.#open(room);
    const peer: Peer = {
      id: randomUUID(),
      data: '',
      ...newcomer,
      room,
      session,
      joinedAt: this.clock.now(),
      tracks: new Map(),
      left: undefined,
    };
    session.peers.set(peer.id, peer);
    this.tell({ type: 'peer.join.success', peer });
    return peer;
  }

  /** Harmless for somebody who is out already. */
  leave(peer: Peer, reason: LeaveReason, message = ''): void {
    if (peer.left) return;
    peer.left = { reason, message, at: this.clock.now() };
    peer.session.peers.delete(peer.id);
    this.tell({ type: 'peer.leave.success', peer });
    if (peer.session.peers.size === 0) this.#close(peer.room, peer.session);
  }

  /** Ends the session for everybody in it. @throws {HmsError} 404 when there is none; the room stays as it is then. */
  end(room: Room, { lock, reason }: { lock: boolean; reason: string }): void {
    const { session } = room;
    if (!session) throw sessionNotFound();
    if (lock) this.update(room, { enabled: false });
    this.tell({ type: 'room.end.success', room, session, isLocked: lock, reason });
    for (const peer of session.peers.values()) this.leave(peer, 'peer kicked', reason);
  }

  /** Forgets everything, and tells nobody. */
  reset(): void {
    for (const cancel of this.#endings.values()) cancel();
    this.#endings.clear();
    this.#rooms.clear();
    this.#byName.clear();
  }

  #make(name: string, wanted: Partial<RoomSettings>, isVendors: boolean): Room {
    const now = this.clock.now();
    const room: Room = {
      id: newId(now),
      isVendors,
      name,
      enabled: true,
      settings: { ...DEFAULTS, templateId: this.defaultTemplate, ...wanted },
      createdAt: now,
      updatedAt: now,
      session: undefined,
    };
    this.#rooms.set(room.id, room);
    return room;
  }

  #open(room: Room): Session {
    const now = this.clock.now();
    const session: Session = { id: newId(now), startedAt: now, peers: new Map() };
    room.session = session;
    const { maxDuration } = room.settings;
    if (maxDuration !== undefined) {
      const end = (): void => this.end(room, { lock: false, reason: 'max duration reached' });
      this.#endings.set(session, this.clock.after(maxDuration * 1000, end));
    }
    this.tell({ type: 'session.open.success', room, session });
    return session;
  }

  #close(room: Room, session: Session): void {
    this.#endings.get(session)?.();
    this.#endings.delete(session);
    room.session = undefined;
    if (room.isVendors) this.#rooms.delete(room.id);
    this.tell({ type: 'session.close.success', room, session });
  }
}
