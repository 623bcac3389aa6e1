/** What anybody with the link may know of a meeting. */
import { type PersistentMeeting, roomNameOf } from '../domain/persistent-meeting';
import type { Participant } from '../ports/media-server';
import { findPersistentMeeting } from './find-persistent-meeting';
import type { PersistentMeetingServices } from './services';

/**
 * The meeting, and who is in its room as the media server knows it now.
 * @throws FoyerError `not-found`. Cost: 1 read, 1 call to the media server.
 */
export async function showPersistentMeeting(
  services: Pick<PersistentMeetingServices, 'registry' | 'livekit'>,
  { meetingId }: { readonly meetingId: string },
): Promise<{ readonly meeting: PersistentMeeting; readonly participants: readonly Participant[] }> {
  const meeting = await findPersistentMeeting(services, meetingId);
  return { meeting, participants: await services.livekit.media.participants(roomNameOf(meeting)) };
}
