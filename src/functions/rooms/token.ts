/** POST /rooms/{roomId}/token: what somebody joins the provider's room with. */
import { RoomTokenRequest, type RoomTokenResponse } from '../../api/rooms';
import { issueRoomToken } from '../../app/room-token';
import { rooms } from '../../compose/rooms';
import { endpoint } from '../../http/endpoint';
import { roomTokenResponse } from '../../http/room-answers';

export const handler = endpoint({
  family: 'service',
  access: 'user',
  services: rooms,
  request: RoomTokenRequest,
  handle: async ({ input, caller, services }): Promise<RoomTokenResponse> =>
    roomTokenResponse(await issueRoomToken(services, caller, input)),
});
