/** What is promised of media servers, on a real livekit-server with real participants. */
import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { type RunningServer, runLiveKitServer } from '../../scripts/start/livekit-server';
import { liveKitRoomsContract } from '../contract/livekit-rooms.contract';
import { mediaServerContract } from '../contract/media-server.contract';
import type { MediaWorld } from '../support/media-world';
import { liveKitAdapters } from '../support/media-worlds';
import { BUILD_MS, installedLiveKitServer } from './installed-livekit-server';

const KEY = { apiKey: 'devkey', apiSecret: 'secretsecretsecretsecretsecretsecret' };
let server: RunningServer;

beforeAll(async () => {
  server = await runLiveKitServer(installedLiveKitServer(), KEY);
}, BUILD_MS);
afterAll(async () => {
  await dispose();
  await server.close();
});

function realWorld(): Promise<MediaWorld> {
  const rooms: Room[] = [];
  return Promise.resolve({
    ...liveKitAdapters(server.origin, KEY),
    connect: async (_, { token, url }) => {
      const room = new Room();
      rooms.push(room);
      let isOut = false;
      room.on(RoomEvent.Disconnected, () => {
        isOut = true;
      });
      await room.connect(url ?? '', token, { autoSubscribe: true, dynacast: false });
      return { isOut: () => isOut, leave: () => room.disconnect() };
    },
    now: () => Date.now(),
    close: async () => {
      await Promise.all(rooms.filter(({ isConnected }) => isConnected).map((room) => room.disconnect()));
    },
  });
}

mediaServerContract('LiveKit on a real server', realWorld);
liveKitRoomsContract('LiveKit on a real server', realWorld);
