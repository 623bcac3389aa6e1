import { twilioWorld } from '../support/twilio-world';
import { Wire } from '../support/wire';
import { waitingQueueContract } from './waiting-queue.contract';

waitingQueueContract(
  'Twilio Sync',
  async () => {
    const wire = new Wire();
    wire.jitter(3);
    const world = await twilioWorld({ through: (origin) => wire.to(origin) });
    return {
      ...world,
      close: async () => {
        await wire.close();
        await world.close();
      },
    };
  },
  8,
);
