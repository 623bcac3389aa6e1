/** News of rooms over Sync: in the mailboxes of every gateway that lives, in their order, and when another one died. */
import { SyncGateways } from '../../src/adapters/twilio/sync/gateways';
import { checkRooms } from '../../src/app/check-rooms';
import { createRoom } from '../../src/app/create-room';
import { joinRoom } from '../../src/app/join-room';
import { leaveRoom } from '../../src/app/leave-room';
import { showRoomHistory } from '../../src/app/show-room-history';
import { watchRoom } from '../../src/app/watch-room';
import { rooms } from '../../src/compose/rooms';
import { composeSync } from '../../src/compose/sync';
import { readSettings } from '../../src/config/settings';
import { twilioSettings } from '../../src/config/twilio';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';
import { Wire } from '../support/wire';

const ANYBODY = { client: '', user: 'anonymous' } as const;
let wire: Wire;
let world: TwilioWorld;
beforeEach(async () => {
  wire = new Wire();
  world = await twilioWorld({
    variables: { ROOMS_PROVIDER: 'twilio' },
    through: (origin) => wire.to(origin),
  });
});
afterEach(async () => {
  await wire.close();
  await world.close();
});

const services = () => rooms(world.scope());
const renew = async (gateway: string): Promise<readonly string[]> => {
  const scope = world.scope();
  const { sync } = composeSync(scope, readSettings(scope.environment, twilioSettings));
  return (await new SyncGateways(sync).renew(gateway)).lists;
};
/** What a gateway was told of rooms, by its mailboxes. */
async function toldTo(lists: readonly string[]): Promise<string[]> {
  const service = world.vendor.sync.v1.services(world.environment['SYNC_SERVICE_SID'] ?? '');
  const items = await Promise.all(lists.map((list) => service.syncLists(list).syncListItems.list()));
  return items.flat().map(({ data }) => {
    const { to, message } = data as { to: { room: string }; message: { data: Record<string, string> } };
    expect(message).toMatchObject({ event: 'update', data: { roomId: to.room } });
    return `${message.data['userId']} ${message.data['action']}`;
  });
}
const newRoom = async (): Promise<string> => (await createRoom(services(), { roomName: 'daily' })).room.id;
const by = (gateway: string, roomId: string, userId: string) => ({
  gateway,
  socket: `s-${userId}`,
  roomId,
  userId,
});

test('every living gateway is told, once for each who came or went, in order', async () => {
  const [one, two] = [await renew('g1'), await renew('g2')];
  const roomId = await newRoom();
  await joinRoom(services(), ANYBODY, by('g1', roomId, 'ann'));
  await joinRoom(services(), ANYBODY, by('g1', roomId, 'ann'));
  await joinRoom(services(), ANYBODY, by('g2', roomId, 'ann'));
  await joinRoom(services(), ANYBODY, by('g2', roomId, 'bob'));
  await leaveRoom(services(), { ...by('g1', roomId, 'ann'), dropped: false });
  await leaveRoom(services(), { ...by('g2', roomId, 'ann'), dropped: false });
  await leaveRoom(services(), { ...by('g2', roomId, 'ann'), dropped: false });
  for (const lists of [one, two])
    expect(await toldTo(lists)).toEqual(['ann joined', 'bob joined', 'ann left']);
});

test('who was held by a gateway that was killed has left when its lease ended, and the others are told', async () => {
  await renew('g1');
  const roomId = await newRoom();
  await joinRoom(services(), ANYBODY, by('g1', roomId, 'ann'));
  const lastRenewed = world.clock.now();
  const two = await renew('g2');
  await joinRoom(services(), ANYBODY, by('g2', roomId, 'bob'));
  for (let i = 0; i < 4; i += 1) {
    world.advance(10_000);
    await renew('g2');
    // As a gateway does with each renewal.
    await checkRooms(services(), [roomId]);
  }
  expect(world.clock.now() - lastRenewed).toBeLessThanOrEqual(45_000);
  expect(await toldTo(two)).toEqual(['bob joined', 'ann left']);
  expect(await watchRoom(services(), roomId)).toMatchObject({ userIds: ['bob'] });
  const { stays } = await showRoomHistory(services(), { roomId, limit: 10 });
  expect(stays.find(({ userId }) => userId === 'ann')).toMatchObject({ seconds: 30 });
});

test('many who come and go at once over Sync are counted right, and everybody is told of each', async () => {
  const lists = await renew('g1');
  const roomId = await newRoom();
  const users = Array.from({ length: 12 }, (_, i) => `user-${i}`);
  await Promise.all(users.map((user) => joinRoom(services(), ANYBODY, by('g1', roomId, user))));
  await Promise.all(
    users.slice(4).map((user) => leaveRoom(services(), { ...by('g1', roomId, user), dropped: false })),
  );
  const { userIds } = await watchRoom(services(), roomId);
  expect(userIds.toSorted()).toEqual(users.slice(0, 4).toSorted());
  const told = await toldTo(lists);
  expect(told.toSorted()).toEqual(
    [...users.map((user) => `${user} joined`), ...users.slice(4).map((user) => `${user} left`)].toSorted(),
  );
});

test.each(['before', 'after'] as const)(
  'who came and went while the history failed, %s its effect, is told of, and in the history once it is read',
  async (moment) => {
    const lists = await renew('g1');
    const roomId = await newRoom();
    wire.fail({ fault: 503, moment, from: 1, to: Infinity, only: /room-history/ });
    const joinedAt = world.clock.now();
    expect(await joinRoom(services(), ANYBODY, by('g1', roomId, 'ann'))).toMatchObject({ userIds: ['ann'] });
    expect(await toldTo(lists)).toEqual(['ann joined']);
    await leaveRoom(services(), { ...by('g1', roomId, 'ann'), dropped: false });
    expect(await toldTo(lists)).toEqual(['ann joined', 'ann left']);
    expect(wire.calls.filter((call) => call.includes('room-history')).length).toBeGreaterThan(1);
    wire.clear();
    const { stays } = await showRoomHistory(services(), { roomId, limit: 10 });
    expect(stays).toMatchObject([{ userId: 'ann', joinedAt, leftAt: expect.any(Number) as number }]);
  },
);
