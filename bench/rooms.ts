/** Rooms: a page of the list however many there are, joins into one room in MongoDB, and how soon others know of them. */
import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Build } from '../scripts/build/project';
import { disconnect } from '../src/adapters/mongodb/connection';
import { MongoRoomRecords } from '../src/adapters/mongodb/room-records';
import { nobodyYet, socketJoined } from '../src/domain/attendance';
import { systemClock } from '../src/ports/clock';
import { mongoServer } from '../tests/real/mongodb';
import { atOnce, AT_ONCE } from './at-once';
import type { Comparison, Part } from './report';
import { newsOfRooms, VISITS } from './room-news';
import { METHOD, pagesInMongoDb } from './room-pages-mongodb';
import { PAGE, pagesInSync, ROUNDS } from './room-pages-sync';

const JOINS = 400;

export async function rooms(build: Build): Promise<Part> {
  const pages = [...(await pagesInSync()), ...(await pagesInMongoDb())];
  const comparisons = [...pages, await joins(), ...(await newsOfRooms(build))];
  return {
    title: 'Rooms',
    method: `median of ${ROUNDS} pages of ${PAGE} from Sync's emulator; ${METHOD}; ${JOINS} users join, ${AT_ONCE} at once, on FerretDB; news of ${VISITS} joins and leaves by sockets, through the whole local stack`,
    comparisons,
  };
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
