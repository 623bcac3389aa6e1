/** POST /user/still-here: a guest's page says whether somebody is there. */
import { StillHereRequest, type StillHereResponse } from '../../api/meetings';
import { noteAttendance } from '../../app/note-attendance';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'meetings',
  access: 'guest',
  services: waitingRoom,
  request: StillHereRequest,
  handle: async ({ input, caller, services }): Promise<StillHereResponse> => {
    const { meeting_id: meetingId, identity, presence = 'here' } = input;
    await noteAttendance(services, caller, { meetingId, identity, presence });
    return { meeting_id: Number(meetingId), presence };
  },
});
