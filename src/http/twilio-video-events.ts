/** Twilio Video's status callbacks in our words. */
import type { VideoEvent } from '../api/webhooks';
import type { RoomEvent } from '../domain/room-event';

const KINDS: Readonly<Record<string, RoomEvent['kind']>> = {
  'participant-connected': 'joined',
  'participant-disconnected': 'left',
  'room-ended': 'room-ended',
};

/** @returns undefined for what is not about who is in a room. */
export function twilioRoomEvent(input: VideoEvent): RoomEvent | undefined {
  const { StatusCallbackEvent: type, RoomSid, RoomName, ParticipantSid, ParticipantIdentity } = input;
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  const at = Date.parse(input.Timestamp ?? '');
  if (kind === undefined || Number.isNaN(at)) return undefined;
  const id = `${RoomSid}:${input.SequenceNumber ?? type}`;
  const event = { provider: 'twilio', id, kind, roomId: RoomSid, roomName: RoomName, at } as const;
  if (kind === 'room-ended') return event;
  if (ParticipantSid === undefined || ParticipantIdentity === undefined) return undefined;
  const seconds = Number(input.ParticipantDuration);
  const joinedAt = seconds >= 0 ? { joinedAt: at - seconds * 1000 } : {};
  return { ...event, peer: { id: ParticipantSid, identity: ParticipantIdentity, ...joinedAt } };
}
