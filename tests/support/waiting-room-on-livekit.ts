/** The waiting room over Twilio Sync and LiveKit's rooms, against the emulators. */
import { randomBytes } from 'node:crypto';
import { createLiveKitEmulator, type LiveKitEmulator } from '../../emulator/livekit/server';
import { compose } from '../../src/compose';
import type { Config } from '../../src/config';
import { twilioWorld, type TwilioWorldOptions } from './twilio-world';
import type { World } from './world';

export interface LiveKitWaitingRoom extends World {
  readonly livekit: LiveKitEmulator;
}

export async function waitingRoomOnLiveKit(options: TwilioWorldOptions = {}): Promise<LiveKitWaitingRoom> {
  const twilio = await twilioWorld(options);
  const [apiKey, apiSecret] = ['devkey', randomBytes(24).toString('hex')];
  const livekit = createLiveKitEmulator({ keys: { [apiKey]: apiSecret }, clock: twilio.clock });
  const { origin } = await livekit.listen();
  const config: Config = {
    ...twilio.config,
    meetingsProvider: 'livekit',
    livekit: { apiKey, apiSecret, apiUrl: await (options.through?.(origin) ?? origin) },
  };
  return {
    livekit,
    services: () => compose(config, twilio.syncOrigin, twilio.clock),
    view: (pass) => twilio.view(pass),
    connect: async ({ token }) => {
      await Promise.resolve();
      livekit.join(token);
    },
    hasLiveRoom: (name) =>
      Promise.resolve(livekit.rooms.some((room) => room === name || room.startsWith(`${name}.`))),
    advance: (ms) => twilio.advance(ms),
    close: async () => {
      await Promise.all([twilio.close(), livekit.close()]);
    },
  };
}
