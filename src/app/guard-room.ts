import { idOfIdentity } from '../domain/guest';
import { isRemoved } from '../domain/meeting';
import { keyOfRoomName } from './room-name';
import type { Services } from './services';

/**
 * Somebody connected to a room: whoever was removed meanwhile, with a token from before, is put out again.
 * (Vendors check a token's signature and time, not what we have decided since.)
 * Cost: 1 read; 1 call to put somebody out.
 */
export async function guardRoom(
  { meetings, media }: Services,
  joined: {
    readonly roomId: string;
    readonly roomName: string;
    readonly participantId: string;
    readonly identity: string;
  },
): Promise<void> {
  const key = keyOfRoomName(joined.roomName);
  const meeting = key === undefined ? undefined : await meetings.findByKey(key);
  if (!meeting) return;
  if (meeting.state === 'ended' || isRemoved(meeting, idOfIdentity(joined.identity))) {
    await media.removeParticipant(joined.roomId, joined.participantId);
  }
}
