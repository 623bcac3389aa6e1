import { notAllowed } from '../domain/errors';
import { together } from '../domain/in-parallel';
import { isDueForRenewal, type PersistentMeeting, roomNameOf } from '../domain/persistent-meeting';
import { newUserId } from '../domain/user-id';
import { findPersistentMeeting, noSuchMeeting } from './find-persistent-meeting';
import { type LiveKitPass, passOf } from './livekit-pass';
import type { PersistentMeetingServices } from './services';

/**
 * Somebody with the link joins, under any name: the meeting's room is made unless it is there.
 * @throws FoyerError `not-found`; `not-allowed` when the meeting is full.
 * Cost: 1 read, 1 call to the media server, then one of each at once; once a day 1 write.
 */
export async function joinPersistentMeeting(
  services: PersistentMeetingServices,
  { meetingId, name }: { readonly meetingId: string; readonly name: string },
): Promise<LiveKitPass> {
  const { registry, clock } = services;
  const livekit = services.livekit;
  const meeting = await findPersistentMeeting(services, meetingId);
  const itsRoom = roomNameOf(meeting);
  const roomId = await livekit.media.openRoom(itsRoom, meeting);
  const [isLive, participants] = await together([
    registry.isLive(meeting),
    livekit.media.participants(roomId),
    isDueForRenewal(meeting, clock.now()) ? registry.renew(meeting) : undefined,
  ]);
  // Its one room was closed: whatever the registry says in a rush, the meeting has been deleted.
  if (!isLive || roomId !== itsRoom) {
    // Deleted while we made the room, perhaps after it was closed.
    await livekit.media.closeRoom(itsRoom, roomId);
    throw noSuchMeeting();
  }
  requirePlace(meeting, participants.length);
  const bearer = { identity: newUserId(name), name, role: 'guest' } as const;
  return passOf(livekit, roomId, bearer, meeting);
}

/** Tokens are not places: of several who join at the same moment LiveKit itself turns the last ones away. */
function requirePlace({ maxParticipants }: PersistentMeeting, present: number): void {
  if (present < maxParticipants) return;
  throw notAllowed(
    `this meeting is full: it has ${maxParticipants} places. Try again when somebody has left.`,
  );
}
