/** What each use case of rooms costs in calls: to the provider, to Sync, to MongoDB. */
import { SyncGateways } from '../../src/adapters/twilio/sync/gateways';
import { checkRooms } from '../../src/app/check-rooms';
import { createRoom } from '../../src/app/create-room';
import { joinRoom } from '../../src/app/join-room';
import { leaveRoom } from '../../src/app/leave-room';
import { listRooms } from '../../src/app/list-rooms';
import { noteRoomEvent } from '../../src/app/note-room-event';
import { issueRoomToken } from '../../src/app/room-token';
import { watchRoom } from '../../src/app/watch-room';
import { rooms } from '../../src/compose/rooms';
import { composeSync } from '../../src/compose/sync';
import { readSettings } from '../../src/config/settings';
import { twilioSettings } from '../../src/config/twilio';
import type { RoomServices } from '../../src/ports/services';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';

const ANYBODY = { client: '', user: 'anonymous' } as const;
let world: TwilioWorld;
let roomId: string;
beforeAll(async () => {
  world = await twilioWorld({ variables: { ROOMS_PROVIDER: 'twilio' } });
  await renew();
});
afterAll(() => world.close());

/** The gateway lives for another half minute. */
async function renew(): Promise<void> {
  const scope = world.scope();
  const { sync } = composeSync(scope, readSettings(scope.environment, twilioSettings));
  await new SyncGateways(sync).renew('g1');
}

/** Calls of one request. */
async function costOf(run: (services: RoomServices) => Promise<unknown>): Promise<number> {
  const scope = world.scope();
  await run(rooms(scope));
  return scope.upstream.calls;
}
const ann = { gateway: 'g1', socket: 's1', userId: 'ann' };
const join = (userId = 'ann') => costOf((s) => joinRoom(s, ANYBODY, { ...ann, userId, roomId }));

test('each use case costs what it says, once the maps of a room are there', async () => {
  // The first room of all brings the list, the first visitor the room's maps, at two calls more each.
  await costOf((s) => createRoom(s, { roomName: 'first' }));
  const created = await costOf(async (s) => {
    roomId = (await createRoom(s, { roomName: 'daily' })).room.id;
  });
  const first = await join('bob');
  const costs = {
    created,
    again: await costOf((s) => createRoom(s, { roomName: 'daily' })),
    token: await costOf((s) => issueRoomToken(s, ANYBODY, { roomId, role: 'guest', userId: 'ann' })),
    watch: await costOf((s) => watchRoom(s, roomId)),
    joins: await join(),
    joinsAgain: await join(),
    drops: await costOf((s) => leaveRoom(s, { ...ann, roomId, dropped: true })),
    comesBack: await join(),
    leaves: await costOf((s) => leaveRoom(s, { ...ann, roomId, dropped: false })),
    leavesAgain: await costOf((s) => leaveRoom(s, { ...ann, roomId, dropped: false })),
    nothingDue: await costOf((s) => checkRooms(s, [roomId])),
  };
  expect(first).toBeGreaterThan(0);
  expect(costs).toMatchInlineSnapshot(`
    {
      "again": 6,
      "comesBack": 4,
      "created": 3,
      "drops": 2,
      "joins": 6,
      "joinsAgain": 3,
      "leaves": 4,
      "leavesAgain": 1,
      "nothingDue": 2,
      "token": 5,
      "watch": 2,
    }
  `);
});

test('a page costs one call for the list and one for each of its rooms; the provider is asked when that is stale', async () => {
  await costOf((s) => listRooms(s, { limit: 10 }));
  expect(await costOf((s) => listRooms(s, { limit: 10 }))).toBe(1 + 2);
  expect(await costOf((s) => listRooms(s, { limit: 1 }))).toBe(1 + 1);
  world.advance(20_000);
  await renew();
  world.advance(20_000);
  // For each room 2 to say that it was asked, 1 to ask.
  expect(await costOf((s) => listRooms(s, { limit: 10 }))).toBe(1 + 2 + 2 * 3);
});

test('an event of the provider costs two reads, and the writes of what it changes', async () => {
  const event = (kind: 'joined' | 'left', id: string) => ({
    provider: 'twilio' as const,
    id: `${id}:${kind}`,
    kind,
    roomId: 'RM',
    roomName: roomId,
    peer: { id, identity: 'cid' },
    at: world.clock.now(),
  });
  await costOf((s) => noteRoomEvent(s, event('joined', 'PA1')));
  expect(await costOf((s) => noteRoomEvent(s, event('joined', 'PA1')))).toBe(2);
  const foreign = { ...event('joined', 'PA1'), roomName: `meeting-${'x'.repeat(34)}` };
  expect(await costOf((s) => noteRoomEvent(s, foreign))).toBe(0);
  expect(await costOf((s) => noteRoomEvent(s, { ...foreign, roomName: 'nobody-knows' }))).toBe(1);
});
