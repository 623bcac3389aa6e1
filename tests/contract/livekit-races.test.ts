import { waitingRoomOnLiveKit } from '../support/waiting-room-on-livekit';
import { Wire } from '../support/wire';
import { racesContract } from './races.contract';

racesContract(
  'Twilio Sync and LiveKit',
  async () => {
    const wire = new Wire();
    wire.jitter(3);
    const world = await waitingRoomOnLiveKit({ through: (origin) => wire.to(origin) });
    return {
      ...world,
      close: async () => {
        await wire.close();
        await world.close();
      },
    };
  },
  10,
);
