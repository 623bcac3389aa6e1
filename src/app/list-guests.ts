import { type Guest, idOfIdentity, isGuestId, nameOfIdentity } from '../domain/guest';
import { type Admission, isRemoved, type Meeting, requireLive } from '../domain/meeting';
import { inParallel, together } from '../domain/in-parallel';
import type { Participant } from '../ports/media-server';
import type { Pass } from '../ports/waiting-room';
import { findMeeting } from './find-meeting';
import type { WaitingRoomServices } from './services';

/**
 * The host looks into the waiting room, and may watch it live from then on.
 * @throws FoyerError `not-found`, `not-allowed` once the meeting has ended.
 * Cost: 1 read, then 2 calls for the pass beside what WaitingRoom.list costs; once somebody was removed also 1 call to the
 * media server.
 */
export async function openWaitingRoom(
  services: WaitingRoomServices,
  { meetingId }: { readonly meetingId: string },
): Promise<{ readonly admission: Admission; readonly guests: Guest[]; readonly pass: Pass }> {
  const meeting = await findMeeting(services, meetingId);
  requireLive(meeting);
  const [guests, pass] = await together([
    listGuests(services, meeting),
    services.waitingRoom.hostPass(meeting),
    meeting.admission === 'manual' && meeting.removed.length > 0
      ? peopleInRoom(services, meeting)
      : undefined,
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
  if (meeting.listBehind) {
    const decided = guests.filter(({ state }) => state !== 'waiting');
    await services.waitingRoom.free(
      meeting,
      decided.flatMap(({ place }) => place ?? []),
    );
    if (complete) await setListBehind(services, meeting, false);
  }
  return guests;
}

async function guestsInRoom(services: WaitingRoomServices, meeting: Meeting): Promise<Guest[]> {
  return (await peopleInRoom(services, meeting))
    .map(({ identity, joinedAt }) => ({
      id: idOfIdentity(identity),
      name: nameOfIdentity(identity),
      state: 'admitted' as const,
      enteredAt: joinedAt,
    }))
    .filter(({ id }) => isGuestId(id));
}

/**
 * Those who are in the room and may be. Who was removed and has come back, with a token from before and untold by
 * any webhook, is put out by whoever looks.
 * Cost: 1 call to the media server; 1 for each who is put out.
 */
export async function peopleInRoom(
  { media }: Pick<WaitingRoomServices, 'media'>,
  meeting: Pick<Meeting, 'key' | 'removed' | 'roomId'>,
): Promise<Participant[]> {
  const { roomId } = meeting;
  if (roomId === undefined) return [];
  const participants = await media.participants(roomId);
  const isOut = ({ identity }: Participant): boolean => isRemoved(meeting, idOfIdentity(identity));
  await inParallel(participants.filter(isOut), (participant) => media.removeParticipant(roomId, participant));
  return participants.filter((participant) => !isOut(participant));
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
