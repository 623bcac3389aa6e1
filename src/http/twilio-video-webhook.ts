/** What Twilio Video tells, at whichever of its addresses. */
import { VideoWebhookRequest } from '../api/webhooks';
import { guardVideoRoom } from '../app/guard-video-room';
import { noteRoomEvent } from '../app/note-room-event';
import { withRoomsOf } from '../compose/rooms';
import { videoGuard } from '../compose/video-guard';
import { endpoint } from './endpoint';
import { twilioRoomEvent } from './twilio-video-events';

const services = withRoomsOf('twilio', videoGuard);

export const twilioVideoWebhook = endpoint({
  family: 'service',
  access: 'twilio',
  services,
  request: VideoWebhookRequest,
  handle: async ({ input, services: { guard, rooms } }) => {
    const { RoomSid, RoomName, ParticipantSid, ParticipantIdentity } = input;
    const event = twilioRoomEvent(input);
    if (event && rooms) await noteRoomEvent(rooms, event);
    const isArrival = input.StatusCallbackEvent === 'participant-connected';
    if (isArrival && ParticipantSid !== undefined && ParticipantIdentity !== undefined) {
      await guardVideoRoom(guard, {
        roomId: RoomSid,
        roomName: RoomName,
        participantId: ParticipantSid,
        identity: ParticipantIdentity,
      });
    }
    return {};
  },
});
