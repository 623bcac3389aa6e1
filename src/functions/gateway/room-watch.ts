/** POST /gateway/room-watch: somebody wants to be told of a room by a gateway's socket, which sees to that itself. */
import { RoomWatchRequest, type RoomState } from '../../api/rooms';
import { watchRoom } from '../../app/watch-room';
import { rooms } from '../../compose/rooms';
import { endpoint } from '../../http/endpoint';
import { roomState } from '../../http/room-answers';

export const handler = endpoint({
  family: 'service',
  access: 'gateway-user',
  services: rooms,
  request: RoomWatchRequest,
  handle: async ({ input, services }): Promise<RoomState> =>
    roomState(await watchRoom(services, input.roomId, input.gateway)),
});
