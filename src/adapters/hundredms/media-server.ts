/** 100ms as a media server: rooms by its server API, app tokens for its own clients. */
import { nameOfIdentity } from '../../domain/guest';
import { inParallel } from '../../domain/in-parallel';
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
import { nextVendorName, vendorName } from './room-name';
import { type HmsPeer, type HmsRoom, ServerApi, type ServerApiSettings } from './server-api';
import { appToken, placeIn } from './tokens';

export interface HmsSettings extends ServerApiSettings {
  /** What rooms are made like; the account's default template unless given. */
  readonly templateId?: string | undefined;
  /** What that template calls them. */
  readonly roles: Readonly<Record<Bearer['role'], string>>;
  /** Where clients ask for the way to their media server; the vendor's own address unless given. */
  readonly initEndpoint?: string | undefined;
}

export class HundredMs implements MediaServer {
  readonly provider = '100ms';
  readonly roomsStay = true;
  private readonly api: ServerApi;

  constructor(
    private readonly settings: HmsSettings,
    upstream: Upstream,
    private readonly clock: Clock,
  ) {
    this.api = new ServerApi(settings, upstream, clock);
  }

  async openRoom(name: string, options: RoomOptions): Promise<string> {
    return (await this.ensureRoom(name, options)).id;
  }

  /**
   * As {@link openRoom}, with all that the vendor says of the room.
   * Cost: 1 call, and 1 for each room of this name that has closed since the last one that is known of.
   */
  async ensureRoom(name: string, { maxParticipants, lastId }: RoomOptions): Promise<HmsRoom> {
    const { templateId } = this.settings;
    const shape = { size: maxParticipants, ...(templateId === undefined ? {} : { template_id: templateId }) };
    for (let next = lastId === undefined ? vendorName(name) : nextVendorName(name, lastId); ;) {
      // An existing room is answered, so racing calls agree.
      const room = await this.api.createRoom({ name: next, ...shape });
      if (room.enabled) return room;
      next = nextVendorName(name, room.id);
    }
  }

  async lastingRoom(name: string, options: Pick<RoomOptions, 'maxParticipants'>): Promise<LastingRoom> {
    // How recordings are uploaded may name the credentials for it.
    const { id, recording_info: _, ...details } = await this.ensureRoom(name, options);
    return { id, details };
  }

  async isOpen(roomId: string): Promise<boolean> {
    return (await this.api.room(roomId))?.enabled === true;
  }

  /** Cost: 3 calls, two of them at once; without the last id 4 for each room that has had this name, and 2. */
  async closeRoom(name: string, lastId?: string): Promise<void> {
    if (lastId === undefined) return this.closeAllCalled(name);
    const closeNext = async (): Promise<void> => {
      // Somebody may have opened it without living to say so.
      const next = await this.api.roomCalled(nextVendorName(name, lastId), true);
      if (next) await this.close(next.id);
    };
    await inParallel([() => this.close(lastId), closeNext], (run) => run());
  }

  /** From the first one to the last; also those that are closed, of which one may have been closed by half. */
  private async closeAllCalled(name: string): Promise<void> {
    for (let called = vendorName(name); ;) {
      const found = await inParallel([true, false], (enabled) => this.api.roomCalled(called, enabled));
      const room = found.find((one) => one !== undefined);
      if (!room) return;
      await this.close(room.id);
      called = nextVendorName(name, room.id);
    }
  }

  /** In this order: no session begins between the two, and who joined before the first goes with the second. */
  private async close(roomId: string): Promise<void> {
    await this.api.disableRoom(roomId);
    await this.api.endSession(roomId);
  }

  /** The vendor lets an identity in several times; here it is once. Peers without one, by others' tokens, are each. */
  async participants(roomId: string): Promise<Participant[]> {
    const peers = await this.connections(roomId);
    const newestLast = peers.toSorted((a, b) => a.joinedAt - b.joinedAt);
    const byIdentity = newestLast.map((one): [string, Participant] => [one.identity || one.id, one]);
    return [...new Map(byIdentity).values()];
  }

  async connections(roomId: string): Promise<Participant[]> {
    return (await this.api.peers(roomId)).map(participantFrom);
  }

  /** All who are there by that identity. Cost: 2 calls at once, and 1 for each further connection. */
  async removeParticipant(
    roomId: string,
    { id, identity }: Pick<Participant, 'id' | 'identity'>,
  ): Promise<void> {
    const removeTwins = async (): Promise<void> => {
      const peers = await this.api.peers(roomId, identity);
      const twins = peers.filter((peer) => peer.id !== id && peer.user_id === identity);
      await inParallel(twins, (twin) => this.api.removePeer(roomId, twin.id));
    };
    const removals = [() => this.api.removePeer(roomId, id), ...(identity === '' ? [] : [removeTwins])];
    await inParallel(removals, (run) => run());
  }

  joinPass(roomId: string, { identity, role, roleName }: Bearer, ttl: number): Promise<JoinPass> {
    const { roles } = this.settings;
    const place = { room_id: roomId, user_id: identity, role: roleName ?? roles[role] };
    const token = appToken(this.settings, place, ttl, this.clock.now());
    return Promise.resolve({
      identity,
      token,
      connectOptions: this.connectOptions,
    });
  }

  /** Into a room of the vendor's own, which has one for this very purpose. */
  async testPass(): Promise<TestPass | undefined> {
    const token = await this.api.diagnosticsToken();
    const place = token === undefined ? undefined : placeIn(token);
    if (token === undefined || !place) return undefined;
    const { room_id: roomId, user_id: identity } = place;
    return { roomId, identity, token, connectOptions: this.connectOptions };
  }

  private get connectOptions(): JoinPass['connectOptions'] {
    const { initEndpoint } = this.settings;
    return initEndpoint === undefined ? {} : { initEndpoint };
  }
}

/** A name that the identity carries is ours; the vendor's is what the client calls itself. */
const participantFrom = ({ id, user_id: identity = '', name, joined_at }: HmsPeer): Participant => ({
  id,
  identity,
  name: nameOfIdentity(identity) || name,
  state: 'active',
  joinedAt: Date.parse(joined_at),
});
