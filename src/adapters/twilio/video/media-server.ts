/** Twilio Video as a media server: group rooms by REST, join tokens for browsers. */
import { randomBytes } from 'node:crypto';
import V1 from 'twilio/lib/rest/video/V1';
import { nameOfIdentity } from '../../../domain/guest';
import { mediaNameOf } from '../../../domain/room';
import type {
  Bearer,
  JoinPass,
  LastingRoom,
  MediaServer,
  Participant,
  RoomOptions,
  TestPass,
} from '../../../ports/media-server';
import type { Upstream } from '../../../upstream/upstream';
import { accessToken } from '../access-token';
import { foundOrUndefined, isTwilioError, type TwilioAccount, twilioDomain } from '../client';

export interface VideoSettings {
  readonly account: TwilioAccount;
  /** `https://video.twilio.com`, or a local emulator. */
  readonly apiOrigin: string;
  /** Set when the service is emulated: where a browser finds its signalling socket, as it came to us. */
  readonly socketUrl?: string;
  /** Where the vendor reports what happens in our rooms, if it can reach us. */
  readonly statusCallback?: string;
}

const ROOM_EXISTS = 53113;
const ROOM_NOT_IN_PROGRESS = 53112;
/** Minutes (1 to 60): a host who looks for the right camera first must still find the room. */
const UNUSED_ROOM_MINUTES = 60;
/** Minutes (1 to 60) without anybody; a host who comes back later gets a fresh room. */
const EMPTY_ROOM_MINUTES = 5;
const PAGE_SIZE = 100;

export class TwilioVideo implements MediaServer {
  readonly provider = 'twilio';
  readonly roomsStay = false;
  private readonly api: V1;

  constructor(
    private readonly settings: VideoSettings,
    upstream: Upstream,
  ) {
    this.api = new V1(twilioDomain(settings.apiOrigin, settings.account, upstream));
  }

  async openRoom(name: string, { maxParticipants }: Pick<RoomOptions, 'maxParticipants'>): Promise<string> {
    // The room that is there may close between the two calls; then the name is free for the next try.
    for (;;) {
      const room = (await this.createRoom(name, maxParticipants)) ?? (await this.liveRoom(name));
      if (room !== undefined) return room;
    }
  }

  /** Known by its name: its SID changes whenever it has emptied and is opened again. */
  async lastingRoom(
    name: string,
    { maxParticipants }: Pick<RoomOptions, 'maxParticipants'>,
  ): Promise<LastingRoom> {
    const id = mediaNameOf(name);
    const sid = await this.openRoom(id, { maxParticipants });
    return { id, details: { sid, max_participants: maxParticipants } };
  }

  /** @returns undefined when a live room has this name. */
  private async createRoom(name: string, maxParticipants: number): Promise<string | undefined> {
    const { statusCallback } = this.settings;
    try {
      const room = await this.api.rooms.create({
        uniqueName: name,
        type: 'group',
        maxParticipants,
        unusedRoomTimeout: UNUSED_ROOM_MINUTES,
        emptyRoomTimeout: EMPTY_ROOM_MINUTES,
        ...(statusCallback === undefined ? {} : { statusCallback }),
      });
      return room.sid;
    } catch (error) {
      if (isTwilioError(error, 400, ROOM_EXISTS)) return undefined;
      throw error;
    }
  }

  /** Names lead to live rooms only. https://www.twilio.com/docs/video/api/rooms-resource */
  private async liveRoom(name: string): Promise<string | undefined> {
    return (await foundOrUndefined(this.api.rooms(name).fetch()))?.sid;
  }

  async isOpen(roomId: string): Promise<boolean> {
    const room = await foundOrUndefined(this.api.rooms(roomId).fetch());
    return room?.status === 'in-progress';
  }

  async closeRoom(name: string): Promise<void> {
    try {
      await foundOrUndefined(this.api.rooms(name).update({ status: 'completed' }));
    } catch (error) {
      if (!isTwilioError(error, 400, ROOM_NOT_IN_PROGRESS)) throw error;
    }
  }

  async participants(roomId: string): Promise<Participant[]> {
    const found = await foundOrUndefined(
      this.api.rooms(roomId).participants.list({ status: 'connected', pageSize: PAGE_SIZE }),
    );
    // Of a room that has closed the vendor lists everybody, whatever was asked for.
    const connected = (found ?? []).filter(({ status }) => status === 'connected');
    return connected.map(({ sid, identity, startTime }) => ({
      id: sid,
      identity,
      name: nameOfIdentity(identity),
      state: 'active',
      joinedAt: startTime.getTime(),
    }));
  }

  /** The vendor puts out whoever comes by an identity again. */
  connections(roomId: string): Promise<Participant[]> {
    return this.participants(roomId);
  }

  async removeParticipant(roomId: string, { id }: Pick<Participant, 'id'>): Promise<void> {
    try {
      await foundOrUndefined(this.api.rooms(roomId).participants(id).update({ status: 'disconnected' }));
    } catch (error) {
      // Somebody who left, or whose room has closed, is out already; that answers 400.
      if (!isTwilioError(error, 400)) throw error;
    }
  }

  joinPass(roomId: string, { identity }: Pick<Bearer, 'identity'>, ttl: number): Promise<JoinPass> {
    const { account, socketUrl } = this.settings;
    return Promise.resolve({
      identity,
      // Of a meeting's room this is the SID: its name could be taken by a later room.
      token: accessToken(account, { identity, ttl, grants: { video: { room: roomId } } }),
      connectOptions: socketUrl === undefined ? {} : { wsServer: socketUrl, insights: false, iceServers: [] },
    });
  }

  /** Of a room that is not there: enough for the addresses of relays, which is all that a test asks for. */
  async testPass(ttl: number): Promise<TestPass> {
    const id = randomBytes(16).toString('hex');
    const roomId = `RM${id}`;
    return { roomId, ...(await this.joinPass(roomId, { identity: `test-${id}` }, ttl)) };
  }
}
