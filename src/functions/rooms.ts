/**
 * POST /rooms: creates a room; GET /rooms: lists them. Where the verb is known it decides; functions do not see it,
 * so without the front port it is the name: who sends a `roomName` creates.
 */
import { type CreateRoomResponse, DEFAULT_PAGE, type ListRoomsResponse, RoomsRequest } from '../api/rooms';
import { createRoom } from '../app/create-room';
import { listRooms } from '../app/list-rooms';
import { rooms } from '../compose/rooms';
import { endpoint } from '../http/endpoint';
import { createRoomResponse, nextCursor, roomEntry } from '../http/room-answers';

export const handler = endpoint({
  family: 'service',
  access: 'operator',
  services: rooms,
  request: RoomsRequest,
  handle: async ({ input, services, verb }): Promise<CreateRoomResponse | ListRoomsResponse> => {
    const { roomName, limit = DEFAULT_PAGE, cursor } = input;
    if (verb === 'POST' || (verb === undefined && roomName !== undefined))
      return createRoomResponse(await createRoom(services, { roomName }));
    const page = await listRooms(services, { limit, cursor });
    return { rooms: page.rooms.map(roomEntry), ...nextCursor(page) };
  },
});
