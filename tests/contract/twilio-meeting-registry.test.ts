import { SyncMeetingRegistry } from '../../src/adapters/twilio/sync/meeting-registry';
import { SyncService } from '../../src/adapters/twilio/sync/sync-service';
import { randomPersistentMeetingId } from '../../src/domain/persistent-meeting';
import { Secrets } from '../../src/domain/secrets';
import { Upstream } from '../../src/upstream/upstream';
import { SimulatedTime } from '../support/simulated-time';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';
import { meetingRegistryContract } from './meeting-registry.contract';

const SECRET = 'a secret for tests, longer than needed';

function registryOf({ config: { twilio }, clock }: TwilioWorld): SyncMeetingRegistry {
  const settings = {
    account: twilio,
    serviceSid: twilio.syncServiceSid,
    apiOrigin: twilio.syncApiUrl,
    reachabilityWebhooks: false,
  };
  return new SyncMeetingRegistry(new SyncService(settings, new Secrets(SECRET), clock, new Upstream(clock)));
}

meetingRegistryContract('Twilio Sync', async () => {
  const world = await twilioWorld();
  return {
    registry: () => registryOf(world),
    now: () => world.clock.now(),
    advance: (ms) => world.clock.advance(ms),
    close: () => world.close(),
  };
});

test('200 meetings created at once are all there, at the pace that Sync allows', async () => {
  const clock = new SimulatedTime();
  const world = await twilioWorld({ clock });
  const ids = Array.from({ length: 200 }, randomPersistentMeetingId);
  const outcomes = await clock.spread(
    ids.map((id) => () => registryOf(world).create({ id, maxParticipants: 50, createdAt: 0 })),
    1,
  );
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
  await world.close();
});
