/** LiveKit's webhooks in our words. */
import type { LivekitEvent } from '../api/webhooks';
import type { RoomEvent } from '../domain/room-event';

const KINDS: Readonly<Record<string, RoomEvent['kind']>> = {
  participant_joined: 'joined',
  participant_left: 'left',
  participant_connection_aborted: 'left',
  room_finished: 'room-ended',
};

/** @returns undefined for what is not about who is in a room. */
export function livekitRoomEvent(input: LivekitEvent): RoomEvent | undefined {
  const { event: type, id = '', room_name: roomName, created_at: seconds } = input;
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind === undefined || roomName === undefined || seconds === undefined) return undefined;
  const at = seconds * 1000;
  const event = { provider: 'livekit', id, kind, roomId: roomName, roomName, at } as const;
  if (kind === 'room-ended') return event;
  const { participant_id: sid, participant_identity: identity, participant_joined_at: joined } = input;
  if (sid === undefined || identity === undefined) return undefined;
  return {
    ...event,
    peer: { id: sid, identity, ...(joined === undefined ? {} : { joinedAt: joined * 1000 }) },
  };
}
