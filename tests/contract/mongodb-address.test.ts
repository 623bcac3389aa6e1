/** Where MongoDB is: an address that DNS does not know just now, and one that is none. */
import { createSocket, type Socket } from 'node:dgram';
import { getServers, setServers } from 'node:dns';
import { once } from 'node:events';
import { MongoRoomRecords } from '../../src/adapters/mongodb/room-records';
import { systemClock } from '../../src/ports/clock';

/** RFC 1035, section 4.1.1: an answer, recursion there was, and no such name. */
const NO_SUCH_NAME = 0x8183;
const FLAGS_AT = 2;

const usual = getServers();
let dns: Socket;
let asked = 0;
beforeAll(async () => {
  dns = createSocket('udp4');
  dns.on('message', (question, { port, address }) => {
    asked += 1;
    const answer = Buffer.from(question);
    answer.writeUInt16BE(NO_SUCH_NAME, FLAGS_AT);
    dns.send(answer, port, address);
  });
  dns.bind(0, '127.0.0.1');
  await once(dns, 'listening');
  setServers([`127.0.0.1:${dns.address().port}`]);
});
afterAll(() => {
  setServers(usual);
  dns.close();
});

const look = (uri: string) => new MongoRoomRecords(uri, systemClock, { calls: 0 }).find('daily');

test('a cluster whose name cannot be looked up is away, each time it is asked for', async () => {
  for (const times of [1, 2]) {
    await expect(look('mongodb+srv://cluster.example.com/foyer')).rejects.toMatchObject({
      code: 'try-again',
      message: expect.stringContaining('cannot be reached') as string,
    });
    expect(asked).toBeGreaterThanOrEqual(times);
  }
});

test.each(['mongodb://db.example.com/foyer?colour=red', 'mongodb+srv://db.example.com:27017/foyer'])(
  '%s is no address: what is to be set is said',
  async (uri) => {
    await expect(look(uri)).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('MONGO_URI') as string,
    });
  },
);
