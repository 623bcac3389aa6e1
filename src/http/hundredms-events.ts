/** 100ms' webhooks in our words. */
import type { HundredMsEvent } from '../api/webhooks';
import type { RoomEvent } from '../domain/room-event';

/** Which events say what, and which of their times says when. */
const KINDS: Readonly<Record<string, { readonly kind: RoomEvent['kind']; readonly at?: keyof Times }>> = {
  'peer.join.success': { kind: 'joined', at: 'joined_at' },
  'peer.leave.success': { kind: 'left', at: 'left_at' },
  'session.close.success': { kind: 'room-ended', at: 'session_stopped_at' },
  'room.end.success': { kind: 'room-ended' },
};

type Times = Pick<NonNullable<HundredMsEvent['data']>, 'joined_at' | 'left_at' | 'session_stopped_at'>;

/** @returns undefined for what is not about who is in a room. */
export function roomEventOf({ id, type, timestamp, data }: HundredMsEvent): RoomEvent | undefined {
  const told = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const { room_id: roomId, room_name: roomName, peer_id: peerId, user_id: identity } = data ?? {};
  if (!told || roomId === undefined || roomName === undefined) return undefined;
  const at = Date.parse((told.at && data?.[told.at]) ?? timestamp);
  const event = { provider: '100ms', id, kind: told.kind, roomId, roomName, at } as const;
  if (Number.isNaN(at)) return undefined;
  if (told.kind === 'room-ended') return event;
  if (peerId === undefined || identity === undefined) return undefined;
  const joinedAt = Date.parse(data?.joined_at ?? '');
  return {
    ...event,
    peer: { id: peerId, identity, ...(Number.isNaN(joinedAt) ? {} : { joinedAt }) },
  };
}
