/** POST /rooms/history: who was in a room, and when. */
import { DEFAULT_PAGE, RoomHistoryRequest, type RoomHistoryResponse } from '../../api/rooms';
import { showRoomHistory } from '../../app/show-room-history';
import { rooms } from '../../compose/rooms';
import { endpoint } from '../../http/endpoint';
import { nextCursor, pastParticipant } from '../../http/room-answers';

export const handler = endpoint({
  family: 'service',
  access: 'operator',
  services: rooms,
  request: RoomHistoryRequest,
  handle: async ({ input, services }): Promise<RoomHistoryResponse> => {
    const { roomId, limit = DEFAULT_PAGE, cursor } = input;
    const page = await showRoomHistory(services, { roomId, limit, cursor });
    return { roomId, participants: page.stays.map(pastParticipant), ...nextCursor(page) };
  },
});
