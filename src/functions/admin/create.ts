/** POST /admin/create: a new meeting under a random number, to be sent to guests. */
import { CreateMeetingRequest, type CreateMeetingResponse } from '../../api/meetings';
import { createMeeting } from '../../app/create-meeting';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'meetings',
  access: 'operator',
  services: waitingRoom,
  request: CreateMeetingRequest,
  handle: async ({ input, services }): Promise<CreateMeetingResponse> => {
    const meeting = await createMeeting(services, {
      digits: input.n_digits,
      admission: input.admission,
      maxParticipants: input.max_participants,
      ttlHours: input.ttl_hours,
    });
    return {
      meeting_id: Number(meeting.id),
      admission: meeting.admission,
      expires_at: new Date(meeting.expiresAt).toISOString(),
    };
  },
});
