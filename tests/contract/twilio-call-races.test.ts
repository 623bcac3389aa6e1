import { twilioCallsWorld } from '../support/twilio-calls-world';
import { Wire } from '../support/wire';
import { callRacesContract } from './call-races.contract';

callRacesContract(
  'Twilio Sync',
  async () => {
    const wire = new Wire();
    wire.jitter(3);
    const world = await twilioCallsWorld({ through: (origin) => wire.to(origin) });
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
