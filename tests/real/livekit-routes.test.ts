/** The tokens of every route, on a real livekit-server with real participants. */
import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { TokenSource } from 'livekit-client';
import { type RunningServer, runLiveKitServer } from '../../scripts/start/livekit-server';
import { eventually } from '../contract/media-server.contract';
import { type Runtime, startRuntime } from '../support/runtime';
import { BUILD_MS, installedLiveKitServer } from './installed-livekit-server';

let foyer: Runtime;
let server: RunningServer;
const rooms: Room[] = [];

beforeAll(async () => {
  foyer = await startRuntime();
  const { LIVEKIT_API_KEY: apiKey = '', LIVEKIT_API_SECRET: apiSecret = '' } = foyer.environment;
  const key = { apiKey, apiSecret };
  server = await runLiveKitServer(installedLiveKitServer(), key, `${foyer.origin}/webhooks/livekit`);
  foyer.environment['LIVEKIT_URL'] = server.origin;
}, BUILD_MS);
afterAll(async () => {
  await Promise.all(rooms.filter(({ isConnected }) => isConnected).map((room) => room.disconnect()));
  await dispose();
  await server.close();
  await foyer.close();
});

async function connect(url: string, token: string): Promise<{ room: Room; isOut(): boolean }> {
  const room = new Room();
  let isOut = false;
  room.on(RoomEvent.Disconnected, () => {
    isOut = true;
  });
  await room.connect(url, token, { autoSubscribe: true, dynacast: false });
  rooms.push(room);
  return { room, isOut: () => isOut };
}

const BASE = '/api/v1/meetings';
const create = async (parameters = {}): Promise<string> =>
  (await foyer.ok(`${BASE}/create`, parameters)).meeting_id;
const join = async (id: string, user_name: string) => {
  const joined = await foyer.ok(`${BASE}/${id}/join`, { user_name });
  return { ...joined, connect: () => connect(joined.livekit_url, joined.token) };
};
const read = async (id: string, what: string) => (await foyer.verb('GET', `${BASE}/${id}/${what}`)).json;

test('a room by its name, by the seed’s route and by livekit-client’s token source', async () => {
  const ann = await foyer.ok('/', { roomName: 'daily', uid: 'ann' });
  const bob = await TokenSource.endpoint(`${foyer.origin}/livekit/token`).fetch({
    roomName: 'daily',
    participantIdentity: 'bob',
    participantName: 'Bob 🎈',
    participantAttributes: { hand: 'raised' },
  });
  const { room } = await connect(ann.livekit_socket_url, ann.access_token);
  await connect(bob.serverUrl, bob.participantToken);
  await eventually(() => room.remoteParticipants.size === 1);
  const [seen] = room.remoteParticipants.values();
  expect(seen).toMatchObject({ identity: 'bob', name: 'Bob 🎈', attributes: { hand: 'raised' } });
});

test('a meeting: participants are there as they are, and out when it is deleted, also with tokens from before', async () => {
  const id = await create();
  const [ann, bob] = [await join(id, 'Ann'), await join(id, 'Bob 李')];
  const [annsRoom, bobsRoom] = [await ann.connect(), await bob.connect()];
  await eventually(async () => (await read(id, 'info')).num_participants === 2);
  const { participants } = await read(id, 'participants');
  for (const { user_id, user_name } of [ann, bob]) {
    expect(participants).toContainEqual({
      sid: expect.stringMatching(/^PA_/),
      identity: user_id,
      name: user_name,
      state: 'ACTIVE',
      joined_at: expect.any(Number),
    });
  }
  expect(Math.abs(participants[0].joined_at - Date.now() / 1000)).toBeLessThan(60);

  expect((await foyer.verb('DELETE', `${BASE}/${id}`)).status).toBe(200);
  await eventually(() => annsRoom.isOut() && bobsRoom.isOut());
  // The server makes the room anew for the token; its webhook brings us to end it.
  const back = await ann.connect().catch(() => undefined);
  await eventually(() => back === undefined || back.isOut());
});

test('a full meeting turns away whoever comes with a token from before it was full', async () => {
  const id = await create({ max_participants: 2 });
  const [ann, bob, eve] = [await join(id, 'Ann'), await join(id, 'Bob'), await join(id, 'Eve')];
  await ann.connect();
  await bob.connect();
  await expect(eve.connect()).rejects.toThrow();
  await eventually(async () => (await foyer.call(`${BASE}/${id}/join`, { user_name: 'Zoë' })).status === 403);
});
