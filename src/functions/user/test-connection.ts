/** POST /user/test-connection: somebody with a meeting's number learns how good the way to its provider is. */
import { MeetingRequest } from '../../api/meetings';
import { testConnection } from '../../app/test-connection';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';
import { joinResponse } from '../../http/meeting-answers';

export const handler = endpoint({
  family: 'meetings',
  access: 'guest',
  services: waitingRoom,
  request: MeetingRequest,
  handle: async ({ input, caller, services }) =>
    joinResponse(await testConnection(services, caller, { meetingId: input.meeting_id })),
});
