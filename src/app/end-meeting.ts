import { together } from '../domain/in-parallel';
import { endMeeting as ended } from '../domain/meeting';
import { findMeeting } from './find-meeting';
import { roomName } from './room-name';
import type { WaitingRoomServices } from './services';

/**
 * Ends the meeting for everybody: from here on every ticket is refused, then guests are told and the room is
 * closed. Ending it again finishes what an interrupted end has left undone.
 * @throws FoyerError `not-found`.
 * Cost: 1 read, 1 write, 2 calls to the media server at once; with manual admission also 1 read per 100 guests, and
 * 1 read and 1 write per guest.
 */
export async function endMeeting(
  services: WaitingRoomServices,
  { meetingId }: { readonly meetingId: string },
): Promise<void> {
  const { meetings, media, waitingRoom } = services;
  const meeting = await meetings.update(await findMeeting(services, meetingId), ended);
  await together([
    media.closeRoom(roomName(meeting), meeting.roomId),
    meeting.admission === 'auto'
      ? undefined
      : waitingRoom.list(meeting).then(({ guests }) =>
          waitingRoom.show(
            meeting,
            guests.map(({ id }) => id),
          ),
        ),
  ]);
}
