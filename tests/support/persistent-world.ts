/** The use cases of persistent meetings over Sync and LiveKit, against the emulators. */
import { randomBytes } from 'node:crypto';
import { createLiveKitEmulator, type LiveKitEmulator } from '../../emulator/livekit/server';
import { createPersistentMeeting } from '../../src/app/create-persistent-meeting';
import { deletePersistentMeeting } from '../../src/app/delete-persistent-meeting';
import { joinPersistentMeeting } from '../../src/app/join-persistent-meeting';
import { showPersistentMeeting } from '../../src/app/show-persistent-meeting';
import { persistentMeetings } from '../../src/compose/persistent-meetings';
import { waitingRoom } from '../../src/compose/waiting-room';
import type { PersistentMeetingServices, WaitingRoomServices } from '../../src/ports/services';
import { ManualTime } from './manual-time';
import { twilioWorld, type TwilioWorld, type TwilioWorldOptions } from './twilio-world';

export interface PersistentWorld extends TwilioWorld {
  services(): WaitingRoomServices & PersistentMeetingServices;
  readonly livekit: LiveKitEmulator;
}

export async function persistentWorld(options: TwilioWorldOptions = {}): Promise<PersistentWorld> {
  const { clock = new ManualTime(), through = (origin) => Promise.resolve(origin) } = options;
  const [apiKey, apiSecret] = ['APIkey', randomBytes(16).toString('hex')];
  const livekit = createLiveKitEmulator({ keys: { [apiKey]: apiSecret }, clock });
  const { origin } = await livekit.listen();
  const variables = {
    LIVEKIT_API_KEY: apiKey,
    LIVEKIT_API_SECRET: apiSecret,
    LIVEKIT_URL: await through(origin),
  };
  const world = await twilioWorld({ ...options, clock, variables });
  return {
    ...world,
    livekit,
    services: () => {
      const scope = world.scope();
      return { ...waitingRoom(scope), ...persistentMeetings(scope) };
    },
    close: async () => {
      await livekit.close();
      await world.close();
    },
  };
}

/** Each use case with services of its own, as each request has them. */
export const meetingActors = ({ services }: Pick<PersistentWorld, 'services'>) => ({
  create: async (maxParticipants?: number) =>
    (await createPersistentMeeting(services(), { maxParticipants })).id,
  join: (meetingId: string, name = 'Ann') => joinPersistentMeeting(services(), { meetingId, name }),
  show: (meetingId: string) => showPersistentMeeting(services(), { meetingId }),
  remove: (meetingId: string) => deletePersistentMeeting(services(), { meetingId }),
});
