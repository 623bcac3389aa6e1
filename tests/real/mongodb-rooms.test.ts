/** Rooms in MongoDB, on a real server of its protocol: the contract, what is stored, and a database that goes away. */
import { describeRoomRecords } from '../contract/room-records.contract';
import { MongoRoomRecords } from '../../src/adapters/mongodb/room-records';
import { disconnect } from '../../src/adapters/mongodb/connection';
import { systemClock } from '../../src/ports/clock';
import { BUILD_MS } from './go';
import { installedMongoServer, mongoServer } from './mongodb';

beforeAll(() => void installedMongoServer(), BUILD_MS);

describeRoomRecords('MongoDB', async () => {
  const server = await mongoServer();
  await server.start();
  const records = (): MongoRoomRecords => new MongoRoomRecords(server.uri, systemClock, { calls: 0 });
  // Who has only just started a server, driver and indexes included, holds it to no time yet.
  while (!(await hasAnswered(records()))) continue;
  return {
    records,
    now: () => Date.now(),
    close: async () => {
      await disconnect(server.uri);
      await server.close();
    },
  };
});

const hasAnswered = (records: MongoRoomRecords): Promise<boolean> =>
  records.find('none').then(
    () => true,
    () => false,
  );
