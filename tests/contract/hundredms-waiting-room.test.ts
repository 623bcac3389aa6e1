import { askedSince } from '../support/asked-since';
import { idOfIdentity } from '../../src/domain/guest';
import { waitingRoomOnHundredMs } from '../support/waiting-room-on-hundredms';
import { actors, waitingRoomContract } from './waiting-room.contract';

waitingRoomContract('Twilio Sync and 100ms', waitingRoomOnHundredMs);

test('what 100ms is asked: once for a room, never for a token, thrice to end', async () => {
  const world = await waitingRoomOnHundredMs();
  const a = actors(world);
  const asked = askedSince(() => world.hms.stats);

  const id = await a.create();
  const { ticket } = await a.enter(id, 'Ann');
  expect(asked()).toEqual({});
  const { roomId } = await a.host(id);
  expect(asked()).toEqual({ 'POST /rooms': 1 });
  await a.host(id);
  expect(asked()).toEqual({ 'GET /rooms/:id': 1 });
  const joined = await a.join(id, roomId, ticket);
  expect(asked()).toEqual({});
  await world.connect(joined);
  await a.remove(id, idOfIdentity(joined.identity));
  expect(asked()).toMatchObject({ 'POST /active-rooms/:id/remove-peers': 1 });
  await a.end(id);
  expect(asked()).toEqual({ 'GET /rooms': 1, 'POST /rooms/:id': 1, 'POST /active-rooms/:id/end-room': 1 });
  await world.close();
});
