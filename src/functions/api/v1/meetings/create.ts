/** POST /api/v1/meetings/create: a meeting with a link that lasts. */
import {
  CreatePersistentMeetingRequest,
  type CreatePersistentMeetingResponse,
} from '../../../../api/livekit-meetings';
import { createPersistentMeeting } from '../../../../app/create-persistent-meeting';
import { persistentMeetings } from '../../../../compose/persistent-meetings';
import { endpoint } from '../../../../http/endpoint';
import { createdAt, meetingLink } from '../../../../http/livekit-answers';

export const handler = endpoint({
  family: 'livekit-meetings',
  access: 'operator',
  services: persistentMeetings,
  request: CreatePersistentMeetingRequest,
  failing: (message) => `Failed to create meeting: ${message}`,
  handle: async ({ input, services, verb }): Promise<CreatePersistentMeetingResponse> => {
    const { url } = services.livekit;
    const meeting = await createPersistentMeeting(services, { maxParticipants: input.max_participants });
    return {
      meeting_id: meeting.id,
      meeting_link: meetingLink(services, meeting, verb),
      created_at: createdAt(meeting),
      livekit_url: url,
    };
  },
});
