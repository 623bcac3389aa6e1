import { SyncMeetingRegistry } from '../../src/adapters/twilio/sync/meeting-registry';
import { composeSync } from '../../src/compose/sync';
import { readSettings } from '../../src/config/settings';
import { twilioSettings } from '../../src/config/twilio';
import { randomPersistentMeetingId } from '../../src/domain/persistent-meeting';
import { SimulatedTime } from '../support/simulated-time';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';
import { meetingRegistryContract } from './meeting-registry.contract';

const registryOf = (world: TwilioWorld): SyncMeetingRegistry => {
  const scope = world.scope();
  return new SyncMeetingRegistry(composeSync(scope, readSettings(scope.environment, twilioSettings)).sync);
};

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
