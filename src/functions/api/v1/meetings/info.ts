/** GET /api/v1/meetings/{meeting_id}/info: the meeting, and how many are in it now. */
import { type MeetingInfoResponse, PersistentMeetingRequest } from '../../../../api/livekit-meetings';
import { showPersistentMeeting } from '../../../../app/show-persistent-meeting';
import { persistentMeetings } from '../../../../compose/persistent-meetings';
import { endpoint } from '../../../../http/endpoint';
import { createdAt } from '../../../../http/livekit-answers';

export const handler = endpoint({
  family: 'livekit-meetings',
  access: 'guest',
  services: persistentMeetings,
  request: PersistentMeetingRequest,
  failing: (message) => `Failed to get meeting info: ${message}`,
  handle: async ({ input, services }): Promise<MeetingInfoResponse> => {
    const { meeting, participants } = await showPersistentMeeting(services, { meetingId: input.meeting_id });
    return {
      meeting_id: meeting.id,
      exists: true,
      num_participants: participants.length,
      created_at: createdAt(meeting),
      max_participants: meeting.maxParticipants,
    };
  },
});
