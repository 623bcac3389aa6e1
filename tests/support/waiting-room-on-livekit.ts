/** The waiting room over Twilio Sync and LiveKit's rooms, against the emulators. */
import { randomBytes } from 'node:crypto';
import { createLiveKitEmulator, type LiveKitEmulator } from '../../emulator/livekit/server';
import { ManualTime } from './manual-time';
import { twilioWorld, type TwilioWorldOptions } from './twilio-world';
import type { World } from './world';

export interface LiveKitWaitingRoom extends World {
  readonly livekit: LiveKitEmulator;
}

export async function waitingRoomOnLiveKit(options: TwilioWorldOptions = {}): Promise<LiveKitWaitingRoom> {
  const { clock = new ManualTime(), through = (origin) => Promise.resolve(origin) } = options;
  const [apiKey, apiSecret] = ['devkey', randomBytes(24).toString('hex')];
  const livekit = createLiveKitEmulator({ keys: { [apiKey]: apiSecret }, clock });
  const { origin } = await livekit.listen();
  const variables = {
    MEETINGS_PROVIDER: 'livekit',
    LIVEKIT_API_KEY: apiKey,
    LIVEKIT_API_SECRET: apiSecret,
    LIVEKIT_API_URL: await through(origin),
  };
  const twilio = await twilioWorld({ ...options, clock, variables });
  return {
    livekit,
    services: () => twilio.services(),
    view: (pass) => twilio.view(pass),
    board: (object) => twilio.board(object),
    connect: async ({ token }) => {
      await Promise.resolve();
      livekit.join(token);
    },
    hasLiveRoom: async (name) => {
      const rooms = livekit.rooms.filter((room) => room === name || room.startsWith(`${name}.`));
      const { media } = twilio.services();
      return (await Promise.all(rooms.map((room) => media.isOpen(room)))).includes(true);
    },
    advance: (ms) => twilio.advance(ms),
    close: async () => {
      await Promise.all([twilio.close(), livekit.close()]);
    },
  };
}
