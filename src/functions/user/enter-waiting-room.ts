/** POST /user/enter-waiting-room: a guest arrives, or comes back, and learns which document to watch. */
import { EnterWaitingRoomRequest, type EnterWaitingRoomResponse } from '../../api/meetings';
import { enterWaitingRoom } from '../../app/enter-waiting-room';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'meetings',
  access: 'guest',
  services: waitingRoom,
  request: EnterWaitingRoomRequest,
  handle: async ({ input, caller, services }): Promise<EnterWaitingRoomResponse> => {
    const { admission, pass, queue, ticket } = await enterWaitingRoom(services, caller, {
      meetingId: input.meeting_id,
      name: input.name,
      identity: input.identity,
    });
    return {
      document: pass.object,
      identity: ticket,
      token: pass.token,
      connect_options: pass.connectOptions,
      admission,
      ...queue,
    };
  },
});
