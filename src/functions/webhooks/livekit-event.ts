/** POST /webhooks/livekit-event: the front port hands on what LiveKit tells of our rooms, its signature checked. */
import { LivekitEventRequest } from '../../api/webhooks';
import { guardLivekitRoom } from '../../app/guard-livekit-room';
import { livekitGuard } from '../../compose/persistent-meetings';
import { endpoint } from '../../http/endpoint';

/** Whatever brings a room to life or somebody into it. Counts are asked for when they are wanted. */
const ARRIVALS = new Set(['room_started', 'participant_joined']);

export const handler = endpoint({
  family: 'service',
  access: 'livekit',
  services: livekitGuard,
  request: LivekitEventRequest,
  handle: async ({ input, services }) => {
    const { event, room_name: roomId, participant_id: id, participant_identity: identity } = input;
    if (ARRIVALS.has(event) && roomId !== undefined) {
      const participant = id === undefined || identity === undefined ? {} : { participant: { id, identity } };
      await guardLivekitRoom(services, { roomId, ...participant });
    }
    return {};
  },
});
