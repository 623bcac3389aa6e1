import { MemoryMeetingRegistry } from '../../src/adapters/memory/meeting-registry';
import { meetingRegistryContract } from '../contract/meeting-registry.contract';
import { ManualTime } from '../support/manual-time';

meetingRegistryContract('memory', () => {
  const clock = new ManualTime();
  const registry = new MemoryMeetingRegistry(clock);
  return Promise.resolve({
    registry: () => registry,
    now: () => clock.now(),
    advance: (ms) => clock.advance(ms),
    close: () => Promise.resolve(),
  });
});
