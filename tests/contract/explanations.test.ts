/** "Why can't I get in?": every state of a guest as the host is told it, over this process and over Sync. */
import { idOfIdentity } from '../../src/domain/guest';
import { memoryWorld } from '../support/memory-world';
import { twilioWorld } from '../support/twilio-world';
import type { World } from '../support/world';
import { actors } from './waiting-room.contract';

describe.each([
  { name: 'memory', make: (): Promise<World> => memoryWorld() },
  { name: 'Twilio', make: (): Promise<World> => twilioWorld() },
])('explanations over $name', ({ make }) => {
  let world: World;
  let a: ReturnType<typeof actors>;
  beforeEach(async () => {
    world = await make();
    a = actors(world);
  });
  afterEach(() => world.close());

  /** The moment as explanations name it. */
  const now = (): string =>
    `${new Date(world.services().clock.now()).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const guestIn = async (id: string, name: string) => {
    const entered = await a.enter(id, name);
    return { ...entered, id: (await a.list(id)).find((guest) => guest.name === name)?.id ?? '' };
  };
  const expectSentence = async (
    meetingId: string,
    guestId: string,
    state: string,
    ...parts: (string | RegExp)[]
  ) => {
    const explained = await a.explain(meetingId, guestId);
    expect(explained.state).toBe(state);
    expect(explained.explanation).toMatch(/^[A-Z][^.\n]+\.$/);
    for (const part of parts) expect(explained.explanation).toMatch(part);
  };

  test('a guest waits since entering, until the host admits them and has joined', async () => {
    const id = await a.create({ admission: 'manual' });
    const entered = now();
    const ann = await guestIn(id, 'Ann');
    world.advance(5000);
    await expectSentence(id, ann.id, 'waiting', `since ${entered}`, /admits them and has joined/);
    await a.host(id);
    await expectSentence(id, ann.id, 'waiting', `since ${entered}`, /admits them\.$/);
  });

  test('an admitted guest waits for the host to join, then only has to come, then is in', async () => {
    const id = await a.create({ admission: 'manual' });
    const ann = await guestIn(id, 'Ann');
    world.advance(5000);
    const admitted = now();
    await a.admit(id, ann.id);
    world.advance(5000);
    await expectSentence(id, ann.id, 'admitted', `on ${admitted}`, /as soon as the host has joined/);
    const { roomId } = await a.host(id);
    await expectSentence(id, ann.id, 'admitted', `on ${admitted}`, /not in the room/);
    const joined = now();
    await world.connect(await a.join(id, roomId, ann.ticket));
    await expectSentence(
      id,
      ann.id,
      'admitted',
      `on ${admitted}`,
      `in the room since ${joined.slice(0, 16)}`,
    );
  });

  test('a full room is what keeps an admitted guest out', async () => {
    const id = await a.create({ admission: 'manual', maxParticipants: 2 });
    const [ann, bob, cid] = [await guestIn(id, 'Ann'), await guestIn(id, 'Bob'), await guestIn(id, 'Cid')];
    const { roomId } = await a.host(id);
    await a.admit(id);
    for (const { ticket } of [ann, bob]) await world.connect(await a.join(id, roomId, ticket));
    await expectSentence(id, cid.id, 'admitted', /the room is full \(2 people\)/);
    await expectSentence(id, bob.id, 'admitted', /has been in the room since/);
  });

  test('a denied guest may be admitted after all; a removed one never', async () => {
    const id = await a.create({ admission: 'manual' });
    const [ann, bob] = [await guestIn(id, 'Ann'), await guestIn(id, 'Bob')];
    world.advance(5000);
    const denied = now();
    await a.deny(id, ann.id);
    world.advance(5000);
    const removed = now();
    await a.remove(id, bob.id);
    world.advance(5000);
    await expectSentence(id, ann.id, 'denied', `away on ${denied}`, /admitting them/);
    await expectSentence(id, bob.id, 'removed', `on ${removed}`, /only a new meeting/);
    await a.admit(id, ann.id);
    await expectSentence(id, ann.id, 'admitted', /the host has joined/);
  });

  test('one whose page was closed has left, and is explained as such until coming back', async () => {
    const id = await a.create({ admission: 'manual' });
    const ann = await guestIn(id, 'Ann');
    world.advance(61_000);
    await expectSentence(id, ann.id, 'left', /opening it again/);
    await a.enter(id, 'Ann', ann.ticket);
    await expectSentence(id, ann.id, 'waiting');
  });

  test('one who has said goodbye, or never came, is unknown', async () => {
    const id = await a.create({ admission: 'manual' });
    const ann = await guestIn(id, 'Ann');
    await a.leave(id, ann.ticket);
    for (const guestId of [ann.id, 'g-nobody', 'constructor']) {
      await expectSentence(id, guestId, 'unknown', /left or never entered/);
    }
  });

  test('after the end everybody is told of a new meeting', async () => {
    const id = await a.create({ admission: 'manual' });
    const ann = await guestIn(id, 'Ann');
    await a.remove(id, ann.id);
    await a.end(id);
    for (const guestId of [ann.id, 'g-nobody'])
      await expectSentence(id, guestId, 'ended', /create a new one/);
  });

  test('where everybody is admitted guests are known by being in the room', async () => {
    const id = await a.create({ maxParticipants: 2 });
    const [ann, bob] = [await a.enter(id, 'Ann'), await a.enter(id, 'Bob')];
    await expectSentence(id, 'g-nobody', 'unknown', /the host has not joined yet/);
    const host = await a.host(id);
    await expectSentence(id, 'g-nobody', 'unknown', /opening the link again/);
    const joined = await a.join(id, host.roomId, ann.ticket);
    await world.connect(joined);
    const guestId = idOfIdentity(joined.identity);
    await expectSentence(id, guestId, 'admitted', /in the room since/);
    await world.connect(await a.join(id, host.roomId, bob.ticket));
    await expectSentence(id, 'g-nobody', 'unknown', /the room is full/);
    await a.remove(id, guestId);
    await expectSentence(id, guestId, 'removed', /only a new meeting/);
    await expectSentence(id, idOfIdentity(host.identity), 'unknown');
  });

  test('nobody’s number is not found', async () => {
    await expect(a.explain('424242424242', 'g1')).rejects.toMatchObject({ code: 'not-found' });
  });
});
