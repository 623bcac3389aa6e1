import { isCallId } from '../domain/call';
import { meetingOfRoomName } from '../domain/persistent-meeting';
import { guardCallRoom } from './guard-call-room';
import { guardRoom } from './guard-room';
import type { LiveKitGuardServices } from './services';

export interface Arrival {
  /** The room's name at LiveKit. */
  readonly roomId: string;
  readonly participant: { readonly id: string; readonly identity: string };
}

/**
 * Somebody came into a room. LiveKit makes a room for any token that is still valid: one of a
 * meeting that was deleted is ended again, and so is one of an earlier meeting with the same id. It looks at
 * how things stand now, so events may come late, twice and in any order.
 * Cost: 1 read; 1 call to the media server for what must not be.
 */
export async function guardLivekitRoom(
  services: LiveKitGuardServices,
  { roomId, participant }: Arrival,
): Promise<void> {
  const { registry, livekit, meetings, calls } = services;
  if (isCallId(roomId)) return guardCallRoom({ calls, media: livekit.media }, roomId);
  const claimed = meetingOfRoomName(roomId);
  if (claimed) {
    const meeting = await registry.find(claimed.id);
    const isIts = meeting?.key === claimed.key && !meeting.isDeleted;
    if (!isIts) await livekit.media.closeRoom(roomId);
  } else {
    await guardRoom(
      { meetings, media: livekit.media },
      { roomId, roomName: roomId, participantId: participant.id, identity: participant.identity },
    );
  }
}
