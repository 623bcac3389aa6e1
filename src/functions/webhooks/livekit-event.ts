/** POST /webhooks/livekit-event: the front port hands on what LiveKit tells of our rooms, its signature checked. */
import { LivekitEventRequest } from '../../api/webhooks';
import { guardLivekitRoom } from '../../app/guard-livekit-room';
import { livekitGuard } from '../../compose/persistent-meetings';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'service',
  access: 'livekit',
  services: livekitGuard,
  request: LivekitEventRequest,
  handle: async ({ input, services }) => {
    const { event, room_name: roomId, participant_id: id, participant_identity: identity } = input;
    const isArrival = event === 'participant_joined';
    // Of whatever else happens, counts and rooms, it is asked when it is wanted.
    if (isArrival && roomId !== undefined && id !== undefined && identity !== undefined) {
      await guardLivekitRoom(services, { roomId, participant: { id, identity } });
    }
    return {};
  },
});
