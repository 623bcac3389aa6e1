/**
 * Everybody who is in a room by a client of their own. Whatever happens to a place, by the client, by the server API or
 * by time, is heard here from the state, and told to who is concerned.
 */
import { HmsError } from '../errors';
import type { Admission, Door } from '../joining';
import { RECONNECT_SECONDS } from '../limits';
import { addressFor, loadStack } from '../media/connections';
import { Publisher } from '../media/publisher';
import type { Cancel } from '../../twilio/clock';
import type { Peer, Session } from '../room';
import type { HmsEvent } from '../state';
import type { Body } from './messages';
import { Speakers } from './speakers';
import { Stay } from './stay';
import { viewPeerInfo, viewPeerList, viewPeerState } from './views';
import type { Wire } from './wire';

export interface Visitor {
  readonly admission: Admission;
  /** The client's own id, the same whenever it connects anew. */
  readonly peerId: string;
  /** By which the client came. */
  readonly host: string;
}

export class Hall {
  readonly #stays = new Map<string, Stay>();
  /** Places of clients whose sockets are gone. */
  readonly #waiting = new Map<Stay, Cancel>();
  readonly #ending = new Set<Session>();
  readonly #speakers = new Speakers();

  constructor(private readonly door: Pick<Door, 'state' | 'clock'>) {}

  /** Whose client has this id. @throws {HmsError} 403 when it is somebody else's */
  stayOf(peerId: string, { room, userId }: Admission): Stay | undefined {
    const stay = this.#stays.get(peerId);
    if (stay && (stay.peer.room !== room || stay.peer.userId !== userId))
      throw new HmsError(403, 'peer id is taken');
    return stay;
  }

  /** @throws {HmsError} 400 for an offer that is none, 403 for a room that is disabled or full */
  async join(
    { admission: { room, userId, role }, peerId: id, host }: Visitor,
    { name, data, offer }: Body<'join'>,
    wire: Wire,
  ): Promise<{ stay: Stay; answer: object }> {
    const server = { stack: await loadStack(), address: addressFor(host) };
    const publisher = new Publisher(server);
    try {
      const answer = await publisher.answer(offer).catch(() => {
        throw new HmsError(400, 'invalid offer');
      });
      if (!wire.isOpen || this.#stays.has(id)) throw new HmsError(403, 'peer id is taken');
      const peer = this.door.state.join(room, { id, userId, name, data, role });
      const stay = new Stay(peer, publisher, server, wire);
      this.#stays.set(id, stay);
      this.#speakers.watch(peer.session, () => this.#inside(peer.session));
      this.#follow(peer.session);
      return { stay, answer };
    } catch (error) {
      publisher.close();
      throw error;
    }
  }

  /** Who else is there. */
  tellWhoIsThere(stay: Stay): void {
    const { peer } = stay;
    const others = [...peer.session.peers.values()].filter((one) => one !== peer);
    stay.notify('peer-list', viewPeerList(peer.room, others));
  }

  /** @throws {HmsError} 400 */
  async publish(stay: Stay, { desc, tracks }: Body<'offer'>): Promise<object> {
    const { answer, changes } = await stay.publish(desc, tracks).catch(() => {
      throw new HmsError(400, 'invalid offer');
    });
    const peer = viewPeerInfo(stay.peer);
    const { added, removed } = changes;
    if (Object.keys(removed).length > 0)
      this.#tellOthers(stay.peer, 'on-track-remove', { peer, tracks: removed });
    if (Object.keys(added).length > 0) this.#tellOthers(stay.peer, 'on-track-add', { peer, tracks: added });
    this.#follow(stay.peer.session);
    return answer;
  }

  updateTracks(stay: Stay, { tracks }: Body<'track-update'>): void {
    const peer = viewPeerInfo(stay.peer);
    this.#tellOthers(stay.peer, 'on-track-update', { peer, tracks: stay.update(tracks) });
  }

  updatePeer({ peer }: Stay, { name, data }: Body<'peer-update'>): void {
    peer.name = name ?? peer.name;
    peer.data = data ?? peer.data;
    this.#tellOthers(peer, 'on-peer-update', viewPeerState(peer));
  }

  /** To all others in the room, those of a role, or one. */
  broadcast(
    { peer }: Stay,
    message: { readonly message_id: string; readonly timestamp: number },
    { info, roles, peer_id: only }: Body<'broadcast'>,
  ): void {
    const isMeant = (one: Peer): boolean =>
      only === undefined
        ? roles === undefined || roles.length === 0 || roles.includes(one.role)
        : one.id === only;
    const told = {
      ...message,
      peer: viewPeerInfo(peer),
      roles: roles ?? [],
      private: only !== undefined,
      info,
    };
    for (const stay of this.#inside(peer.session))
      if (stay.peer !== peer && isMeant(stay.peer)) stay.notify('on-broadcast', told);
  }

  continueBy(stay: Stay, wire: Wire): void {
    this.#waiting.get(stay)?.();
    this.#waiting.delete(stay);
    const former = stay.wire;
    stay.continueBy(wire);
    former?.close();
  }

  /** The place is kept for a while, in case that the client comes back; not when its page went away. */
  lose(stay: Stay, wire: Wire, isGone: boolean): void {
    if (stay.wire !== wire || stay.peer.left) return;
    stay.wire = undefined;
    if (isGone) return this.leave(stay);
    this.#waiting.set(
      stay,
      this.door.clock.after(RECONNECT_SECONDS * 1000, () => this.leave(stay)),
    );
  }

  leave(stay: Stay): void {
    this.door.state.leave(stay.peer, 'client request');
  }

  /** What has happened in the state. */
  hear(event: HmsEvent): void {
    if (event.type === 'peer.join.success')
      this.#tellOthers(event.peer, 'on-peer-join', viewPeerState(event.peer));
    if (event.type === 'room.end.success') this.#ending.add(event.session);
    if (event.type === 'session.close.success') this.#ending.delete(event.session);
    if (event.type === 'peer.leave.success') this.#seeOff(event.peer);
  }

  /** Drops all of them without a word. */
  reset(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    this.#speakers.reset();
    for (const stay of this.#stays.values()) stay.end();
    this.#stays.clear();
    this.#ending.clear();
  }

  #seeOff(peer: Peer): void {
    const stay = this.#stays.get(peer.id);
    this.#tellOthers(peer, 'on-peer-leave', viewPeerState(peer));
    if (!stay) return;
    this.#stays.delete(peer.id);
    this.#waiting.get(stay)?.();
    this.#waiting.delete(stay);
    if (peer.left?.reason === 'peer kicked') {
      const request = { reason: peer.left.message, room_end: this.#ending.has(peer.session) };
      stay.notify('on-peer-leave-request', request);
    }
    stay.end();
    this.#follow(peer.session);
  }

  #inside(session: Session): Stay[] {
    return [...this.#stays.values()].filter(({ peer }) => peer.session === session);
  }

  #tellOthers(peer: Peer, method: string, params: object): void {
    for (const stay of this.#inside(peer.session)) if (stay.peer !== peer) stay.notify(method, params);
  }

  /** Everybody receives what all others send. */
  #follow(session: Session): void {
    const inside = this.#inside(session);
    for (const stay of inside) stay.follow(inside.flatMap((other) => (other === stay ? [] : other.sent)));
  }
}
