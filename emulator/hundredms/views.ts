/** Rooms, sessions, peers and events as 100ms' JSON. */
import type { Peer, Room } from './room';
import type { TrackState } from './signalling/messages';
import type { HmsEvent } from './state';

type Json = Readonly<Record<string, unknown>>;

export interface Account {
  readonly customerId: string;
  readonly appId: string;
}

/** RFC 3339 in UTC, with as many digits as the vendor writes. */
const time = (ms: number): string => new Date(ms).toISOString();

export const viewRoom = (
  { id, name, enabled, settings, createdAt, updatedAt }: Room,
  { customerId, appId }: Account,
): Json => ({
  id,
  name,
  enabled,
  description: settings.description,
  customer_id: customerId,
  app_id: appId,
  recording_source_template: true,
  enabled_source_template: true,
  template_id: settings.templateId,
  template: `default_${settings.templateId}`,
  region: settings.region,
  created_at: time(createdAt),
  updated_at: time(updatedAt),
  customer: customerId,
  large_room: settings.largeRoom,
  ...(settings.size > 0 ? { size: settings.size } : {}),
  ...(settings.maxDuration === undefined ? {} : { max_duration_seconds: settings.maxDuration }),
});

/** @param room with a session */
export const viewActiveRoom = ({ id, name, session }: Room, { customerId }: Account): Json => ({
  id,
  name,
  customer_id: customerId,
  session: session && {
    id: session.id,
    created_at: time(session.startedAt),
    peers: [...session.peers.keys()],
  },
});

export const viewPeer = ({ id, name, userId, role, joinedAt }: Peer): Json => ({
  id,
  name,
  ...(userId === '' ? {} : { user_id: userId }),
  metadata: '',
  role,
  joined_at: time(joinedAt),
});

export const viewTrack = ({ track_id: id, stream_id, type, source, mute }: TrackState): Json => ({
  id,
  stream_id,
  type,
  source,
  mute,
});

/** What an event says beside what every event says. @param now ms since epoch */
export function viewEvent(event: HmsEvent, now: number): Json {
  const [room, session] =
    'peer' in event ? [event.peer.room, event.peer.session] : [event.room, event.session];
  const common = {
    room_id: room.id,
    room_name: room.name,
    session_id: session.id,
    template_id: room.settings.templateId,
    session_started_at: time(session.startedAt),
  };
  switch (event.type) {
    case 'session.open.success':
      return common;
    case 'session.close.success':
      return {
        ...common,
        session_stopped_at: time(now),
        session_duration: Math.floor((now - session.startedAt) / 1000),
      };
    case 'room.end.success':
      return {
        ...common,
        peer_id: '',
        role: '',
        user_id: '',
        user_name: '',
        lock_room: event.isLocked,
        reason: event.reason,
        source: 'api',
      };
    default:
      return { ...common, ...peerIn(event.peer) };
  }
}

const peerIn = ({ id, userId, name, role, joinedAt, left }: Peer): Json => ({
  peer_id: id,
  user_id: userId,
  user_name: name,
  user_data: '',
  role,
  type: 'regular',
  joined_at: time(joinedAt),
  ...(left && {
    left_at: time(left.at),
    duration: Math.floor((left.at - joinedAt) / 1000),
    reason: left.reason,
    message: left.message,
  }),
});
