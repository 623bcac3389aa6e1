/** POST /webhooks/hundredms: 100ms tells what happens in our rooms. */
import { HundredMsEventRequest } from '../../api/webhooks';
import { guardHundredMsRoom } from '../../app/guard-hundredms-room';
import { noteRoomEvent } from '../../app/note-room-event';
import { hundredMsGuard } from '../../compose/hundredms';
import { withRoomsOf } from '../../compose/rooms';
import { endpoint } from '../../http/endpoint';
import { roomEventOf } from '../../http/hundredms-events';

const services = withRoomsOf('100ms', hundredMsGuard);

export const handler = endpoint({
  family: 'service',
  access: '100ms',
  services,
  request: HundredMsEventRequest,
  handle: async ({ input, services: { guard, rooms } }) => {
    const event = roomEventOf(input);
    if (event && rooms) await noteRoomEvent(rooms, event);
    if (event) await guardHundredMsRoom(guard, event);
    return {};
  },
});
