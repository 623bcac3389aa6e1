/** GET /api/v1/meetings/{meeting_id}/participants: who is in the meeting now. */
import { type ParticipantsResponse, PersistentMeetingRequest } from '../../../../api/livekit-meetings';
import { showPersistentMeeting } from '../../../../app/show-persistent-meeting';
import { persistentMeetings } from '../../../../compose/persistent-meetings';
import { endpoint } from '../../../../http/endpoint';
import { participantEntry } from '../../../../http/livekit-answers';

export const handler = endpoint({
  family: 'livekit-meetings',
  access: 'guest',
  services: persistentMeetings,
  request: PersistentMeetingRequest,
  failing: (message) => `Failed to list participants: ${message}`,
  handle: async ({ input, services }): Promise<ParticipantsResponse> => {
    const { meeting, participants } = await showPersistentMeeting(services, { meetingId: input.meeting_id });
    return {
      meeting_id: meeting.id,
      participants: participants.map(participantEntry),
      count: participants.length,
    };
  },
});
