/** The waiting room over Twilio Sync and 100ms' rooms, against the emulators. */
import { randomBytes } from 'node:crypto';
import { createHmsEmulator, type HmsEmulator } from '../../emulator/hundredms/server';
import { nameOf } from '../../src/adapters/hundredms/room-name';
import { ManualTime } from './manual-time';
import { twilioWorld, type TwilioWorldOptions } from './twilio-world';
import type { World } from './world';

interface HundredMsWaitingRoom extends World {
  readonly hms: HmsEmulator;
}

export async function waitingRoomOnHundredMs(
  options: TwilioWorldOptions = {},
): Promise<HundredMsWaitingRoom> {
  const { clock = new ManualTime(), through = (origin) => Promise.resolve(origin) } = options;
  const [accessKey, appSecret] = ['access-key', randomBytes(24).toString('hex')];
  // Time stands still here, so a rate would never recover.
  const hms = createHmsEmulator({ keys: { [accessKey]: appSecret }, clock, limits: 'off' });
  const { origin } = await hms.listen();
  const variables = {
    MEETINGS_PROVIDER: '100ms',
    HMS_ACCESS_KEY: accessKey,
    HMS_APP_SECRET: appSecret,
    HMS_API_URL: `${await through(origin)}/v2`,
  };
  const twilio = await twilioWorld({ ...options, clock, variables });
  return {
    hms,
    services: () => twilio.services(),
    view: (pass) => twilio.view(pass),
    board: (object) => twilio.board(object),
    connect: async ({ token }) => {
      await Promise.resolve();
      hms.join(token);
    },
    hasLiveRoom: (name) => Promise.resolve(hms.rooms.some((room) => nameOf(room) === name)),
    advance: (ms) => twilio.advance(ms),
    close: async () => {
      await Promise.all([twilio.close(), hms.close()]);
    },
  };
}
