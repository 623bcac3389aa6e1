/**
 * A page of the list of rooms in MongoDB. There is none here: FerretDB, which stands in for it, uses no index but that
 * of ids, so its time grows with the collection. What is ours can be shown all the same: how many keys MongoDB has to
 * read for a page, how much is answered, and that it takes no longer than the one scan by which FerretDB finds it.
 */
import { type BSON, MongoClient } from 'mongodb';
import { disconnect } from '../src/adapters/mongodb/connection';
import { type RoomDocument, roomDocument } from '../src/adapters/mongodb/documents';
import { MongoRoomRecords } from '../src/adapters/mongodb/room-records';
import { systemClock } from '../src/ports/clock';
import { mongoServer } from '../tests/real/mongodb';
import { keysExamined } from '../tests/real/mongodb-keys';
import { mongoWire } from '../tests/real/mongodb-wire';
import type { Comparison } from './report';
import { median } from './statistics';

const GOAL = 1.5;
const PAGE = 10;
const FEW = 2 * PAGE;
/** Of many more FerretDB’s scan takes longer than a request waits: on a busy machine that of 10,000 does. */
const SCANNED = 1_000;
const MANY = 100_000;
const BATCH = 10_000;
const ROUNDS = 9;

export const METHOD = `of MongoDB the keys of its index that it reads for a page, by its rule for what an index serves, and on FerretDB, which scans the collection for any query but one by _id (its explain says SCAN), the median of ${ROUNDS} pages beside that of the same query by the bare driver`;

export async function pagesInMongoDb(): Promise<Comparison[]> {
  const server = await mongoServer();
  await server.start();
  const wire = await mongoWire(server.uri);
  const client = await new MongoClient(server.uri).connect();
  try {
    const rooms = client.db().collection<RoomDocument>('rooms');
    const seed = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at += BATCH) {
        const count = Math.min(BATCH, to - at);
        await rooms.insertMany(Array.from({ length: count }, (_, i) => numbered(at + i)));
      }
    };
    const page = () => new MongoRoomRecords(wire.uri, systemClock, { calls: 0 }).list({ limit: PAGE });
    const asked = async (): Promise<{ commands: readonly BSON.Document[]; kib: number }> => {
      Object.assign(wire, { answeredBytes: 0 }).commands.length = 0;
      await page();
      return { commands: [...wire.commands], kib: wire.answeredBytes / 1024 };
    };
    const keys = async (commands: readonly BSON.Document[]): Promise<number> =>
      (await keysExamined(client.db(), commands)).reduce((sum, one) => sum + one, 0);

    // Whoever comes first makes the indexes.
    await page();
    await seed(0, FEW);
    const few = await asked();
    const keysOfFew = await keys(few.commands);
    await seed(FEW, SCANNED);
    const scanned = await asked();
    const scan = rooms.find().sort({ createdAt: -1, _id: -1 });
    const times = await alternating(page, () =>
      scan
        .clone()
        .limit(PAGE + 1)
        .toArray(),
    );
    await seed(SCANNED, MANY);
    const keysOfMany = await keys(few.commands);
    return [
      compared('keys of a page in MongoDB', MANY, 'keys', keysOfMany, keysOfFew),
      compared('answered for a page', SCANNED, 'KiB', scanned.kib, few.kib),
      {
        name: `a page in FerretDB, of ${SCANNED.toLocaleString('en')} rooms`,
        unit: 'ms',
        ours: times.ours,
        peer: { name: 'its scan', value: times.peer },
        goal: { text: `<= ${GOAL} x`, met: times.ours <= GOAL * times.peer },
      },
    ];
  } finally {
    await disconnect(wire.uri);
    await Promise.all([client.close(), wire.close()]);
    await server.close();
  }
}

const numbered = (i: number): RoomDocument =>
  roomDocument({ id: `room-${i}`, name: `room ${i}`, createdAt: i });

const compared = (
  what: string,
  total: number,
  unit: 'keys' | 'KiB',
  ours: number,
  value: number,
): Comparison => ({
  name: `${what}, of ${total.toLocaleString('en')} rooms`,
  unit,
  ours,
  peer: { name: `of ${FEW}`, value },
  goal: { text: `<= ${GOAL} x`, met: ours <= GOAL * value },
});

/** ms, medians; in turns, so that whatever else the machine does slows both down. */
async function alternating(
  ours: () => Promise<unknown>,
  peer: () => Promise<unknown>,
): Promise<{ ours: number; peer: number }> {
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [kept, run] of [[times.ours, ours] as const, [times.peer, peer] as const]) {
      const begun = performance.now();
      await run();
      kept.push(performance.now() - begun);
    }
  }
  return { ours: median(times.ours), peer: median(times.peer) };
}
