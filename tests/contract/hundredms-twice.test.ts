/** Who is in a room of 100ms by two tabs at once, which that vendor allows: present until the last of them has left. */
import { createHmsEmulator, type HmsEmulator } from '../../emulator/hundredms/server';
import { HundredMs } from '../../src/adapters/hundredms/media-server';
import { createRoom } from '../../src/app/create-room';
import { noteRoomEvent } from '../../src/app/note-room-event';
import { issueRoomToken } from '../../src/app/room-token';
import { watchRoom } from '../../src/app/watch-room';
import { STALE_AFTER_MS } from '../../src/domain/room';
import { Upstream } from '../../src/upstream/upstream';
import { type RoomWorld, roomWorld } from '../support/room-world';

const KEY = { accessKey: 'key', appSecret: 'secret-secret-secret' };
const ANYBODY = { client: '', user: 'anonymous' } as const;

let world: RoomWorld;
let emulator: HmsEmulator;
let origin: string;
beforeEach(async () => {
  world = roomWorld();
  emulator = createHmsEmulator({
    keys: { [KEY.accessKey]: KEY.appSecret },
    clock: world.clock,
    limits: 'off',
  });
  ({ origin } = await emulator.listen());
});
afterEach(() => emulator.close());

/** As each request has them. */
const services = () => {
  const settings = { ...KEY, apiUrl: `${origin}/v2`, roles: { host: 'host', guest: 'guest' } };
  const media = new HundredMs(settings, new Upstream(world.clock), world.clock);
  return { ...world.services, media, lister: media };
};

/** As 100ms tells of it. */
const tell = (kind: 'joined' | 'left', roomId: string, { peerId: id, userId: identity }: Tab) =>
  noteRoomEvent(services(), {
    provider: '100ms',
    id: `${id}:${kind}`,
    kind,
    roomId,
    roomName: 'daily',
    peer: { id, identity },
    at: world.clock.now(),
  });
type Tab = ReturnType<HmsEmulator['join']>;

test('asking the provider forgets no tab of somebody who has two, so who closes one of them is still there', async () => {
  const roomId = (await createRoom(services(), { roomName: 'daily' })).room.id;
  const order = { roomId, role: 'guest', userId: 'ann' };
  const { token } = await issueRoomToken(services(), ANYBODY, order);
  const present = async () => (await watchRoom(services(), roomId)).userIds;
  const tabs: Tab[] = [];
  for (let i = 0; i < 2; i += 1) {
    const tab = emulator.join(token);
    tabs.push(tab);
    await tell('joined', roomId, tab);
    world.clock.advance(STALE_AFTER_MS + 1);
    expect(await present()).toEqual(['ann']);
  }
  for (const tab of tabs.toReversed()) {
    expect(await present()).toEqual(['ann']);
    tab.leave();
    await tell('left', roomId, tab);
  }
  expect(await present()).toEqual([]);
  expect(world.told.map(({ action }) => action)).toEqual(['joined', 'left']);
});
