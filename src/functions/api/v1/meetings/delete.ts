/** DELETE /api/v1/meetings/{meeting_id}: ends the meeting for everybody, for good. */
import { type DeleteMeetingResponse, PersistentMeetingRequest } from '../../../../api/livekit-meetings';
import { deletePersistentMeeting } from '../../../../app/delete-persistent-meeting';
import { persistentMeetings } from '../../../../compose/persistent-meetings';
import { endpoint } from '../../../../http/endpoint';

export const handler = endpoint({
  family: 'livekit-meetings',
  access: 'operator',
  services: persistentMeetings,
  request: PersistentMeetingRequest,
  failing: (message) => `Failed to delete meeting: ${message}`,
  handle: async ({ input: { meeting_id }, services }): Promise<DeleteMeetingResponse> => {
    await deletePersistentMeeting(services, { meetingId: meeting_id });
    return { success: true, message: 'Meeting deleted successfully', meeting_id };
  },
});
