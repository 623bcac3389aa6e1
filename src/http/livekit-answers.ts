/** Use cases' outcomes in the words of seed 004. */
import type { ParticipantEntry } from '../api/livekit-meetings';
import type { PersistentMeetingServices } from '../app/services';
import type { PersistentMeeting } from '../domain/persistent-meeting';
import type { Participant } from '../ports/media-server';

/** ISO 8601, UTC, whole seconds. */
export const createdAt = (meeting: PersistentMeeting): string =>
  new Date(meeting.createdAt).toISOString().replace(/\.\d+Z$/, 'Z');

/**
 * Where the front port serves our page, unless pages are elsewhere; functions alone have it at its own address.
 * @param verb as the front port says it; undefined where there is none
 */
export const meetingLink = (
  { frontendUrl, origin }: Pick<PersistentMeetingServices, 'frontendUrl' | 'origin'>,
  { id }: PersistentMeeting,
  verb: string | undefined,
): string =>
  frontendUrl === undefined && verb === undefined
    ? `${origin}/livekit-meeting.html#${id}`
    : `${frontendUrl ?? origin}/meeting/${id}`;

export const participantEntry = ({ id, identity, name, state, joinedAt }: Participant): ParticipantEntry => ({
  sid: id,
  identity,
  name,
  state: state.toUpperCase(),
  joined_at: Math.floor(joinedAt / 1000),
});
