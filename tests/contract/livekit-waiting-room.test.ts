import { askedSince } from '../support/asked-since';
import { idOfIdentity } from '../../src/domain/guest';
import { waitingRoomOnLiveKit } from '../support/waiting-room-on-livekit';
import { Wire } from '../support/wire';
import { actors, waitingRoomContract } from './waiting-room.contract';

waitingRoomContract('Twilio Sync and LiveKit', waitingRoomOnLiveKit);

test('what LiveKit is asked: once for a new room, once for one that is there, never for a token', async () => {
  const world = await waitingRoomOnLiveKit();
  const a = actors(world);
  const asked = askedSince(() => world.livekit.stats);

  const id = await a.create();
  const { ticket } = await a.enter(id, 'Ann');
  expect(asked()).toEqual({});
  const { roomId } = await a.host(id);
  expect(asked()).toEqual({ CreateRoom: 1 });
  await a.host(id);
  expect(asked()).toEqual({ ListRooms: 1 });
  const joined = await a.join(id, roomId, ticket);
  expect(asked()).toEqual({});
  await world.connect(joined);
  await a.remove(id, idOfIdentity(joined.identity));
  expect(asked()).toMatchObject({ RemoveParticipant: 1 });
  await a.end(id);
  expect(asked()).toEqual({ DeleteRoom: 2, CreateRoom: 1 });
  await world.close();
});

test.each(['auto', 'manual'] as const)(
  'who was removed and comes back with a kept token is put out when the host looks (%s), no webhook needed',
  async (admission) => {
    const world = await waitingRoomOnLiveKit();
    const a = actors(world);
    const id = await a.create({ admission });
    const [ann, bob] = [await a.enter(id, 'Ann'), await a.enter(id, 'Bob')];
    if (admission === 'manual') await a.admit(id);
    const { roomId } = await a.host(id);
    const passes = [await a.join(id, roomId, ann.ticket), await a.join(id, roomId, bob.ticket)] as const;
    for (const pass of passes) await world.connect(pass);
    await a.remove(id, idOfIdentity(passes[0].identity));
    const back = world.livekit.join(passes[0].token);
    expect(back.reason).toBeUndefined();
    await a.list(id);
    expect(back.reason).toBe('PARTICIPANT_REMOVED');
    const present = await world.services().media.participants(roomId);
    expect(present.map(({ identity }) => identity)).toEqual([passes[1].identity]);
    world.advance(12 * 60_000);
    expect(() => world.livekit.join(passes[0].token)).toThrow();
    await world.close();
  },
);

test('ending again closes the room of now, when LiveKit was away the first time; nothing goes on behind an answer', async () => {
  const wire = new Wire();
  const world = await waitingRoomOnLiveKit({ through: (origin) => wire.to(origin) });
  const a = actors(world);
  // What is begun at once is answered in another order each time.
  wire.jitter(3);
  for (let round = 0; round < 5; round += 1) {
    const id = await a.create();
    const { roomId: first } = await a.host(id);
    await world.services().media.closeRoom(first, first);
    const { roomId } = await a.host(id);
    expect(roomId).toBe(`${first}.2`);
    // The first call writes that it has ended; LiveKit's come after it, with all that are tried again.
    wire.fail({ fault: 'reset', moment: 'before', from: 3, to: 1000 });
    await expect(a.end(id)).rejects.toMatchObject({ code: 'try-again' });
    expect(wire.calls.slice(0, 2).filter((call) => call.includes('twirp'))).toEqual([]);
    wire.clear();
    expect(await world.services().media.isOpen(roomId)).toBe(true);
    expect(wire.calls.filter((call) => !call.endsWith('ListRooms'))).toEqual([]);
    await a.end(id);
    expect(await world.services().media.isOpen(roomId)).toBe(false);
    wire.clear();
  }
  await world.close();
  await wire.close();
});
