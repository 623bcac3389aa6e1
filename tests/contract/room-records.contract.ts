/** What every store of rooms must do. */
import { randomUUID } from 'node:crypto';
import {
  type Attendance,
  isPresent,
  nobodyYet,
  type Signs,
  socketJoined,
  socketLeft,
} from '../../src/domain/attendance';
import type { Room } from '../../src/domain/room';
import type { Page, RoomRecords } from '../../src/ports/room-records';

export interface RecordsWorld {
  /** As each request has them. */
  records(): RoomRecords;
  now(): number;
  close(): Promise<void>;
}

const NAMES = ['Weekly', '朝会', 'Ünïcode & Söhne', 'دردشة', '👩‍👩‍👧 room', '$where', '__proto__', 'a.b/c?d=e'];

export function describeRoomRecords(what: string, open: () => Promise<RecordsWorld>): void {
  describe(`records of rooms in ${what}`, () => {
    let world: RecordsWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.close());

    const signs = (): Signs => ({ now: world.now(), graceMs: 10_000, leaseEnd: () => Infinity });
    const newRoom = async (name = 'a room', createdAt = world.now()): Promise<Room> => {
      const room = { id: `room-${randomUUID()}`, name, createdAt };
      expect(await world.records().add(room)).toMatchObject(room);
      return room;
    };

    /** Read, change, save, until nobody was faster. @returns how often somebody was. */
    const change = async (
      { id }: Room,
      userId: string,
      apply: (current: Attendance) => Attendance,
    ): Promise<number> => {
      const records = world.records();
      for (let conflicts = 0; ; conflicts += 1) {
        const before = await records.attendance(id, userId);
        const after = apply(before ?? nobodyYet(id, userId));
        if (!(await records.save(before, after))) continue;
        await records.noteInHistory(before, after);
        return conflicts;
      }
    };
    const join = (room: Room, userId: string, socket = 's1', at = world.now()) =>
      change(room, userId, (current) => socketJoined(current, socket, 'g1', { ...signs(), now: at }));
    const leave = (room: Room, userId: string, socket = 's1', at = world.now()) =>
      change(room, userId, (current) => socketLeft(current, socket, { ...signs(), now: at }));
    const presentIn = async ({ id }: Room): Promise<string[]> =>
      ((await world.records().look(id))?.present ?? []).map(({ userId }) => userId).toSorted();

    test('a room is found as it was recorded, whatever its name', async () => {
      for (const name of NAMES) {
        const room = await newRoom(name);
        expect(await world.records().find(room.id)).toMatchObject(room);
        expect(await world.records().look(room.id)).toMatchObject({ room, askedAt: 0, present: [] });
      }
    });

    test('what is not recorded is not found', async () => {
      const records = world.records();
      expect(await records.find('room-of-nobody')).toBeUndefined();
      expect(await records.look('room-of-nobody')).toBeUndefined();
      const room = await newRoom();
      expect(await records.attendance(room.id, 'ann')).toBeUndefined();
      expect(await records.history(room.id, { limit: 10 })).toEqual({ stays: [] });
    });

    test('a room recorded twice, or by several at once, is one and keeps its first record', async () => {
      const first = await newRoom('first');
      const again = await Promise.all(
        Array.from({ length: 5 }, () =>
          world.records().add({ ...first, name: 'another', createdAt: first.createdAt + 1 }),
        ),
      );
      for (const room of again) expect(room).toMatchObject(first);
      const id = `room-${randomUUID()}`;
      await Promise.all(
        Array.from({ length: 5 }, () =>
          world.records().add({ id, name: 'raced', createdAt: first.createdAt }),
        ),
      );
      const { rooms } = await world.records().list({ limit: 200 });
      const ids = rooms.map(({ room }) => room.id);
      expect(ids.filter((listed) => listed === id || listed === first.id).toSorted()).toEqual(
        [id, first.id].toSorted(),
      );
    });

    test('rooms are listed newest first, in pages that neither skip nor repeat', async () => {
      const made: string[] = [];
      for (let i = 0; i < 7; i += 1) {
        const createdAt = world.now() + 1_000 + Math.floor(i / 2);
        made.push((await world.records().add({ id: `page-${randomUUID()}`, name: `${i}`, createdAt })).id);
      }
      const listed: { id: string; createdAt: number }[] = [];
      let later = 0;
      for (let page: Page | undefined = { limit: 3 }; page;) {
        const { rooms, cursor } = await world.records().list(page);
        expect(rooms.length).toBeLessThanOrEqual(3);
        listed.push(...rooms.map(({ room }) => room));
        page = cursor === undefined ? undefined : { limit: 3, cursor };
        // Whoever turns pages is not disturbed by what is new.
        await newRoom('later', world.now() + 5_000 + later);
        later += 1;
      }
      expect(later).toBeGreaterThan(2);
      const ids = listed.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.slice(0, 7).toSorted()).toEqual(made.toSorted());
      const times = listed.slice(0, 7).map(({ createdAt }) => createdAt);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
    });

    test.each(['', 'x', '💥', '-1', '{"$gt":""}', 'AAAA', '9'.repeat(40)])(
      'a cursor %j, which is none of ours, is refused as bad input',
      async (cursor) => {
        const refusal = { code: 'invalid-input', message: expect.stringContaining('cursor') as string };
        await expect(world.records().list({ limit: 3, cursor })).rejects.toMatchObject(refusal);
        const room = await newRoom();
        await expect(world.records().history(room.id, { limit: 3, cursor })).rejects.toMatchObject(refusal);
      },
    );

    test('an attendance is read as it was saved', async () => {
      const room = await newRoom();
      const whole: Attendance = {
        roomId: room.id,
        userId: 'zoë / $ann.b',
        token: 'a fingerprint',
        stay: 5,
        notBefore: 3,
        joinedAt: 5,
        leftAt: null,
        sockets: { 's.1': { gateway: 'g1' }, $2: { gateway: 'g2', droppedAt: 7 } },
        peers: { 'p.1': { joinedAt: 5 }, p2: { joinedAt: 5, leftAt: 6 } },
      };
      expect(await world.records().save(undefined, whole)).toBe(true);
      expect(await world.records().attendance(room.id, whole.userId)).toMatchObject(whole);
      const [present] = (await world.records().look(room.id))?.present ?? [];
      expect(present).toMatchObject(whole);
      expect(await world.records().attendance(room.id, 'zoë')).toBeUndefined();
    });

    test('only who has come and has not left is present', async () => {
      const [room, other] = [await newRoom(), await newRoom()];
      await join(room, 'ann');
      await join(room, 'bob');
      await join(other, 'cid');
      await world.records().save(undefined, { ...nobodyYet(room.id, 'dot'), token: 'issued' });
      await leave(room, 'bob');
      expect(await presentIn(room)).toEqual(['ann']);
      const { rooms } = await world.records().list({ limit: 200 });
      const listed = rooms.find(({ room: { id } }) => id === room.id);
      expect(listed?.present.map(({ userId }) => userId)).toEqual(['ann']);
    });

    test('of several who save what they have read, one does, and nobody is overwritten', async () => {
      const room = await newRoom();
      const first = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          world.records().save(undefined, socketJoined(nobodyYet(room.id, 'ann'), `s${i}`, 'g1', signs())),
        ),
      );
      expect(first.filter(Boolean)).toHaveLength(1);
      const before = await world.records().attendance(room.id, 'ann');
      if (!before) throw new Error('it was saved');
      const second = await Promise.all(
        Array.from({ length: 8 }, (_, i) =>
          world.records().save(before, socketJoined(before, `t${i}`, 'g1', signs())),
        ),
      );
      expect(second.filter(Boolean)).toHaveLength(1);
      expect(await world.records().save(before, before)).toBe(false);
      const after = await world.records().attendance(room.id, 'ann');
      expect(Object.keys(after?.sockets ?? {})).toHaveLength(2);
    });

    test('racing sockets of one user are all there in the end, and one user', async () => {
      const room = await newRoom();
      const sockets = Array.from({ length: 6 }, (_, i) => `s${i}`);
      await Promise.all(sockets.map((socket) => join(room, 'ann', socket)));
      expect(await presentIn(room)).toEqual(['ann']);
      const joined = await world.records().attendance(room.id, 'ann');
      expect(Object.keys(joined?.sockets ?? {}).toSorted()).toEqual(sockets);
      await Promise.all(sockets.slice(1).map((socket) => leave(room, 'ann', socket)));
      expect(await presentIn(room)).toEqual(['ann']);
      await Promise.all([leave(room, 'ann', 's0'), leave(room, 'ann', 's0')]);
      expect(await presentIn(room)).toEqual([]);
    });

    test('many who join and leave at once are each counted once', async () => {
      const room = await newRoom();
      const users = Array.from({ length: 24 }, (_, i) => `user-${i}`);
      await Promise.all(users.flatMap((user) => [join(room, user), join(room, user, 's2')]));
      expect(await presentIn(room)).toEqual(users.toSorted());
      const leavers = users.slice(0, 20);
      await Promise.all(leavers.flatMap((user) => [leave(room, user), leave(room, user, 's2')]));
      expect(await presentIn(room)).toEqual(users.slice(20).toSorted());
    });

    test('the history of a room holds every stay, newest first, in pages', async () => {
      const room = await newRoom();
      const start = world.now() - 60_000;
      await join(room, 'ann', 's1', start);
      await leave(room, 'ann', 's1', start + 1_000);
      await join(room, 'bob', 's1', start + 2_000);
      await join(room, 'ann', 's2', start + 3_000);
      await leave(room, 'bob', 's1', start + 4_000);
      await world.records().save(undefined, { ...nobodyYet(room.id, 'dot'), token: 'never came' });
      const expected = [
        { userId: 'ann', joinedAt: start + 3_000, leftAt: null },
        { userId: 'bob', joinedAt: start + 2_000, leftAt: start + 4_000 },
        { userId: 'ann', joinedAt: start, leftAt: start + 1_000 },
      ];
      expect(await world.records().history(room.id, { limit: 10 })).toEqual({ stays: expected });
      const first = await world.records().history(room.id, { limit: 2 });
      expect(first).toEqual({ stays: expected.slice(0, 2), cursor: expect.any(String) as string });
      const rest = await world.records().history(room.id, { limit: 2, cursor: first.cursor });
      expect(rest).toEqual({ stays: expected.slice(2) });
      const [ann] = (await world.records().look(room.id))?.present ?? [];
      expect(ann && isPresent(ann)).toBe(true);
    });

    test('what the history was not told of is in it for whoever reads it', async () => {
      const room = await newRoom();
      const records = world.records();
      const start = world.now() - 60_000;
      const at = (now: number): Signs => ({ ...signs(), now });
      const come = socketJoined(nobodyYet(room.id, 'ann'), 's1', 'g1', at(start));
      expect(await records.save(undefined, come)).toBe(true);
      const ann = { userId: 'ann', joinedAt: start };
      expect(await world.records().history(room.id, { limit: 10 })).toEqual({
        stays: [{ ...ann, leftAt: null }],
      });
      const before = await records.attendance(room.id, 'ann');
      if (!before) throw new Error('it was saved');
      expect(await records.save(before, socketLeft(before, 's1', at(start + 1_000)))).toBe(true);
      const stays = [{ ...ann, leftAt: start + 1_000 }];
      expect(await world.records().history(room.id, { limit: 10 })).toEqual({ stays });
      expect(await world.records().history(room.id, { limit: 10 })).toEqual({ stays });
    });

    test('when the provider was asked is remembered, also by several who asked at once', async () => {
      const room = await newRoom();
      await Promise.all([1, 2, 3].map((more) => world.records().noteAsked(room.id, 1_000 + more)));
      expect((await world.records().look(room.id))?.askedAt).toBeGreaterThan(1_000);
      await world.records().noteAsked(room.id, 5_000);
      expect((await world.records().look(room.id))?.askedAt).toBe(5_000);
      expect(await presentIn(room)).toEqual([]);
    });

    test('a room in use is kept, and stays as it is', async () => {
      const room = await newRoom();
      const found = await world.records().find(room.id);
      if (!found) throw new Error('it was recorded');
      await world.records().keep(found);
      expect(await world.records().find(room.id)).toMatchObject(room);
    });
  });
}
