import { waitingRoomOnHundredMs } from '../support/waiting-room-on-hundredms';
import { Wire } from '../support/wire';
import { racesContract } from './races.contract';

racesContract(
  'Twilio Sync and 100ms',
  async () => {
    const wire = new Wire();
    wire.jitter(3);
    const world = await waitingRoomOnHundredMs({ through: (origin) => wire.to(origin) });
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
