/** What MongoDB reads to answer us does not grow with what there is. */
import { MongoClient } from 'mongodb';
import { disconnect } from '../../src/adapters/mongodb/connection';
import {
  type ParticipantDocument,
  participantDocument,
  pastDocument,
  type RoomDocument,
  roomDocument,
} from '../../src/adapters/mongodb/documents';
import { MongoRoomRecords } from '../../src/adapters/mongodb/room-records';
import { nobodyYet } from '../../src/domain/attendance';
import { systemClock } from '../../src/ports/clock';
import { BUILD_MS } from './go';
import { installedMongoServer, mongoServer, type MongoServer } from './mongodb';
import { keysExamined } from './mongodb-keys';
import { mongoWire, type MongoWire } from './mongodb-wire';

const LIMIT = 5;
/** Rooms, and stays, of one millisecond. */
const TWINS = 3;

let server: MongoServer;
let wire: MongoWire;
let client: MongoClient;
beforeAll(() => void installedMongoServer(), BUILD_MS);
beforeEach(async () => {
  server = await mongoServer();
  await server.start();
  wire = await mongoWire(server.uri);
  client = await new MongoClient(server.uri).connect();
});
afterEach(async () => {
  await disconnect(wire.uri);
  await Promise.all([client.close(), wire.close()]);
  await server.close();
});

const records = () => new MongoRoomRecords(wire.uri, systemClock, { calls: 0 });
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const timeOf = (i: number): number => 1_000_000 + Math.floor(i / TWINS);

/** So many rooms; in the newest one so many who have left, and as many who were given a token and never came. */
async function seed(total: number): Promise<string> {
  const rooms = numbers(total).map((i) => ({ id: `room-${i}`, name: `${i}`, createdAt: timeOf(i) }));
  const { id } = rooms.at(-1) ?? { id: '' };
  const left = numbers(total).map((i) => {
    const joinedAt = timeOf(i);
    return pastDocument({ ...nobodyYet(id, `left-${i}`), stay: joinedAt, joinedAt, leftAt: joinedAt + 1 });
  });
  const awaited = numbers(total).map((i) => participantDocument(nobodyYet(id, `awaited-${i}`), 1));
  // The adapter makes the indexes.
  await records().list({ limit: 1 });
  await client.db().collection<RoomDocument>('rooms').insertMany(rooms.map(roomDocument));
  await client
    .db()
    .collection<ParticipantDocument>('participants')
    .insertMany([...left, ...awaited]);
  const stay = { stay: 1_000, joinedAt: 1_000, sockets: { s: { gateway: 'g' } } };
  await records().save(undefined, { ...nobodyYet(id, 'present'), ...stay });
  return id;
}

const keysOf = async (work: () => Promise<unknown>): Promise<number[]> => {
  wire.commands.length = 0;
  await work();
  return keysExamined(client.db(), wire.commands);
};

test.each([20, 500])(
  'of %i rooms, stays and tokens as many keys are read as of any other number',
  async (total) => {
    const roomId = await seed(total);
    const page = { limit: LIMIT };
    const first = await records().list(page);
    expect(first.rooms.map(({ present }) => present.length)).toEqual([1, 0, 0, 0, 0]);
    // One room more says whether there is more; of those present there is one.
    expect(await keysOf(() => records().list(page))).toEqual([LIMIT + 1, 1]);
    const [next = 0] = await keysOf(() => records().list({ ...page, cursor: first.cursor }));
    expect(next).toBeLessThanOrEqual(LIMIT + 1 + TWINS);
    expect(await keysOf(() => records().look(roomId))).toEqual([1]);
    const { cursor } = await records().history(roomId, page);
    expect(await keysOf(() => records().history(roomId, page))).toEqual([LIMIT + 1]);
    const [later = 0] = await keysOf(() => records().history(roomId, { ...page, cursor }));
    expect(later).toBeLessThanOrEqual(LIMIT + 1 + TWINS);
  },
);
