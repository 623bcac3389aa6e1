/** POST /admin/join: the host joins; the first time, this opens the meeting and tells its guests. */
import { HostJoinRequest } from '../../api/meetings';
import { joinAsHost } from '../../app/join-as-host';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';
import { joinResponse } from '../../http/meeting-answers';

export const handler = endpoint({
  family: 'meetings',
  access: 'operator',
  services: waitingRoom,
  request: HostJoinRequest,
  handle: async ({ input, services }) =>
    joinResponse(await joinAsHost(services, { meetingId: input.meeting_id, name: input.name })),
});
