import { explain, type Explanation } from '../domain/explanation';
import { idOfIdentity, isGuestId } from '../domain/guest';
import { findMeeting } from './find-meeting';
import { peopleInRoom } from './list-guests';
import type { WaitingRoomServices } from './services';

/**
 * Tells the host in a sentence where a guest stands, since when, and what would change it.
 * @throws FoyerError `not-found` when there is no such meeting; a guest whom nobody knows is explained, too.
 * Cost: 1 read; then at once 2 reads with manual admission, and 1 call to the media server once the host has joined.
 */
export async function explainGuest(
  services: WaitingRoomServices,
  { meetingId, guestId }: { readonly meetingId: string; readonly guestId: string },
): Promise<Explanation> {
  const meeting = await findMeeting(services, meetingId);
  const isLive = meeting.state !== 'ended';
  const [standing, people] = await Promise.all([
    isLive && meeting.admission === 'manual' ? services.waitingRoom.standing(meeting, guestId) : undefined,
    isLive ? peopleInRoom(services, meeting) : [],
  ]);
  const inRoom = people.find(({ identity }) => isGuestId(guestId) && idOfIdentity(identity) === guestId);
  return explain({
    meeting,
    guestId,
    standing,
    inRoomSince: inRoom?.joinedAt,
    inRoom: people.length,
  });
}
