/** POST /gateway/room-leave: somebody leaves by a gateway's socket, or the socket was lost. */
import { RoomLeaveRequest, type RoomLeaveResponse } from '../../api/rooms';
import { leaveRoom } from '../../app/leave-room';
import { rooms } from '../../compose/rooms';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'service',
  access: 'gateway',
  services: rooms,
  request: RoomLeaveRequest,
  handle: async ({ input: { dropped = false, ...by }, services }): Promise<RoomLeaveResponse> => {
    const { checkAt } = await leaveRoom(services, { ...by, dropped });
    return checkAt === undefined ? {} : { check_at: checkAt };
  },
});
