/** What a media server promises, whoever the vendor is. Run by every adapter, and over a real server. */
import { randomBytes } from 'node:crypto';
import type { Bearer } from '../../src/ports/media-server';
import type { MediaWorld } from '../support/media-world';

const TTL = 600;
const SHAPE = { maxParticipants: 4 };

export function mediaServerContract(name: string, makeWorld: () => Promise<MediaWorld>): void {
  describe(`the media server ${name}`, () => {
    let world: MediaWorld;
    let room: string;
    beforeEach(async () => {
      world = await makeWorld();
      room = `meeting-${randomBytes(8).toString('hex')}`;
    });
    afterEach(() => world.close());

    const media = () => world.media();
    const open = (lastId?: string) => media().openRoom(room, { ...SHAPE, lastId });
    const passFor = (roomId: string, bearer: string | Bearer) =>
      media().joinPass(
        roomId,
        typeof bearer === 'string' ? { identity: bearer, role: 'guest' } : bearer,
        TTL,
        SHAPE,
      );
    const join = async (roomId: string, bearer: string | Bearer) =>
      world.connect(roomId, await passFor(roomId, bearer));
    const present = async (roomId: string) =>
      (await media().participants(roomId)).map(({ identity }) => identity).toSorted();

    describe('opening', () => {
      test('makes a room that can be joined and has nobody in it', async () => {
        const roomId = await open();
        expect(await media().isOpen(roomId)).toBe(true);
        expect(await present(roomId)).toEqual([]);
      });

      test('a room that is there finds it', async () => {
        const roomId = await open();
        await join(roomId, 'ann');
        expect(await open()).toBe(roomId);
        expect(await present(roomId)).toEqual(['ann']);
      });

      test('by ten callers at once makes one room', async () => {
        const ids = await Promise.all(Array.from({ length: 10 }, () => open()));
        expect(new Set(ids).size).toBe(1);
      });

      test('after a room has closed makes another, one for all who come at once', async () => {
        const first = await open();
        await media().closeRoom(room, first);
        const ids = await Promise.all(Array.from({ length: 5 }, () => open(first)));
        expect(new Set(ids).size).toBe(1);
        expect(ids[0]).not.toBe(first);
        const second = ids[0] ?? '';
        await media().closeRoom(room, second);
        const third = await open(second);
        expect([first, second]).not.toContain(third);
        expect(await media().isOpen(third)).toBe(true);
      });

      test('of one name leaves rooms of others alone', async () => {
        const roomId = await open();
        const other = await media().openRoom(`${room}-b`, SHAPE);
        expect(other).not.toBe(roomId);
        await media().closeRoom(`${room}-b`, other);
        expect(await media().isOpen(roomId)).toBe(true);
      });
    });

    describe('closing', () => {
      test('puts everybody out, for good, however often it is said', async () => {
        const roomId = await open();
        const ann = await join(roomId, 'ann');
        await media().closeRoom(room, roomId);
        expect(await media().isOpen(roomId)).toBe(false);
        expect(await present(roomId)).toEqual([]);
        await eventually(() => ann.isOut());
        await media().closeRoom(room, roomId);
        expect(await media().isOpen(roomId)).toBe(false);
      });

      test('a name that never had a room is fine', async () => {
        await expect(media().closeRoom(room)).resolves.toBeUndefined();
      });

      test('finds a room that was opened after the last one that is known of', async () => {
        const first = await open();
        await media().closeRoom(room, first);
        const second = await open(first);
        await media().closeRoom(room, first);
        expect(await media().isOpen(second)).toBe(false);
      });

      test('and opening at once leave the room open or closed, and nothing in between', async () => {
        const first = await open();
        await Promise.all([media().closeRoom(room, first), open()]);
        const roomId = await open();
        expect(await media().isOpen(roomId)).toBe(true);
        await join(roomId, 'ann');
        expect(await present(roomId)).toEqual(['ann']);
      });
    });

    describe('participants', () => {
      test('are those connected now, with what the others know of them', async () => {
        const roomId = await open();
        const ann = await join(roomId, { identity: 'g1:Ann', name: 'Ann', role: 'guest' });
        await join(roomId, { identity: 'host-1:Zoë 🎈', name: 'Zoë 🎈', role: 'host' });
        const participants = (await media().participants(roomId)).toSorted((a, b) =>
          a.identity.localeCompare(b.identity),
        );
        expect(participants).toMatchObject([
          { identity: 'g1:Ann', name: 'Ann', state: 'active' },
          { identity: 'host-1:Zoë 🎈', name: 'Zoë 🎈', state: 'active' },
        ]);
        for (const { id, joinedAt } of participants) {
          expect(id).not.toBe('');
          expect(Math.abs(joinedAt - world.now())).toBeLessThan(30_000);
        }
        await ann.leave();
        await eventually(async () => (await present(roomId)).length === 1);
      });

      test('who come again by the same identity are there once', async () => {
        const roomId = await open();
        const before = await join(roomId, 'ann');
        await join(roomId, 'ann');
        if (world.letsTwinsIn !== true) await eventually(() => before.isOut());
        expect(await present(roomId)).toEqual(['ann']);
      });

      test('are put out one by one; who is gone already is fine', async () => {
        const roomId = await open();
        const [ann, bob] = [await join(roomId, 'ann'), await join(roomId, 'bob')];
        const theirs = (await media().participants(roomId)).find(({ identity }) => identity === 'ann');
        if (!theirs) throw new Error('ann is not there');
        await media().removeParticipant(roomId, theirs);
        await eventually(() => ann.isOut());
        expect(bob.isOut()).toBe(false);
        expect(await present(roomId)).toEqual(['bob']);
        await media().removeParticipant(roomId, theirs);
        await media().closeRoom(room, roomId);
        await media().removeParticipant(roomId, theirs);
      });

      test('are out by every connection of theirs once they were put out', async () => {
        const roomId = await open();
        const anns = [await join(roomId, 'ann'), await join(roomId, 'ann'), await join(roomId, 'ann')];
        const [theirs] = await media().participants(roomId);
        if (!theirs) throw new Error('ann is not there');
        await media().removeParticipant(roomId, theirs);
        for (const ann of anns) await eventually(() => ann.isOut());
        expect(await present(roomId)).toEqual([]);
      });

      test('are no more than the room was made for', async () => {
        const roomId = await open();
        for (const identity of ['a', 'b', 'c', 'd']) await join(roomId, identity);
        await expect(join(roomId, 'e')).rejects.toThrow();
        expect(await present(roomId)).toEqual(['a', 'b', 'c', 'd']);
      });

      test('of a room that there is not are nobody', async () => {
        expect(await present(`${room}-never`)).toEqual([]);
        expect(await media().isOpen(`${room}-never`)).toBe(false);
        await media().removeParticipant(`${room}-never`, { id: 'PA1', identity: 'ann' });
      });
    });

    describe('a token', () => {
      test('is for one room', async () => {
        const roomId = await open();
        const other = await media().openRoom(`${room}-b`, SHAPE);
        const pass = await passFor(other, 'ann');
        await world.connect(roomId, pass).catch(() => undefined);
        expect(await present(roomId)).toEqual([]);
      });

      test('of a room that has closed opens no later room of that name', async () => {
        const first = await open();
        const pass = await passFor(first, 'ann');
        await media().closeRoom(room, first);
        const second = await open(first);
        await world.connect(second, pass).catch(() => undefined);
        await world.connect(first, pass).catch(() => undefined);
        expect(await present(second)).toEqual([]);
      });

      test('carries the identity that the answer names', async () => {
        const roomId = await open();
        const pass = await passFor(roomId, 'g1:Ann');
        expect(pass.identity).toBe('g1:Ann');
        await world.connect(roomId, pass);
        expect(await present(roomId)).toEqual(['g1:Ann']);
      });
    });

    describe('trouble', () => {
      test('wrong credentials are an error, never "not found"', async () => {
        const roomId = await open();
        const strangers = world.strangers?.();
        if (!strangers) return;
        const somebody = { id: 'PA1', identity: 'ann' };
        await expect(strangers.openRoom(room, SHAPE)).rejects.toThrow();
        await expect(strangers.isOpen(roomId)).rejects.toThrow();
        await expect(strangers.participants(roomId)).rejects.toThrow();
        await expect(strangers.closeRoom(room)).rejects.toThrow();
        await expect(strangers.removeParticipant(roomId, somebody)).rejects.toThrow();
        expect(await media().isOpen(roomId)).toBe(true);
      });

      test('a vendor that does not answer is for trying again', async () => {
        const unreachable = world.unreachable?.();
        if (!unreachable) return;
        await expect(unreachable.openRoom(room, SHAPE)).rejects.toMatchObject({ code: 'try-again' });
        await expect(unreachable.isOpen('r')).rejects.toMatchObject({ code: 'try-again' });
      });
    });
  });
}

/** On a machine that does much else meanwhile. */
const PATIENCE_MS = 30_000;

/** Waits for what the vendor does a moment later. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`did not come true within ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
