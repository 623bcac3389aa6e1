/** A page of the list of rooms in Sync, however many there are. */
import { randomUUID } from 'node:crypto';
import { createSyncEmulator } from '../emulator/twilio-sync/server';
import { emulatedAccount } from '../scripts/start/emulated-account';
import { createSyncService } from '../scripts/start/sync-service';
import { RoomList } from '../src/adapters/twilio/sync/room-list';
import { SyncRoomRecords } from '../src/adapters/twilio/sync/room-records';
import type { SyncService } from '../src/adapters/twilio/sync/sync-service';
import { requestScope } from '../src/compose/request-scope';
import { composeSync } from '../src/compose/sync';
import { readSettings } from '../src/config/settings';
import { twilioSettings } from '../src/config/twilio';
import { atOnce } from './at-once';
import type { Comparison } from './report';
import { median } from './statistics';

const GOAL = 1.5;
const TOTALS = [10, 1_000, 100_000] as const;
export const PAGE = 10;
export const ROUNDS = 40;
/** Pages that count for none: the first ones are slower, whatever the total. */
const WARM_UP = 200;
const KEEP_MS = 3_600_000;

export async function pagesInSync(): Promise<Comparison[]> {
  const account = emulatedAccount();
  const emulator = createSyncEmulator({ credentials: account.credentials, limits: 'off' });
  try {
    const { origin } = await emulator.listen();
    const environment = {
      ...account.variables,
      SYNC_SERVICE_SID: await createSyncService(origin, account, undefined),
      SYNC_API_URL: origin,
    };
    const settings = readSettings(environment, twilioSettings);
    const sync = (): SyncService => composeSync(requestScope(environment, origin), settings).sync;
    return await pagesOf(sync);
  } finally {
    await emulator.close();
  }
}

async function pagesOf(sync: () => SyncService): Promise<Comparison[]> {
  const medians: number[] = [];
  let made = 0;
  const add = async (i: number): Promise<unknown> =>
    new RoomList(sync()).add({ id: randomUUID(), name: `room ${i}`, createdAt: i }, Date.now() + KEEP_MS);
  for (const total of TOTALS) {
    await atOnce(total - made, (i) => add(made + i));
    made = total;
    const times: number[] = [];
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      const begun = performance.now();
      await new SyncRoomRecords(sync()).list({ limit: PAGE });
      if (round >= 0) times.push(performance.now() - begun);
    }
    medians.push(median(times));
  }
  const [fewest = 0] = medians;
  return medians.slice(1).map((ours, i) => ({
    name: `a page in Sync, of ${TOTALS[i + 1]?.toLocaleString('en')} rooms`,
    unit: 'ms',
    ours,
    peer: { name: `of ${TOTALS[0]}`, value: fewest },
    goal: { text: `<= ${GOAL} x`, met: ours <= GOAL * fewest },
  }));
}
