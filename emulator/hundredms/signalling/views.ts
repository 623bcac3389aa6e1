/** Peers and rooms as clients are told of them. */
import type { Peer, Room } from '../room';

type Json = Readonly<Record<string, unknown>>;

export const viewPeerInfo = ({ id, name, data, userId, role }: Peer): Json => ({
  peer_id: id,
  role,
  groups: [],
  info: { name, data, user_id: userId, type: 'regular' },
});

export const viewPeerState = (peer: Peer): Json => ({
  ...viewPeerInfo(peer),
  joined_at: peer.joinedAt,
  tracks: Object.fromEntries(peer.tracks),
  realtime: true,
});

/** @param peers all but the one who is told */
export const viewPeerList = ({ name, session }: Room, peers: readonly Peer[]): Json => ({
  peers: Object.fromEntries(peers.map((peer) => [peer.id, viewPeerState(peer)])),
  room: {
    name,
    session_id: session?.id,
    started_at: session?.startedAt,
    // Nothing is recorded or broadcast here.
    recording: { sfu: { enabled: false }, browser: { enabled: false }, hls: { enabled: false } },
    streaming: { enabled: false, rtmp: { enabled: false }, hls: { enabled: false } },
    transcriptions: [],
  },
});
