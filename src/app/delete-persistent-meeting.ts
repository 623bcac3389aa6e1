import { isPersistentMeetingId, roomNameOf } from '../domain/persistent-meeting';
import { noSuchMeeting } from './find-persistent-meeting';
import type { PersistentMeetingServices } from './services';

/**
 * Deletes a meeting: from here on nobody may join, then its room is ended for everybody in it. Deleting it
 * again finishes what an interrupted deletion has left undone.
 * @throws FoyerError `not-found`. Cost: 1 read, 2 writes, 1 call or more to the media server.
 */
export async function deletePersistentMeeting(
  { registry, livekit }: Pick<PersistentMeetingServices, 'registry' | 'livekit'>,
  { meetingId }: { readonly meetingId: string },
): Promise<void> {
  const meeting = isPersistentMeetingId(meetingId) ? await registry.find(meetingId) : undefined;
  if (!meeting || !(await registry.markDeleted(meeting))) throw noSuchMeeting();
  await livekit.media.closeRoom(roomNameOf(meeting));
  await registry.forget(meeting);
}
