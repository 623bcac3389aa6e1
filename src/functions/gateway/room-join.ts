/** POST /gateway/room-join: somebody joins by a gateway's socket. */
import { RoomJoinRequest, type RoomState } from '../../api/rooms';
import { joinRoom } from '../../app/join-room';
import { rooms } from '../../compose/rooms';
import { endpoint } from '../../http/endpoint';
import { roomState } from '../../http/room-answers';

export const handler = endpoint({
  family: 'service',
  access: 'gateway-user',
  services: rooms,
  request: RoomJoinRequest,
  handle: async ({ input, caller, services }): Promise<RoomState> =>
    roomState(await joinRoom(services, caller, input)),
});
