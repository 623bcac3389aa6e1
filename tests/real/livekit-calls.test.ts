/** A call's room on a real livekit-server: its two parties meet there while it goes on, and nobody after it. */
import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { TokenSource } from 'livekit-client';
import { type RunningServer, runLiveKitServer } from '../../scripts/start/livekit-server';
import { eventually } from '../contract/media-server.contract';
import { CallsOnRuntime } from '../support/calls-on-runtime';
import { BUILD_MS, installedLiveKitServer } from './installed-livekit-server';

let world: CallsOnRuntime;
let server: RunningServer;
const rooms: Room[] = [];

beforeAll(async () => {
  world = await CallsOnRuntime.start();
  const { environment, origin } = world.foyer;
  const { LIVEKIT_API_KEY: apiKey = '', LIVEKIT_API_SECRET: apiSecret = '' } = environment;
  server = await runLiveKitServer(
    installedLiveKitServer(),
    { apiKey, apiSecret },
    `${origin}/webhooks/livekit`,
  );
}, BUILD_MS);
beforeEach(() => {
  world.foyer.environment['LIVEKIT_URL'] = server.origin;
});
afterEach(() => world.clear());
afterAll(async () => {
  await Promise.all(rooms.filter(({ isConnected }) => isConnected).map((room) => room.disconnect()));
  await dispose();
  await server.close();
  await world.close();
});

async function connect(url: string, token: string): Promise<{ room: Room; isOut: () => boolean }> {
  const room = new Room();
  let isOut = false;
  room.on(RoomEvent.Disconnected, () => {
    isOut = true;
  });
  await room.connect(url, token, { autoSubscribe: true, dynacast: false });
  rooms.push(room);
  return { room, isOut: () => isOut };
}

let count = 0;
async function couple(): Promise<[string, string]> {
  count += 1;
  const [ann, ben] = await Promise.all([world.socket(`ann-${count}`), world.sync(`ben-${count}`)]);
  return [ann.user.id, ben.user.id];
}
const ask = async (room: string, id: string) =>
  (await world.foyer.call('/token', { room, id }, { as: 'query' })).json;

test('both parties meet, by the seed’s route and by livekit-client’s token source', async () => {
  const [ann, ben] = await couple();
  const { id } = await world.ongoing(ann, ben);
  const { livekit_url, token } = await ask(id, ann);
  const bens = await TokenSource.endpoint(`${world.foyer.origin}/token`).fetch({
    roomName: id,
    participantIdentity: ben,
  });
  const { room } = await connect(livekit_url, token);
  await connect(bens.serverUrl, bens.participantToken);
  await eventually(() => room.remoteParticipants.size === 1);
  const [seen] = room.remoteParticipants.values();
  expect(seen).toMatchObject({ identity: ben, name: `Ben-${count}` });
});

test('both are put out when the call ends, and kept tokens bring nobody together again', async () => {
  const [ann, ben] = await couple();
  const { id } = await world.ongoing(ann, ben);
  const [anns, bens] = [await ask(id, ann), await ask(id, ben)];
  const inside = [await connect(anns.livekit_url, anns.token), await connect(bens.livekit_url, bens.token)];
  await world.end(id, ben);
  await eventually(() => inside.every(({ isOut }) => isOut()));
  const back = await Promise.allSettled([
    connect(anns.livekit_url, anns.token),
    connect(bens.livekit_url, bens.token),
  ]);
  // Refused, or let in alone and put out at once.
  await eventually(() => back.every((one) => one.status === 'rejected' || one.value.isOut()));
});

test('whoever looks puts out those whom a server that was away had left together', async () => {
  const [ann, ben] = await couple();
  const { id } = await world.ongoing(ann, ben);
  const [anns, bens] = [await ask(id, ann), await ask(id, ben)];
  const inside = [await connect(anns.livekit_url, anns.token), await connect(bens.livekit_url, bens.token)];
  world.foyer.environment['LIVEKIT_URL'] = 'http://127.0.0.1:9';
  await world.end(id, ann);
  world.foyer.environment['LIVEKIT_URL'] = server.origin;
  await world.info(id);
  await eventually(() => inside.every(({ isOut }) => isOut()));
});
