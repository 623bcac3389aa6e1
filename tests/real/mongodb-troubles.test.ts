/** Rooms in MongoDB: what is stored, read raw; and a database that is not there, dies, freezes and comes back. */
import { MongoClient } from 'mongodb';
import { disconnect } from '../../src/adapters/mongodb/connection';
import { MongoRoomRecords } from '../../src/adapters/mongodb/room-records';
import { createRoom } from '../../src/app/create-room';
import { joinRoom } from '../../src/app/join-room';
import { leaveRoom } from '../../src/app/leave-room';
import { listRooms } from '../../src/app/list-rooms';
import { issueRoomToken } from '../../src/app/room-token';
import { showRoomHistory } from '../../src/app/show-room-history';
import { watchRoom } from '../../src/app/watch-room';
import type { RoomServices } from '../../src/ports/services';
import { systemClock } from '../../src/ports/clock';
import { roomWorld } from '../support/room-world';
import { BUILD_MS } from './go';
import { installedMongoServer, mongoServer, type MongoServer } from './mongodb';

const ANYBODY = { client: '', user: 'anonymous' } as const;
/** Who waits is told within five seconds; the rest is what a busy machine may add. */
const TOLD_MS = 8_000;
const AWAY = { code: 'try-again', message: expect.stringContaining('cannot be reached') as string };

let server: MongoServer;
beforeAll(() => void installedMongoServer(), BUILD_MS);
beforeEach(async () => {
  server = await mongoServer();
});
afterEach(async () => {
  await disconnect(server.uri);
  await server.close();
});

const base = roomWorld();
base.leases.set('g1', Infinity);
/** As each request has them. */
const services = (): RoomServices => ({
  ...base.services,
  clock: systemClock,
  records: new MongoRoomRecords(server.uri, systemClock, { calls: 0 }),
});
const create = async (roomName: string) => (await createRoom(services(), { roomName })).room;
const join = (roomId: string, userId: string) =>
  joinRoom(services(), ANYBODY, { gateway: 'g1', socket: `s-${userId}`, roomId, userId });
const leave = (roomId: string, userId: string) =>
  leaveRoom(services(), { gateway: 'g1', socket: `s-${userId}`, roomId, userId, dropped: false });

/** What is in the database, as another client sees it. */
async function raw(): Promise<{ rooms: object[]; participants: object[]; text: string }> {
  const client = await new MongoClient(server.uri).connect();
  try {
    const [rooms, participants] = await Promise.all(
      ['rooms', 'participants'].map((name) => client.db().collection(name).find().toArray()),
    );
    return {
      rooms: rooms ?? [],
      participants: participants ?? [],
      text: JSON.stringify([rooms, participants]),
    };
  } finally {
    await client.close();
  }
}

async function setCount(roomId: string, participantCount: number): Promise<void> {
  const client = await new MongoClient(server.uri).connect();
  await client.db().collection('rooms').updateOne({ roomId }, { $set: { participantCount } });
  await client.close();
}

/** How long it took to refuse, ms. */
async function refusal(work: Promise<unknown>): Promise<number> {
  const began = Date.now();
  await expect(work).rejects.toMatchObject(AWAY);
  return Date.now() - began;
}

test('documents are in the schema of the seed, counts included, and hold no credential', async () => {
  await server.start();
  const room = await create('Stored ☃');
  const { token } = await issueRoomToken(services(), ANYBODY, {
    roomId: room.id,
    role: 'host',
    userId: 'ann',
  });
  for (const user of ['ann', 'bob', 'cid']) await join(room.id, user);
  await leave(room.id, 'bob');
  const { rooms, participants, text } = await raw();
  expect(rooms).toMatchObject([
    { roomId: room.id, name: 'Stored ☃', createdAt: new Date(room.createdAt), participantCount: 2 },
  ]);
  expect(participants).toHaveLength(3);
  const stored = (userId: string) =>
    participants.find((one) => (one as { userId: string }).userId === userId);
  expect(stored('ann')).toMatchObject({
    userId: 'ann',
    roomId: room.id,
    token: expect.stringMatching(/^[\w-]{43}$/) as string,
    joinedAt: expect.any(Date) as Date,
    leftAt: null,
  });
  expect(stored('bob')).toMatchObject({
    joinedAt: expect.any(Date) as Date,
    leftAt: expect.any(Date) as Date,
  });
  expect(text).not.toContain(token);
  expect(text).not.toContain(token.split('.').at(-1));
});

test('a count that was lost half-way is right in the database again once somebody looks', async () => {
  await server.start();
  const room = await create('drifted');
  await join(room.id, 'ann');
  await setCount(room.id, -7);
  const { rooms } = await listRooms(services(), { limit: 10 });
  expect(rooms.map(({ userIds }) => userIds)).toEqual([['ann']]);
  expect((await raw()).rooms).toMatchObject([{ participantCount: 1 }]);
});

test('a count in the database is never below nought, whoever corrects it in between', async () => {
  await server.start();
  const room = await create('corrected');
  await join(room.id, 'ann');
  // As by somebody who looked after the leave was recorded and before it was counted.
  await setCount(room.id, 0);
  await leave(room.id, 'ann');
  expect((await raw()).rooms).toMatchObject([{ participantCount: 0 }]);
});

test('a database that was never started is told of within five seconds, and all is well once it is', async () => {
  expect(await refusal(create('early'))).toBeLessThan(TOLD_MS);
  expect(await refusal(listRooms(services(), { limit: 10 }))).toBeLessThan(TOLD_MS);
  await server.start();
  const room = await create('early');
  expect(await join(room.id, 'ann')).toMatchObject({ userIds: ['ann'] });
});

test('a database that freezes is told of within five seconds, and nothing is half-written', async () => {
  await server.start();
  const room = await create('frozen');
  await join(room.id, 'ann');
  server.freeze();
  const times = await Promise.all([
    refusal(join(room.id, 'bob')),
    refusal(leave(room.id, 'ann')),
    refusal(create('another')),
    refusal(watchRoom(services(), room.id)),
  ]);
  expect(Math.max(...times)).toBeLessThan(TOLD_MS);
  server.thaw();
  await join(room.id, 'bob');
  await leave(room.id, 'ann');
  await leave(room.id, 'ann');
  expect(await watchRoom(services(), room.id)).toMatchObject({ userIds: ['bob'] });
  await watchRoom(services(), room.id);
  expect((await raw()).rooms).toContainEqual(
    expect.objectContaining({ name: 'frozen', participantCount: 1 }),
  );
});

test('killed and restarted again and again under load: what was answered is kept, and the counts are right', async () => {
  await server.start();
  const room = await create('loaded');
  const inside = new Set<string>();
  const unsure = new Set<string>();
  const load = { isOver: false };
  let answered = 0;
  const worker = async (name: string): Promise<void> => {
    for (let i = 0; !load.isOver; i = (i + 1) % 5) {
      const user = `${name}-${i}`;
      const joins = !inside.has(user);
      const began = Date.now();
      try {
        await (joins ? join(room.id, user) : leave(room.id, user));
        if (joins) inside.add(user);
        else inside.delete(user);
        unsure.delete(user);
        answered += 1;
      } catch (error) {
        expect(error).toMatchObject(AWAY);
        expect(Date.now() - began).toBeLessThan(TOLD_MS);
        // Whether it took effect before the end is unknown.
        unsure.add(user);
      }
    }
  };
  const workers = Promise.all(['a', 'b', 'c', 'd'].map(worker));
  for (let round = 0; round < 4; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await server.start();
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  load.isOver = true;
  await workers;
  expect(answered).toBeGreaterThan(20);
  const { userIds } = await watchRoom(services(), room.id);
  const known = (users: Iterable<string>) => [...users].filter((user) => !unsure.has(user)).toSorted();
  expect(known(userIds)).toEqual(known(inside));
  // Whoever was told "try again" tries again.
  for (const user of unsure) await leave(room.id, user);
  for (const user of unsure) inside.delete(user);
  const now = await watchRoom(services(), room.id);
  expect(now.userIds.toSorted()).toEqual([...inside].toSorted());
  await watchRoom(services(), room.id);
  expect((await raw()).rooms).toMatchObject([{ participantCount: inside.size }]);
  const { stays } = await showRoomHistory(services(), { roomId: room.id, limit: 200 });
  const open = stays.filter(({ leftAt }) => leftAt === null).map(({ userId }) => userId);
  expect(open.toSorted()).toEqual([...inside].toSorted());
});
