/** POST /webhooks/video: Twilio Video tells what happens in our rooms. */
import { VideoWebhookRequest } from '../../api/webhooks';
import { guardRoom } from '../../app/guard-room';
import { waitingRoom } from '../../compose/waiting-room';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'service',
  access: 'twilio',
  services: waitingRoom,
  request: VideoWebhookRequest,
  handle: async ({ input, services }) => {
    const { RoomSid, RoomName, ParticipantSid, ParticipantIdentity } = input;
    const isArrival = input.StatusCallbackEvent === 'participant-connected';
    if (isArrival && ParticipantSid !== undefined && ParticipantIdentity !== undefined) {
      await guardRoom(services, {
        roomId: RoomSid,
        roomName: RoomName,
        participantId: ParticipantSid,
        identity: ParticipantIdentity,
      });
    }
    return {};
  },
});
