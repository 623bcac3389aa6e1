import { randomBytes } from 'node:crypto';
import { FoyerError } from '../domain/errors';
import { roomIdentity } from '../domain/guest';
import { type Meeting, openMeeting, requireLive } from '../domain/meeting';
import { findMeeting } from './find-meeting';
import { JOIN_TOKEN_SECONDS, type Joined } from './join-token';
import { roomName } from './room-name';
import type { WaitingRoomServices } from './services';
import { showAsItStands } from './show-as-it-stands';

/**
 * The host joins: the room is made, or the one that is open is joined, and everybody who was let in is told.
 * @throws FoyerError `not-found`, `not-allowed` once the meeting has ended.
 * Cost: 1 read, 1 call to the media server, 1 write; coming back to an open room 1 read, 1 call. With manual
 * admission also 1 read per 100 guests and 1 per admitted guest.
 */
export async function joinAsHost(
  services: WaitingRoomServices,
  { meetingId, name }: { readonly meetingId: string; readonly name?: string | undefined },
): Promise<Joined> {
  const found = await findMeeting(services, meetingId);
  requireLive(found);
  const meeting = await openRoomOf(services, found);
  if (meeting.admission === 'manual') await showRoomToAdmitted(services, meeting);
  const roomId = roomOf(meeting);
  const identity = roomIdentity(`host-${randomBytes(8).toString('hex')}`, name ?? '');
  return {
    roomId,
    provider: services.media.provider,
    ...(await services.media.joinPass(
      roomId,
      { identity, ...(name === undefined ? {} : { name }), role: 'host' },
      JOIN_TOKEN_SECONDS,
      meeting,
    )),
  };
}

async function openRoomOf({ meetings, media }: WaitingRoomServices, found: Meeting): Promise<Meeting> {
  if (found.roomId !== undefined && (await media.isOpen(found.roomId))) return found;
  const { maxParticipants, roomId: lastId } = found;
  const roomId = await media.openRoom(roomName(found), { maxParticipants, lastId });
  try {
    return await meetings.update(found, (current) => {
      // Another host was quicker, and its room is younger than what we had read.
      const overtaken = current.state === 'open' && current.roomId !== found.roomId;
      return overtaken ? current : openMeeting(current, roomId);
    });
  } catch (error) {
    // Ended while we made the room: nobody may be left in it.
    if (error instanceof FoyerError && error.code !== 'try-again')
      await media.closeRoom(roomName(found), roomId);
    throw error;
  }
}

/** Guests admitted before the host came, or while another room was open, learn of the room. */
async function showRoomToAdmitted(services: WaitingRoomServices, meeting: Meeting): Promise<void> {
  const { waitingRoom } = services;
  const { guests } = await waitingRoom.list(meeting);
  const admitted = guests.filter(({ state }) => state === 'admitted');
  const guestIds = admitted.map(({ id }) => id);
  await waitingRoom.show(meeting, guestIds);
  requireLive(await showAsItStands(services, meeting, guestIds));
}

function roomOf({ roomId }: Meeting): string {
  if (roomId === undefined) throw new Error('an open meeting has a room');
  return roomId;
}
