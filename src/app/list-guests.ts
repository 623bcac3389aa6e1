import { type Guest, idOfIdentity, nameOfIdentity } from '../domain/guest';
import { type Admission, isRemoved, type Meeting, requireLive } from '../domain/meeting';
import type { Pass } from '../ports/waiting-room';
import { findMeeting } from './find-meeting';
import type { WaitingRoomServices } from './services';

/**
 * The host looks into the waiting room, and may watch it live from then on.
 * @throws FoyerError `not-found`, `not-allowed` once the meeting has ended.
 * Cost: 1 read, then 2 calls for the pass beside 1 read per 100 guests.
 */
export async function openWaitingRoom(
  services: WaitingRoomServices,
  { meetingId }: { readonly meetingId: string },
): Promise<{ readonly admission: Admission; readonly guests: Guest[]; readonly pass: Pass }> {
  const meeting = await findMeeting(services, meetingId);
  requireLive(meeting);
  const [guests, pass] = await Promise.all([
    listGuests(services, meeting),
    services.waitingRoom.hostPass(meeting),
  ]);
  return { admission: meeting.admission, guests, pass };
}

/**
 * The guests as they stand now. With automatic admission nobody is recorded, so these are the ones in the
 * room; with manual admission, all who entered and have not left.
 */
export async function listGuests(services: WaitingRoomServices, meeting: Meeting): Promise<Guest[]> {
  if (meeting.admission === 'auto') return guestsInRoom(services, meeting);
  const { guests, complete } = await services.waitingRoom.list(meeting);
  if (meeting.listBehind && complete) await setListBehind(services, meeting, false);
  return guests;
}

async function guestsInRoom({ media }: WaitingRoomServices, meeting: Meeting): Promise<Guest[]> {
  if (meeting.roomId === undefined) return [];
  const participants = await media.participants(meeting.roomId);
  return participants
    .map(({ identity, joinedAt }) => ({
      id: idOfIdentity(identity),
      name: nameOfIdentity(identity),
      state: 'admitted' as const,
      enteredAt: joinedAt,
    }))
    .filter(({ id }) => id.startsWith('g') && !isRemoved(meeting, id));
}

/** Notes that the host's list has to be caught up with, or that it has been. Cost: 1 write. */
export const setListBehind = (
  { meetings }: WaitingRoomServices,
  meeting: Meeting,
  behind: boolean,
): Promise<Meeting> =>
  meetings.update(meeting, (current) =>
    current.listBehind === behind ? current : { ...current, listBehind: behind },
  );
