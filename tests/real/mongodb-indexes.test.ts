/**
 * What MongoDB reads to answer us does not grow with what there is. FerretDB, which stands in for it, reads whole
 * collections; so which index serves a query, and how many of its keys, follows here from MongoDB's rule: what is
 * equal, then the order, then the range. https://www.mongodb.com/docs/manual/tutorial/equality-sort-range-guideline/
 */
import { type BSON, type Collection, type Document, MongoClient, type Sort } from 'mongodb';
import {
  disconnect,
  type ParticipantDocument,
  type RoomDocument,
} from '../../src/adapters/mongodb/connection';
import { participantDocument, pastDocument, roomDocument } from '../../src/adapters/mongodb/documents';
import { MongoRoomRecords } from '../../src/adapters/mongodb/room-records';
import { nobodyYet } from '../../src/domain/attendance';
import { systemClock } from '../../src/ports/clock';
import { BUILD_MS } from './go';
import { installedMongoServer, mongoServer, type MongoServer } from './mongodb';
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

type Query = BSON.Document & { find: string; filter: Document; sort?: Document; limit?: number };

/** Whether a condition picks single values of a field. */
const isEqual = (condition: unknown): boolean =>
  typeof condition !== 'object' || condition === null || '$in' in condition;

/** The index that has what is equal first, then the order, and what it says of the field after those that are equal. */
async function indexFor({ filter, sort = {} }: Query, collection: Collection) {
  const equal = Object.keys(filter).filter((field) => !field.startsWith('$') && isEqual(filter[field]));
  const ordered = JSON.stringify(Object.entries(sort));
  for (const { key } of await collection.indexes()) {
    const fields = Object.entries(key);
    const first = fields.slice(0, equal.length).map(([field]) => field);
    const next = fields.slice(equal.length);
    const isSorted = JSON.stringify(next.slice(0, Object.keys(sort).length)) === ordered;
    const range = next[0]?.[0] ?? '';
    const isRanged = Object.keys(sort).length > 0 || range in filter;
    if (isSorted && isRanged && equal.every((field) => first.includes(field))) return { key, equal, range };
  }
  throw new Error(`no index for ${JSON.stringify({ filter, sort })}`);
}

/** How many keys of its index are looked at until the answer is complete. */
async function keysExamined(query: Query): Promise<number> {
  const collection = client.db().collection(query.find);
  const { key, equal, range } = await indexFor(query, collection);
  const within = [...equal, range].filter((field) => field in query.filter);
  const bounds = Object.fromEntries(within.map((field) => [field, query.filter[field]]));
  const idsOf = async (filter: Document, limit = 0): Promise<string[]> => {
    const found = await collection.find(filter, { sort: key as Sort, limit }).toArray();
    return found.map(({ _id }) => String(_id));
  };
  const [walked, answered] = [await idsOf(bounds), await idsOf(query.filter, query.limit)];
  return answered.length === query.limit ? walked.indexOf(answered.at(-1) ?? '') + 1 : walked.length;
}

/** Of what is asked meanwhile, but for single documents by their ids. */
async function keysOf(work: () => Promise<unknown>): Promise<number[]> {
  wire.commands.length = 0;
  await work();
  const queries = wire.commands.filter((command): command is Query => 'find' in command);
  const several = queries.filter(({ filter }) => !('_id' in filter));
  return Promise.all(several.map(keysExamined));
}

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
