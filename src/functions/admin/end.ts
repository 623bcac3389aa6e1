/** POST /admin/end: ends the meeting for everybody. */
import { type EndMeetingResponse, MeetingRequest } from '../../api/meetings';
import { endMeeting } from '../../app/end-meeting';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'meetings',
  access: 'operator',
  services: waitingRoom,
  request: MeetingRequest,
  handle: async ({ input, services }): Promise<EndMeetingResponse> => {
    await endMeeting(services, { meetingId: input.meeting_id });
    return { meeting_id: Number(input.meeting_id), state: 'ended' };
  },
});
