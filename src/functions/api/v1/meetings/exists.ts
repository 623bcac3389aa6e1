/** GET /api/v1/meetings/{meeting_id}/exists: whether there is such a meeting; never "not found". */
import { type MeetingExistsResponse, PersistentMeetingRequest } from '../../../../api/livekit-meetings';
import { lookUpPersistentMeeting } from '../../../../app/find-persistent-meeting';
import { persistentMeetings } from '../../../../compose/persistent-meetings';
import { endpoint } from '../../../../http/endpoint';

export const handler = endpoint({
  family: 'livekit-meetings',
  access: 'guest',
  services: persistentMeetings,
  request: PersistentMeetingRequest,
  failing: (message) => `Failed to check meeting: ${message}`,
  handle: async ({ input: { meeting_id }, services }): Promise<MeetingExistsResponse> => ({
    exists: (await lookUpPersistentMeeting(services, meeting_id)) !== undefined,
    meeting_id,
  }),
});
