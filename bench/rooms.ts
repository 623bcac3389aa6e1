/** Rooms: a page of the list in Sync however many there are, and joins into one room in MongoDB. */
import { randomBytes, randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { createSyncEmulator } from '../emulator/twilio-sync/server';
import { createSyncService } from '../scripts/start/sync-service';
import { disconnect } from '../src/adapters/mongodb/connection';
import { MongoRoomRecords } from '../src/adapters/mongodb/room-records';
import { RoomList } from '../src/adapters/twilio/sync/room-list';
import { SyncRoomRecords } from '../src/adapters/twilio/sync/room-records';
import type { SyncService } from '../src/adapters/twilio/sync/sync-service';
import { requestScope } from '../src/compose/request-scope';
import { composeSync } from '../src/compose/sync';
import { readSettings } from '../src/config/settings';
import { twilioSettings } from '../src/config/twilio';
import { nobodyYet, socketJoined } from '../src/domain/attendance';
import { systemClock } from '../src/ports/clock';
import { mongoServer } from '../tests/real/mongodb';
import type { Comparison, Part } from './report';
import { median } from './statistics';

const GOAL = 1.5;
const TOTALS = [10, 1_000, 100_000] as const;
const PAGE = 10;
const ROUNDS = 40;
/** Pages that count for none: the first ones are slower, whatever the total. */
const WARM_UP = 200;
const KEEP_SECONDS = 3_600;
const JOINS = 400;
const AT_ONCE = 16;

export async function rooms(): Promise<Part> {
  const comparisons = [...(await pages()), await joins()];
  const method = `median of ${ROUNDS} pages of ${PAGE} from Sync's emulator; ${JOINS} users join, ${AT_ONCE} at once, on FerretDB. That reads a whole collection for any query but one by _id, so what MongoDB's indexes do for the page it cannot show`;
  return { title: 'Rooms', method, comparisons };
}

async function pages(): Promise<Comparison[]> {
  const hex = (): string => randomBytes(16).toString('hex');
  const account = { accountSid: `AC${hex()}`, authToken: hex() };
  const key = { sid: `SK${hex()}`, secret: hex() };
  const credentials = { ...account, apiKeys: { [key.sid]: key.secret } };
  const emulator = createSyncEmulator({ credentials, limits: 'off' });
  try {
    const { origin } = await emulator.listen();
    const environment = {
      ACCOUNT_SID: account.accountSid,
      AUTH_TOKEN: account.authToken,
      TWILIO_API_KEY: key.sid,
      TWILIO_API_SECRET: key.secret,
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
    new RoomList(sync()).append({ id: randomUUID(), name: `room ${i}`, createdAt: i }, KEEP_SECONDS);
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
    name: `a page, of ${TOTALS[i + 1]?.toLocaleString('en')} rooms`,
    unit: 'ms',
    ours,
    peer: { name: `of ${TOTALS[0]}`, value: fewest },
    goal: { text: `<= ${GOAL} x`, met: ours <= GOAL * fewest },
  }));
}

async function joins(): Promise<Comparison> {
  const server = await mongoServer();
  await server.start();
  const client = await new MongoClient(server.uri, { maxPoolSize: AT_ONCE }).connect();
  try {
    const roomId = randomUUID();
    const signs = { now: Date.now(), graceMs: 10_000, leaseEnd: () => Infinity };
    const records = () => new MongoRoomRecords(server.uri, systemClock, { calls: 0 });
    await records().add({ id: roomId, name: 'crowded', createdAt: 0 });
    const counter = client.db().collection<{ _id: string; n: number }>('counter');
    await counter.insertOne({ _id: roomId, n: 0 });
    const ours = await rate(async (i) => {
      const request = records();
      const before = await request.attendance(roomId, `user-${i}`);
      await request.save(before, socketJoined(nobodyYet(roomId, `user-${i}`), 's', 'g', signs));
    });
    const value = await rate(() => counter.updateOne({ _id: roomId }, { $inc: { n: 1 } }));
    return { name: 'joins into one room', unit: '/s', ours, peer: { name: 'a bare $inc', value } };
  } finally {
    await Promise.all([client.close(), disconnect(server.uri)]);
    await server.close();
  }
}

/** Per second. */
async function rate(run: (i: number) => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await atOnce(JOINS, run);
  return (JOINS * 1000) / (performance.now() - begun);
}

async function atOnce(count: number, run: (i: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await run(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
