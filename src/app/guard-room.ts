import { idOfIdentity } from '../domain/guest';
import { isRemoved } from '../domain/meeting';
import { keyOfRoomName } from './room-name';
import type { WaitingRoomServices } from './services';

export interface JoinedRoom {
  readonly roomId: string;
  readonly roomName: string;
  readonly participantId: string;
  readonly identity: string;
}

/**
 * Somebody connected to a room: whoever has no business there, with a token from before, is put out again: in a
 * meeting that has ended, after a removal, or in a room that is not the meeting's any more, which a vendor may
 * bring back to life for any token that is still valid. (Vendors check a token's signature and time, not what
 * we have decided since.)
 * Cost: 1 read; 1 call to put somebody out.
 */
export async function guardRoom(
  { meetings, media }: Pick<WaitingRoomServices, 'meetings' | 'media'>,
  joined: JoinedRoom,
): Promise<void> {
  const key = keyOfRoomName(joined.roomName);
  const meeting = key === undefined ? undefined : await meetings.findByKey(key);
  if (!meeting) return;
  const { participantId, identity, roomId } = joined;
  const isStale = meeting.roomId !== roomId;
  if (meeting.state === 'ended' || isStale || isRemoved(meeting, idOfIdentity(identity))) {
    await media.removeParticipant(roomId, { id: participantId, identity });
  }
}
