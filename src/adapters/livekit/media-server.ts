/** LiveKit as a media server: rooms by its RoomService, join tokens for browsers. */
import { randomBytes } from 'node:crypto';
import { together } from '../../domain/in-parallel';
import { mediaNameOf } from '../../domain/room';
import type { Clock } from '../../ports/clock';
import type {
  Bearer,
  JoinPass,
  LastingRoom,
  MediaServer,
  Participant,
  RoomOptions,
  TestPass,
} from '../../ports/media-server';
import type { Upstream } from '../../upstream/upstream';
import { accessToken } from './access-token';
import { nextRoom } from './opening';
import {
  foundOrUndefined,
  type ParticipantInfo,
  RoomService,
  type RoomServiceSettings,
} from './room-service';
import { fitting, nameIn, shownAs } from './names';

export interface LiveKitSettings extends RoomServiceSettings {
  /** Where a browser connects to: `wss://…`, or where it came to us when we pass it on. */
  readonly socketUrl: string;
}

/** Seconds: a host who looks for the right camera first must still find the room. */
const UNUSED_ROOM_SECONDS = 3600;
/** Seconds without anybody; a host who comes back later gets a fresh room. */
const EMPTY_ROOM_SECONDS = 300;
/**
 * Seconds within which a token has to be used. The server gives a new one to whoever connects, and again every
 * five minutes, which is good for as long as this: a shorter life would take nothing away from a token that is kept.
 */
const TOKEN_SECONDS = 600;
/** Seconds by which every token of a room that was closed has expired; the server forgives a minute. */
const HELD_SECONDS = TOKEN_SECONDS + 120;
/** What marks a room that was closed, and is held so that nobody brings it back. */
const CLOSED = 'closed';

const STATES = { JOINING: 'joining', JOINED: 'joined', ACTIVE: 'active' } as const;

export class LiveKit implements MediaServer {
  readonly provider = 'livekit';
  /** Whoever comes with a token brings it back. */
  readonly roomsStay = true;
  private readonly rooms: RoomService;

  constructor(
    private readonly settings: LiveKitSettings,
    upstream: Upstream,
    private readonly clock: Clock,
  ) {
    this.rooms = new RoomService(settings, upstream, clock);
  }

  async openRoom(name: string, { maxParticipants, lastId }: RoomOptions): Promise<string> {
    let roomId = lastId === undefined ? name : nextRoom(name, lastId);
    // An existing room is answered as it stands, so racing calls agree.
    while ((await this.create(roomId, shape(maxParticipants))) === CLOSED) roomId = nextRoom(name, roomId);
    return roomId;
  }

  async lastingRoom(
    name: string,
    { maxParticipants }: Pick<RoomOptions, 'maxParticipants'>,
  ): Promise<LastingRoom> {
    const id = await this.openRoom(mediaNameOf(name), { maxParticipants });
    return { id, details: { max_participants: maxParticipants } };
  }

  async isOpen(roomId: string): Promise<boolean> {
    const { rooms } = await this.rooms.call('ListRooms', { roomList: true }, { names: [roomId] });
    return rooms.some(({ name, metadata }) => name === roomId && metadata !== CLOSED);
  }

  async closeRoom(name: string, lastId?: string): Promise<void> {
    await together([
      this.holdClosed(lastId ?? name),
      // Somebody may have opened it after the one that is known of, without living to say so or give a token away.
      lastId === undefined ? undefined : this.end(nextRoom(name, lastId)),
    ]);
  }

  /**
   * Ends a room and takes its place. The server makes a room for any token that is still valid; of one that is there
   * it keeps to the limits, and the least that can be said is one participant. So until all tokens have expired,
   * nobody who kept one meets anybody, whether or not a webhook tells us of them.
   */
  private async holdClosed(room: string): Promise<void> {
    const shape = { emptyTimeout: HELD_SECONDS, departureTimeout: HELD_SECONDS, maxParticipants: 1 };
    // Again, where a token was quicker.
    do await this.end(room);
    while ((await this.create(room, { ...shape, metadata: CLOSED })) !== CLOSED);
  }

  private async end(room: string): Promise<void> {
    await foundOrUndefined(this.rooms.call('DeleteRoom', { roomCreate: true }, { room }));
  }

  /** @returns the metadata of the room of that name, new or as it was. */
  private async create(name: string, shape: object): Promise<string> {
    const room = await this.rooms.call('CreateRoom', { roomCreate: true }, { name, ...shape });
    return room.metadata;
  }

  async participants(roomId: string): Promise<Participant[]> {
    const call = this.rooms.call('ListParticipants', { roomAdmin: true, room: roomId }, { room: roomId });
    const found = await foundOrUndefined(call);
    return (found?.participants ?? []).flatMap(participantFrom);
  }

  /** The vendor puts out whoever comes by an identity again. */
  connections(roomId: string): Promise<Participant[]> {
    return this.participants(roomId);
  }

  async removeParticipant(roomId: string, { identity }: Pick<Participant, 'identity'>): Promise<void> {
    const grant = { roomAdmin: true, room: roomId };
    await foundOrUndefined(this.rooms.call('RemoveParticipant', grant, { room: roomId, identity }));
  }

  joinPass(
    roomId: string,
    { identity, name, role, metadata, attributes }: Bearer,
    ttl: number,
    { maxParticipants }: Pick<RoomOptions, 'maxParticipants'>,
  ): Promise<JoinPass> {
    const carried = fitting(identity);
    const token = accessToken(
      this.settings,
      {
        identity: carried,
        ttl: Math.min(ttl, TOKEN_SECONDS),
        ...(metadata === undefined ? {} : { metadata }),
        ...shownAs(name, attributes),
        video: {
          room: roomId,
          roomJoin: true,
          canPublish: true,
          canSubscribe: true,
          canPublishData: true,
          ...(role === 'host' ? { roomAdmin: true } : {}),
        },
        // A room that has emptied is brought back by whoever joins with a token for it.
        roomConfig: shape(maxParticipants),
      },
      this.clock.now(),
    );
    return Promise.resolve({ identity: carried, token, url: this.settings.socketUrl, connectOptions: {} });
  }

  /** A room of its own for one, which is gone as soon as it is empty; to send to, and for nothing else. */
  testPass(ttl: number): Promise<TestPass> {
    const roomId = `test-${randomBytes(16).toString('hex')}`;
    const token = accessToken(
      this.settings,
      {
        identity: roomId,
        ttl,
        video: { room: roomId, roomJoin: true, canPublish: true, canSubscribe: false, canPublishData: false },
        roomConfig: { maxParticipants: 1, emptyTimeout: ttl, departureTimeout: 1 },
      },
      this.clock.now(),
    );
    return Promise.resolve({
      roomId,
      identity: roomId,
      token,
      url: this.settings.socketUrl,
      connectOptions: {},
    });
  }
}

const shape = (maxParticipants: number) => ({
  maxParticipants,
  emptyTimeout: UNUSED_ROOM_SECONDS,
  departureTimeout: EMPTY_ROOM_SECONDS,
});

function participantFrom(info: ParticipantInfo): Participant[] {
  const { sid: id, identity, state, joined_at } = info;
  if (state === 'DISCONNECTED') return [];
  return [{ id, identity, name: nameIn(info), state: STATES[state], joinedAt: Number(joined_at) * 1000 }];
}
