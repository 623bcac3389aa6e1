/** The stores of rooms that need nothing but this process: memory, and Sync on its emulator. */
import { MemoryRoomRecords } from '../../src/adapters/memory/room-records';
import { SyncRoomRecords } from '../../src/adapters/twilio/sync/room-records';
import { composeSync } from '../../src/compose/sync';
import { readSettings } from '../../src/config/settings';
import { twilioSettings } from '../../src/config/twilio';
import type { RecordsWorld } from '../contract/room-records.contract';
import { ManualTime } from './manual-time';
import { twilioWorld, type TwilioWorld } from './twilio-world';

export function memoryRecordsWorld(): Promise<RecordsWorld> {
  const clock = new ManualTime();
  const records = new MemoryRoomRecords(clock);
  return Promise.resolve({
    records: () => records,
    now: () => clock.now(),
    close: () => Promise.resolve(),
  });
}

/** Sync's records of rooms, as one request has them. */
export function syncRecords(world: TwilioWorld): SyncRoomRecords {
  const scope = world.scope();
  return new SyncRoomRecords(composeSync(scope, readSettings(scope.environment, twilioSettings)).sync);
}

export async function syncRecordsWorld(): Promise<RecordsWorld> {
  const world = await twilioWorld();
  return {
    records: () => syncRecords(world),
    now: () => world.clock.now(),
    close: () => world.close(),
  };
}
