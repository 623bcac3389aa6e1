/**
 * Functions alone, on a real livekit-server: no webhook of LiveKit's reaches a function, so what kept tokens could
 * do is prevented, or found out by whoever looks next.
 */
import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { type RunningServer, runLiveKitServer } from '../../scripts/start/livekit-server';
import { idOfIdentity } from '../../src/domain/guest';
import { eventually } from '../contract/media-server.contract';
import { type Runtime, startRuntime } from '../support/runtime';
import { BUILD_MS, installedLiveKitServer } from './installed-livekit-server';

let foyer: Runtime;
let server: RunningServer;
const rooms: Room[] = [];

beforeAll(async () => {
  foyer = await startRuntime();
  const { LIVEKIT_API_KEY: apiKey = '', LIVEKIT_API_SECRET: apiSecret = '' } = foyer.environment;
  server = await runLiveKitServer(installedLiveKitServer(), { apiKey, apiSecret });
  foyer.environment['LIVEKIT_URL'] = server.origin;
  foyer.environment['MEETINGS_PROVIDER'] = 'livekit';
}, BUILD_MS);
afterAll(async () => {
  await Promise.all(rooms.filter(({ isConnected }) => isConnected).map((room) => room.disconnect()));
  await dispose();
  await server.close();
  await foyer.close();
});

interface Pass {
  readonly livekit_url: string;
  readonly token: string;
}

async function connect({ livekit_url, token }: Pass): Promise<{ isOut(): boolean }> {
  const room = new Room();
  let isOut = false;
  room.on(RoomEvent.Disconnected, () => {
    isOut = true;
  });
  await room.connect(livekit_url, token, { autoSubscribe: true, dynacast: false });
  rooms.push(room);
  return { isOut: () => isOut };
}

test.each(['auto', 'manual'])(
  'a guest who was removed and comes back is put out when the host looks (%s)',
  async (admission) => {
    const { meeting_id } = await foyer.ok('/admin/create', { admission });
    const { identity } = await foyer.ok('/user/enter-waiting-room', { meeting_id, name: 'Ann' });
    if (admission === 'manual') await foyer.ok('/admin/admit', { meeting_id, all: true });
    const { room_id } = await foyer.ok('/admin/join', { meeting_id });
    const pass = await foyer.ok('/user/join', { meeting_id, room_id, identity });
    const ann = await connect(pass);
    await foyer.ok('/admin/remove', { meeting_id, guest_id: idOfIdentity(pass.identity) });
    await eventually(() => ann.isOut());
    const back = await connect(pass);
    await foyer.ok('/admin/waiting-room', { meeting_id });
    await eventually(() => back.isOut());
  },
);

test('two who kept tokens of a deleted meeting do not meet in it', async () => {
  const { meeting_id } = await foyer.ok('/api/v1/meetings/create');
  const join = (user_name: string): Promise<Pass> =>
    foyer.ok('/api/v1/meetings/join', { meeting_id, user_name });
  const passes = [await join('Ann'), await join('Bob')];
  const present = await Promise.all(passes.map(connect));
  await foyer.ok('/api/v1/meetings/delete', { meeting_id });
  await eventually(() => present.every((attendee) => attendee.isOut()));
  const outcomes = await Promise.allSettled(passes.map(connect));
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(2);
});
