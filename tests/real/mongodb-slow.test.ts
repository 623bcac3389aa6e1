/** Rooms in a MongoDB that is there and does badly: slow, without place for anything more, or closed to us. */
import { MongoClient } from 'mongodb';
import { disconnect } from '../../src/adapters/mongodb/connection';
import { MongoRoomRecords } from '../../src/adapters/mongodb/room-records';
import { createRoom } from '../../src/app/create-room';
import { joinRoom } from '../../src/app/join-room';
import { leaveRoom } from '../../src/app/leave-room';
import { issueRoomToken } from '../../src/app/room-token';
import { systemClock } from '../../src/ports/clock';
import type { RoomServices } from '../../src/ports/services';
import { roomWorld } from '../support/room-world';
import { BUILD_MS } from './go';
import { installedMongoServer, mongoServer, type MongoServer } from './mongodb';
import { mongoWire, type MongoWire, NO_PLACE, NOT_ALLOWED } from './mongodb-wire';

const ANYBODY = { client: '', user: 'anonymous' } as const;
const AWAY = { code: 'try-again', message: expect.stringContaining('cannot be reached') as string };
/** Who waits is told within five seconds; the rest is what a busy machine may add. */
const TOLD_MS = 8_000;

let server: MongoServer;
let wire: MongoWire;
beforeAll(() => void installedMongoServer(), BUILD_MS);
beforeEach(async () => {
  server = await mongoServer();
  await server.start();
  wire = await mongoWire(server.uri);
});
afterEach(async () => {
  await disconnect(wire.uri);
  await wire.close();
  await server.close();
});

const base = roomWorld();
base.leases.set('g1', Infinity);
const records = () => new MongoRoomRecords(wire.uri, systemClock, { calls: 0 });
/** As each request has them. */
const services = (): RoomServices => ({ ...base.services, clock: systemClock, records: records() });
const create = async (roomName: string) => (await createRoom(services(), { roomName })).room;
const join = (roomId: string, userId: string) =>
  joinRoom(services(), ANYBODY, { gateway: 'g1', socket: `s-${userId}`, roomId, userId });
const leave = (roomId: string, userId: string) =>
  leaveRoom(services(), { gateway: 'g1', socket: `s-${userId}`, roomId, userId, dropped: false });
const tokenFor = (roomId: string, userId: string) =>
  issueRoomToken(services(), ANYBODY, { roomId, role: 'guest', userId });

test('of a slow database one request waits for five seconds in all, however often it asks', async () => {
  const room = await create('slow');
  const request = records();
  // Each answer comes in time; ten of them do not.
  wire.delayMs = 900;
  const began = Date.now();
  const asks = async () => {
    for (let i = 0; i < 10; i += 1) await request.find(room.id);
  };
  await expect(asks()).rejects.toMatchObject(AWAY);
  expect(Date.now() - began).toBeLessThan(TOLD_MS);
  // The next request has its own time.
  expect(await records().find(room.id)).toMatchObject({ name: 'slow' });
});

test('of a crowd that a slow database cannot serve, who was told so is not written down behind their backs', async () => {
  await create('first');
  wire.commands.length = 0;
  // Ten connections, of which each answers once in the time there is, and is asked a second time.
  wire.delayMs = 3_000;
  const crowd = Array.from({ length: 30 }, (_, i) => ({ id: `crowd-${i}`, name: 'crowd', createdAt: i }));
  const answers = await Promise.allSettled(crowd.map((room) => records().add(room)));
  const refused = answers.filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(9);
  for (const answer of refused) expect(answer).toMatchObject({ reason: AWAY });
  wire.delayMs = 0;
  // Served after whatever still waits.
  const served = async () => (await records().list({ limit: 1 })).rooms.length;
  while ((await served().catch(() => 0)) === 0);
  expect(wire.commands.filter((command) => 'insert' in command).length).toBeLessThan(crowd.length);
});

test('whatever a request does beside takes none of the time that the database has', async () => {
  const room = await create('patient');
  let skipped = 0;
  const clock = { ...systemClock, now: () => Date.now() + skipped };
  const request = new MongoRoomRecords(wire.uri, clock, { calls: 0 });
  await request.find(room.id);
  // The provider took its time.
  skipped = 60_000;
  expect(await request.find(room.id)).toMatchObject({ name: 'patient' });
});

test('a database without place refuses what is new, shows what there is, and goes on once there is place', async () => {
  const room = await create('full');
  await join(room.id, 'ann');
  wire.refusal = NO_PLACE;
  await expect(create('another')).rejects.toMatchObject(AWAY);
  await expect(join(room.id, 'bob')).rejects.toMatchObject(AWAY);
  await expect(tokenFor(room.id, 'cid')).rejects.toMatchObject(AWAY);
  const stored = await new MongoClient(server.uri).connect();
  try {
    const userIds = await stored.db().collection('participants').distinct('userId');
    expect([userIds, await stored.db().collection('rooms').countDocuments()]).toEqual([['ann'], 1]);
  } finally {
    await stored.close();
  }
  const { rooms } = await records().list({ limit: 10 });
  expect(rooms).toMatchObject([{ room: { id: room.id }, present: [{ userId: 'ann' }] }]);
  wire.refusal = undefined;
  expect(await join(room.id, 'bob')).toMatchObject({ userIds: ['ann', 'bob'] });
  expect((await create('another')).name).toBe('another');
});

test('who comes and goes while rooms cannot be counted is told of all the same, and the count is right once somebody looks', async () => {
  const room = await create('uncounted');
  await join(room.id, 'ann');
  base.told.length = 0;
  wire.refusal = NO_PLACE;
  wire.refused = new Set(['update']);
  await join(room.id, 'bob');
  await join(room.id, 'cid');
  await leave(room.id, 'bob');
  expect(base.told.map(({ userId, action }) => `${userId} ${action}`)).toEqual([
    'bob joined',
    'cid joined',
    'bob left',
  ]);
  const stored = await new MongoClient(server.uri).connect();
  try {
    const counts = async () => (await stored.db().collection('rooms').find().toArray()) as object[];
    expect(await counts()).toMatchObject([{ participantCount: 1 }]);
    wire.refusal = undefined;
    expect(await records().look(room.id)).toMatchObject({ present: [{ userId: 'ann' }, { userId: 'cid' }] });
    expect(await counts()).toMatchObject([{ participantCount: 2 }]);
  } finally {
    await stored.close();
  }
});

test('a user of the database who may not write is for the operator to mend, not for callers to try again', async () => {
  await create('read');
  wire.refusal = NOT_ALLOWED;
  const message = expect.stringContaining('refuses the user of MONGO_URI') as string;
  await expect(create('written')).rejects.toMatchObject({ code: 'misconfigured', message });
});
