/** POST /api/v1/meetings/{meeting_id}/join: anybody with the link joins, under any name. */
import {
  JoinPersistentMeetingRequest,
  type JoinPersistentMeetingResponse,
} from '../../../../api/livekit-meetings';
import { joinPersistentMeeting } from '../../../../app/join-persistent-meeting';
import { persistentMeetings } from '../../../../compose/persistent-meetings';
import { endpoint } from '../../../../http/endpoint';

export const handler = endpoint({
  family: 'livekit-meetings',
  access: 'guest',
  services: persistentMeetings,
  request: JoinPersistentMeetingRequest,
  failing: (message) => `Failed to join meeting: ${message}`,
  handle: async ({ input, services }): Promise<JoinPersistentMeetingResponse> => {
    const { meeting_id, user_name } = input;
    const pass = await joinPersistentMeeting(services, { meetingId: meeting_id, name: user_name });
    return {
      provider: 'livekit',
      token: pass.token,
      meeting_id,
      user_name,
      livekit_url: pass.url,
      user_id: pass.identity,
      connect_options: pass.connectOptions,
    };
  },
});
