/** POST /user/join: a guest who was let in joins the room. */
import { UserJoinRequest } from '../../api/meetings';
import { joinAsGuest } from '../../app/join-as-guest';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';
import { joinResponse } from '../../http/meeting-answers';

export const handler = endpoint({
  family: 'meetings',
  access: 'guest',
  services: waitingRoom,
  request: UserJoinRequest,
  handle: async ({ input, caller, services }) =>
    joinResponse(
      await joinAsGuest(services, caller, {
        meetingId: input.meeting_id,
        roomId: input.room_id,
        identity: input.identity,
      }),
    ),
});
