/** /v2/active-rooms: https://www.100ms.live/docs/server-side/v2/api-reference/active-rooms/overview */
import type { Call, Resource } from './call';
import { invalidBody, peerNotFound, sessionNotFound } from './errors';
import type { Peer, Room, Session } from './room';
import { roomOf } from './rooms';
import { viewActiveRoom, viewPeer, viewTrack } from './views';

/** @throws {HmsError} 404 for a room that there is not, and for one in which nobody is */
function activeRoomOf({ state, ids: [id] }: Call): { room: Room; session: Session } {
  const room = roomOf(state, id);
  if (!room.session) throw sessionNotFound();
  return { room, session: room.session };
}

const text = (value: unknown, name: string): string | undefined => {
  if (value !== undefined && typeof value !== 'string') throw invalidBody(name);
  return value;
};

export const retrieveActiveRoom: Resource = (call) => viewActiveRoom(activeRoomOf(call).room, call.account);

export const listPeers: Resource = (call) => {
  const userId = call.query.get('user_id');
  const role = call.query.get('role');
  const isMeant = (peer: Peer): boolean =>
    (userId === null || peer.userId === userId) && (role === null || peer.role === role);
  const peers = [...activeRoomOf(call).session.peers.values()].filter(isMeant);
  return { peers: Object.fromEntries(peers.map((peer) => [peer.id, viewPeer(peer)])) };
};

export const retrievePeer: Resource = (call) => {
  const peer = activeRoomOf(call).session.peers.get(call.ids[1] ?? '');
  if (!peer) throw peerNotFound();
  return {
    ...viewPeer(peer),
    tracks: Object.fromEntries([...peer.tracks].map(([id, track]) => [id, viewTrack(track)])),
  };
};

/** One by `peer_id`, which comes first, or all of a `role`. */
export const removePeers: Resource = (call) => {
  const { session } = activeRoomOf(call);
  const peerId = text(call.body['peer_id'], 'peer_id');
  const role = text(call.body['role'], 'role');
  const message = text(call.body['reason'], 'reason') ?? '';
  if (peerId === undefined && role === undefined) throw invalidBody('peer_id or role is required');
  const peers = [...session.peers.values()].filter(({ id, role: theirs }) =>
    peerId === undefined ? theirs === role : id === peerId,
  );
  if (peerId !== undefined && peers.length === 0) throw peerNotFound();
  for (const peer of peers) call.state.leave(peer, 'peer kicked', message);
  return { message: 'peer remove request submitted' };
};

export const endRoom: Resource = (call) => {
  const { room } = activeRoomOf(call);
  const { lock = false } = call.body;
  if (typeof lock !== 'boolean') throw invalidBody('lock');
  call.state.end(room, { lock, reason: text(call.body['reason'], 'reason') ?? '' });
  return { message: 'session is ending' };
};
