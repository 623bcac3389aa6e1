/** Races of the waiting room, raced many times, whatever it stands on. */
import type { Entered } from '../../src/app/enter-waiting-room';
import { FoyerError } from '../../src/domain/errors';
import { race } from '../support/race';
import type { World } from '../support/world';
import { actors } from './waiting-room.contract';

/** Losing a race is fine, if it is said in words. */
function refused(outcome: PromiseSettledResult<unknown> | undefined): boolean {
  if (outcome?.status !== 'rejected') return false;
  const reason = outcome.reason as unknown;
  expect(reason).toBeInstanceOf(FoyerError);
  expect(['not-allowed', 'not-found']).toContain((reason as FoyerError).code);
  return true;
}

export function racesContract(name: string, makeWorld: () => Promise<World>, rounds: number): void {
  describe(`races in the waiting room over ${name}`, () => {
    let world: World;
    let a: ReturnType<typeof actors>;
    beforeAll(async () => {
      world = await makeWorld();
      a = actors(world);
    });
    afterAll(() => world.close());

    const many = (sentence: string, round: () => Promise<void>): void => {
      test(`${sentence} (${rounds} rounds)`, async () => {
        for (let count = 0; count < rounds; count += 1) await round();
      }, 60_000);
    };

    const view = ({ pass }: Entered) => world.view(pass);
    const guestOf = async (id: string) => (await a.list(id))[0]?.id ?? '';

    many('two hosts who join at the same instant come into one room', async () => {
      const id = await a.create();
      const guest = await a.enter(id);
      const [first, second] = await Promise.all([a.host(id), a.host(id)]);
      expect(second.roomId).toBe(first.roomId);
      expect(second.identity).not.toBe(first.identity);
      expect(await view(guest)).toEqual({ state: 'admitted', room_id: first.roomId });
    });

    many('a guest who enters while the host joins is never left waiting', async () => {
      const id = await a.create();
      const guests: Entered[] = [];
      const enter = async () => void guests.push(await a.enter(id));
      const outcomes = await race<unknown>(enter, () => a.host(id), enter, enter);
      expect(outcomes.filter(refused)).toEqual([]);
      for (const guest of guests) expect(await view(guest)).toMatchObject({ state: 'admitted' });
    });

    many('a guest who is admitted while the host joins learns of the room', async () => {
      const id = await a.create({ admission: 'manual' });
      const guest = await a.enter(id, 'Ann');
      const [joined, admitted] = await race<{ roomId?: string }>(
        () => a.host(id),
        async () => ({ admitted: await a.admit(id) }) as object,
      );
      expect([refused(joined), refused(admitted)]).toEqual([false, false]);
      const roomId = joined?.status === 'fulfilled' ? joined.value.roomId : undefined;
      expect(await view(guest)).toEqual({ state: 'admitted', room_id: roomId });
    });

    many('two hosts who come back after the room has closed, come back to one room', async () => {
      const id = await a.create();
      const guest = await a.enter(id);
      await a.host(id);
      const key = (await world.services().meetings.find(id))?.key;
      await world.services().media.closeRoom(`meeting-${key}`);
      const [first, second] = await Promise.all([a.host(id), a.host(id)]);
      expect(second.roomId).toBe(first.roomId);
      expect(await view(guest)).toEqual({ state: 'admitted', room_id: first.roomId });
    });

    many('admit and deny at once: one wins, and the guest and the list agree', async () => {
      const id = await a.create({ admission: 'manual' });
      const guest = await a.enter(id, 'Ann');
      const { roomId } = await a.host(id);
      const guestId = await guestOf(id);
      const [admitted] = await race<unknown>(
        () => a.admit(id, guestId),
        () => a.deny(id, guestId),
      );
      expect(refused(admitted)).toBe(false);
      const [listed] = await a.list(id);
      expect(listed?.state).toBe((await view(guest))?.state);
      const joins = await race(() => a.join(id, roomId, guest.ticket));
      expect(refused(joins[0])).toBe(listed?.state !== 'admitted');
    });

    many('admit all and leave at once: the guest is let in or gone, never half', async () => {
      const id = await a.create({ admission: 'manual' });
      const guest = await a.enter(id, 'Ann');
      const { roomId } = await a.host(id);
      const outcomes = await race<unknown>(
        () => a.admit(id),
        () => a.leave(id, guest.ticket),
      );
      expect(outcomes.map(refused)).toEqual([false, false]);
      expect(await a.list(id)).toEqual([]);
      await expect(a.join(id, roomId, guest.ticket)).rejects.toMatchObject({ code: 'not-allowed' });
    });

    many('deny and leave at once: leaving does not undo a denial', async () => {
      const id = await a.create({ admission: 'manual' });
      const { ticket } = await a.enter(id, 'Ann');
      const guestId = await guestOf(id);
      const [denied] = await race<unknown>(
        () => a.deny(id, guestId),
        () => a.leave(id, ticket),
      );
      const back = await race(() => a.enter(id, 'Ann', ticket));
      expect(refused(back[0])).toBe(!refused(denied));
    });

    many('leave and come back at once, as a reload may: gone, or waiting and on the list', async () => {
      const id = await a.create({ admission: 'manual' });
      const { ticket } = await a.enter(id, 'Ann');
      const outcomes = await race<unknown>(
        () => a.leave(id, ticket),
        () => a.enter(id, 'Ann', ticket),
      );
      expect(outcomes.map(refused)).toEqual([false, false]);
      const { pass } = await a.enter(id, 'Ann', ticket);
      expect(await world.view(pass)).toEqual({ state: 'waiting' });
      expect(await a.list(id)).toMatchObject([{ name: 'Ann', state: 'waiting' }]);
    });

    many('remove and join at once: whoever was removed is refused from then on', async () => {
      const id = await a.create({ admission: 'manual' });
      const guest = await a.enter(id, 'Ann');
      const { roomId } = await a.host(id);
      const guestId = await guestOf(id);
      await a.admit(id, guestId);
      const [, removed] = await race<unknown>(
        () => a.join(id, roomId, guest.ticket),
        () => a.remove(id, guestId),
        () => a.enter(id, 'Ann', guest.ticket),
      );
      expect(refused(removed)).toBe(false);
      await expect(a.join(id, roomId, guest.ticket)).rejects.toMatchObject({ code: 'not-allowed' });
      expect(await view(guest)).toEqual({ state: 'denied' });
      expect(await a.list(id)).toMatchObject([{ state: 'removed' }]);
    });

    for (const admission of ['auto', 'manual'] as const) {
      many(
        `the end of an ${admission} meeting against everything: all are told, nothing is left open`,
        async () => {
          const id = await a.create({ admission });
          const early = await a.enter(id, 'Ann');
          const guests = [early];
          const { roomId } = await a.host(id);
          const [, ended] = await race<unknown>(
            async () => void guests.push(await a.enter(id, 'Bob')),
            () => a.end(id),
            () => a.host(id),
            () => a.join(id, roomId, early.ticket),
            () => a.admit(id),
            () => a.remove(id),
            () => a.leave(id, early.ticket),
            () => a.end(id),
          );
          expect(refused(ended)).toBe(false);
          for (const guest of guests)
            expect([expect.objectContaining({ state: 'ended' }), undefined]).toContainEqual(
              await viewIfAny(guest),
            );
          expect(await world.services().media.isOpen(roomId)).toBe(false);
          for (const later of [
            () => a.enter(id),
            () => a.host(id),
            () => a.join(id, roomId, early.ticket),
            () => a.admit(id),
          ]) {
            await expect(later()).rejects.toMatchObject({ code: 'not-allowed' });
          }
        },
      );
    }

    many('the end and the first host at once: the room does not outlive the meeting', async () => {
      const id = await a.create();
      const guest = await a.enter(id);
      const key = (await world.services().meetings.find(id))?.key;
      const [joined, ended] = await race<unknown>(
        () => a.host(id),
        () => a.end(id),
      );
      expect(refused(ended)).toBe(false);
      refused(joined);
      expect(await world.hasLiveRoom(`meeting-${key}`)).toBe(false);
      expect(await view(guest)).toMatchObject({ state: 'ended' });
    });

    test('numbers are unique however many hosts create at once', async () => {
      const ids = await Promise.all(Array.from({ length: 50 }, () => a.create({ digits: 4 })));
      expect(new Set(ids).size).toBe(ids.length);
    });

    many('the same ticket used twice at once is one guest in one place', async () => {
      const id = await a.create({ admission: 'manual' });
      const { ticket } = await a.enter(id, 'Ann');
      const { roomId } = await a.host(id);
      const outcomes = await race<unknown>(
        () => a.enter(id, 'Ann', ticket),
        () => a.enter(id, 'Ann', ticket),
      );
      expect(outcomes.map(refused)).toEqual([false, false]);
      expect(await a.list(id)).toHaveLength(1);
      await a.admit(id);
      const [first, second] = await Promise.all([a.join(id, roomId, ticket), a.join(id, roomId, ticket)]);
      expect(second.identity).toBe(first.identity);
    });

    /** A guest who left has nothing to watch any more, some seconds later. */
    const viewIfAny = async (guest: Entered) => {
      world.advance(6_000);
      try {
        return await view(guest);
      } catch (error) {
        expect(error).toMatchObject({ status: 404 });
        return undefined;
      }
    };
  });
}
