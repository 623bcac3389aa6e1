/**
 * Random histories of a room: people come and go at the provider and by sockets, sockets are lost, gateways die, and
 * what the provider tells of it comes late, twice, in any order or not at all. In the end who is present is the truth.
 */
import * as fc from 'fast-check';
import { createRoom } from '../../src/app/create-room';
import { joinRoom } from '../../src/app/join-room';
import { leaveRoom } from '../../src/app/leave-room';
import { noteRoomEvent } from '../../src/app/note-room-event';
import { showRoomHistory } from '../../src/app/show-room-history';
import { watchRoom } from '../../src/app/watch-room';
import type { RoomEvent } from '../../src/domain/room-event';
import { type RoomWorld, roomWorld } from '../support/room-world';

const USERS = ['ann', 'bob', 'cid'];
const GATEWAYS = ['g1', 'g2'];
const STEP_MS = 3_000;
const ANYBODY = { client: '', user: 'anonymous' } as const;

/** How one event travels: each delivery after so many ms; none for one that is lost. */
const delays = (isLossy: boolean) =>
  isLossy
    ? fc.oneof(
        { weight: 1, arbitrary: fc.constant<number[]>([]) },
        {
          weight: 4,
          arbitrary: fc.array(fc.integer({ min: 0, max: 25_000 }), { minLength: 1, maxLength: 2 }),
        },
      )
    : fc.array(fc.integer({ min: 0, max: 25_000 }), { minLength: 1, maxLength: 2 });

const step = (isLossy: boolean) =>
  fc.record({
    what: fc.constantFrom(
      'connect',
      'connect',
      'disconnect',
      'disconnect',
      'join',
      'leave',
      'drop',
      'look',
      'crash',
    ),
    user: fc.constantFrom(...USERS),
    gateway: fc.constantFrom(...GATEWAYS),
    delays: delays(isLossy),
  });
type Step = ReturnType<typeof step> extends fc.Arbitrary<infer T> ? T : never;

/** Plays the steps, one every three seconds, and what is told of them when it arrives. */
class History {
  private readonly connections = new Map<string, { id: string; leave(): Promise<void> }>();
  private readonly sockets = new Set<string>();
  private readonly underWay: { at: number; event: RoomEvent }[] = [];
  private generation = 0;

  private constructor(
    readonly world: RoomWorld,
    readonly roomId: string,
  ) {}

  static async begin(): Promise<History> {
    const world = roomWorld();
    for (const gateway of GATEWAYS) world.leases.set(gateway, Infinity);
    const { room } = await createRoom(world.services, { roomName: 'daily' });
    return new History(world, room.id);
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const one of steps) {
      await this.pass(STEP_MS);
      await this[one.what](one);
    }
    await this.pass(60_000);
  }

  async present(): Promise<readonly string[]> {
    const { userIds } = await watchRoom(this.world.services, this.roomId);
    expect(new Set(userIds).size).toBe(userIds.length);
    return userIds.toSorted();
  }

  /** Whoever is connected to the provider, or joined by a socket that lives, or was lost within the grace. */
  truth(): readonly string[] {
    const bySocket = [...this.sockets].map((name) => name.split('/')[1] ?? '');
    return [...new Set([...this.connections.keys(), ...bySocket])].toSorted();
  }

  /** Time goes by, and what is under way arrives. */
  private async pass(ms: number): Promise<void> {
    const until = this.world.clock.now() + ms;
    for (;;) {
      const next = this.underWay.toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > until) break;
      this.underWay.splice(this.underWay.indexOf(next), 1);
      this.world.clock.advance(Math.max(0, next.at - this.world.clock.now()));
      await noteRoomEvent(this.world.services, next.event);
    }
    this.world.clock.advance(Math.max(0, until - this.world.clock.now()));
  }

  private tell(kind: 'joined' | 'left', identity: string, id: string, { delays }: Step): void {
    const at = this.world.clock.now();
    const event: RoomEvent = {
      provider: 'twilio',
      id: `${id}:${kind}`,
      kind,
      roomId: 'RM',
      roomName: this.roomId,
      peer: { id, identity },
      at,
    };
    for (const delay of delays) this.underWay.push({ at: at + delay, event });
  }

  async connect(one: Step): Promise<void> {
    const { user } = one;
    await this.disconnect(one);
    const { media } = this.world;
    const { token } = await media.joinPass(this.roomId, { identity: user });
    const seat = media.connect(this.roomId, token);
    const id = (await media.participants(this.roomId)).find(({ identity }) => identity === user)?.id ?? '';
    this.connections.set(user, { id, leave: () => seat.leave() });
    this.tell('joined', user, id, one);
  }

  async disconnect(one: Step): Promise<void> {
    const connection = this.connections.get(one.user);
    if (!connection) return;
    this.connections.delete(one.user);
    await connection.leave();
    this.tell('left', one.user, connection.id, one);
  }

  private by({ user, gateway }: Step) {
    const name = `${gateway}.${this.generation}`;
    return { gateway: name, socket: `s-${user}`, roomId: this.roomId, userId: user };
  }

  async join(one: Step): Promise<void> {
    const by = this.by(one);
    this.world.leases.set(by.gateway, Infinity);
    await joinRoom(this.world.services, ANYBODY, by);
    this.sockets.add(`${by.gateway}/${one.user}`);
  }

  async leave(one: Step): Promise<void> {
    const by = this.by(one);
    await leaveRoom(this.world.services, { ...by, dropped: false });
    this.sockets.delete(`${by.gateway}/${one.user}`);
  }

  async drop(one: Step): Promise<void> {
    const by = this.by(one);
    await leaveRoom(this.world.services, { ...by, dropped: true });
    this.sockets.delete(`${by.gateway}/${one.user}`);
  }

  async look(): Promise<void> {
    await this.present();
  }

  /** All gateways die, and others come in their place. */
  crash(): Promise<void> {
    for (const gateway of this.world.leases.keys()) this.world.leases.set(gateway, this.world.clock.now());
    this.sockets.clear();
    this.generation += 1;
    return Promise.resolve();
  }
}

/** What watchers were told of each user, in order: joined, left, joined, …, up to how things are. */
async function expectNewsToAgree(history: History): Promise<void> {
  const present = await history.present();
  for (const user of USERS) {
    const actions = history.world.told.filter(({ userId }) => userId === user).map(({ action }) => action);
    expect(actions).toEqual(actions.map((_, i) => (i % 2 === 0 ? 'joined' : 'left')));
    expect(actions.at(-1) === 'joined').toBe(present.includes(user));
  }
}

/** Stays of one user follow each other, and only the last may go on. */
async function expectHistoryToAgree(history: History): Promise<void> {
  const { stays } = await showRoomHistory(history.world.services, { roomId: history.roomId, limit: 200 });
  const present = await history.present();
  for (const user of USERS) {
    const mine = stays.filter(({ userId }) => userId === user).toReversed();
    mine.forEach(({ joinedAt, leftAt }, i) => {
      expect(joinedAt).toBeLessThanOrEqual(leftAt ?? Infinity);
      if (i > 0) expect(joinedAt).toBeGreaterThanOrEqual(mine[i - 1]?.leftAt ?? Infinity);
    });
    expect(mine.at(-1)?.leftAt === null).toBe(present.includes(user));
  }
}

const RUNS = { numRuns: 1_000 };

test('one event in five is lost, others come late and twice: asking the provider puts all right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(true), { maxLength: 24 }), async (steps) => {
      const history = await History.begin();
      await history.play(steps);
      expect(await history.present()).toEqual(history.truth());
      await expectNewsToAgree(history);
      await expectHistoryToAgree(history);
    }),
    RUNS,
  );
});

test('events in any order, late and twice, come to the truth though nobody can be asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step(false), { maxLength: 24 }), async (steps) => {
      const history = await History.begin();
      history.world.isListed = false;
      await history.play(steps);
      expect(await history.present()).toEqual(history.truth());
      await expectNewsToAgree(history);
      await expectHistoryToAgree(history);
    }),
    RUNS,
  );
});
