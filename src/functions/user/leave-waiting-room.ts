/** POST /user/leave-waiting-room: a guest gives up waiting. */
import { LeaveWaitingRoomRequest, type LeaveWaitingRoomResponse } from '../../api/meetings';
import { leaveWaitingRoom } from '../../app/leave-waiting-room';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'meetings',
  access: 'guest',
  services: waitingRoom,
  request: LeaveWaitingRoomRequest,
  handle: async ({ input, caller, services }): Promise<LeaveWaitingRoomResponse> => {
    await leaveWaitingRoom(services, caller, { meetingId: input.meeting_id, identity: input.identity });
    return { meeting_id: Number(input.meeting_id) };
  },
});
