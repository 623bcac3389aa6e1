/** POST /webhooks/livekit-event: the front port hands on what LiveKit tells of our rooms, its signature checked. */
import { LivekitEventRequest } from '../../api/webhooks';
import { guardLivekitRoom } from '../../app/guard-livekit-room';
import { noteRoomEvent } from '../../app/note-room-event';
import { livekitGuard } from '../../compose/persistent-meetings';
import { withRoomsOf } from '../../compose/rooms';
import { endpoint } from '../../http/endpoint';
import { livekitRoomEvent } from '../../http/livekit-events';

const services = withRoomsOf('livekit', livekitGuard);

export const handler = endpoint({
  family: 'service',
  access: 'livekit',
  services,
  request: LivekitEventRequest,
  handle: async ({ input, services: { guard, rooms } }) => {
    const { event, room_name: roomId, participant_id: id, participant_identity: identity } = input;
    const told = livekitRoomEvent(input);
    if (told && rooms) await noteRoomEvent(rooms, told);
    const isArrival = event === 'participant_joined';
    // Of whatever else happens, counts and rooms, it is asked when it is wanted.
    if (isArrival && roomId !== undefined && id !== undefined && identity !== undefined) {
      await guardLivekitRoom(guard, { roomId, participant: { id, identity } });
    }
    return {};
  },
});
