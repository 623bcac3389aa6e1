/** POST /gateway/room-check: what time has done in these rooms is to be seen by those who watch them. */
import { RoomCheckRequest } from '../../api/rooms';
import { checkRooms } from '../../app/check-rooms';
import { rooms } from '../../compose/rooms';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'service',
  access: 'gateway',
  services: rooms,
  request: RoomCheckRequest,
  handle: async ({ input, services }) => {
    await checkRooms(services, input.roomIds);
    return {};
  },
});
