/** Rooms in MongoDB through the built functions: the seed's requests, and a database that goes away under them. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { type Runtime, startRuntime } from '../support/runtime';
import { BUILD_MS } from './go';
import { installedMongoServer, mongoServer, type MongoServer } from './mongodb';

/** What the functions open, which live for as long as their process. */
const clients: MongoClient[] = [];
const connect: (this: MongoClient) => Promise<MongoClient> = Reflect.get(MongoClient.prototype, 'connect');
MongoClient.prototype.connect = function (this: MongoClient) {
  clients.push(this);
  return connect.call(this);
};

let server: MongoServer;
let foyer: Runtime;
beforeAll(async () => {
  installedMongoServer();
  [server, foyer] = await Promise.all([mongoServer(), startRuntime()]);
  foyer.environment['MONGO_URI'] = server.uri;
  // Where they are deployed, the driver is installed beside the functions.
  symlinkSync(join(__dirname, '../../node_modules'), join(foyer.folder, '../node_modules'));
}, BUILD_MS);
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await foyer.close();
  await server.close();
});

test('before it is there, while it is away and once it is back', async () => {
  const away = async () => {
    const began = Date.now();
    const replies = [await foyer.call('/rooms', { roomName: 'x' }), await foyer.verb('GET', '/rooms')];
    for (const { status, json } of replies)
      expect([status, json]).toEqual([503, { message: expect.stringContaining('Try again') as string }]);
    // Of each within five seconds; the rest is what a busy machine may add.
    expect(Date.now() - began).toBeLessThan(16_000);
  };
  await away();
  await server.start();
  const { id } = await foyer.ok('/rooms', { roomName: 'My Room' });
  const token = await foyer.ok(`/rooms/${id as string}/token`, { role: 'host', userId: 'ann' });
  expect(token).toMatchObject({ userId: 'ann', roomId: id });
  await server.kill();
  await away();
  await server.start();
  const { json } = await foyer.verb('GET', '/rooms');
  expect(json).toMatchObject({ rooms: [{ roomId: id, name: 'My Room', participantCount: 0 }] });
  expect(foyer.printed().join('\n')).not.toContain(String(token['token']));
});
