/** What a registry of persistent meetings promises, whatever it stands on. */
import {
  KEEP_DELETED_MS,
  KEEP_UNUSED_MS,
  type NewPersistentMeeting,
  randomPersistentMeetingId,
} from '../../src/domain/persistent-meeting';
import type { MeetingRegistry } from '../../src/ports/meeting-registry';

export interface RegistryWorld {
  /** A fresh one, as each request has it. */
  registry(): MeetingRegistry;
  now(): number;
  advance(ms: number): void;
  close(): Promise<void>;
}

const HOUR_MS = 3_600_000;
const RACES = 20;

export function meetingRegistryContract(name: string, makeWorld: () => Promise<RegistryWorld>): void {
  describe(`the meeting registry over ${name}`, () => {
    let world: RegistryWorld;
    beforeAll(async () => {
      world = await makeWorld();
    });
    afterAll(() => world.close());

    const draft = (id = randomPersistentMeetingId()): NewPersistentMeeting => ({
      id,
      maxParticipants: 7,
      createdAt: Math.floor(world.now() / 1000) * 1000,
    });
    const created = async () => {
      const meeting = await world.registry().create(draft());
      if (!meeting) throw new Error('the id is taken');
      return meeting;
    };
    const find = (id: string) => world.registry().find(id);

    test('finds a meeting as it was created, and none that was not', async () => {
      const wanted = draft();
      const meeting = await world.registry().create(wanted);
      expect(meeting).toMatchObject({ ...wanted, isDeleted: false });
      expect(await find(wanted.id)).toEqual(meeting);
      expect(meeting?.key).toMatch(/^[\w-]{30,}$/);
      expect(await find(randomPersistentMeetingId())).toBeUndefined();
    });

    test('gives an id to one meeting only, however many want it at once', async () => {
      for (let round = 0; round < RACES; round += 1) {
        const wanted = draft();
        const winners = (await Promise.all([1, 2, 3].map(() => world.registry().create(wanted)))).filter(
          Boolean,
        );
        expect(winners).toHaveLength(1);
        expect((await find(wanted.id))?.key).toBe(winners[0]?.key);
        world.advance(1000);
      }
    });

    test('keeps a meeting for a year, and from its last use for another', async () => {
      const meeting = await created();
      expect(Math.abs(meeting.expiresAt - world.now() - KEEP_UNUSED_MS)).toBeLessThan(1000);
      world.advance(KEEP_UNUSED_MS - HOUR_MS);
      const found = await find(meeting.id);
      if (!found) throw new Error('forgotten too soon');
      await world.registry().renew(found);
      world.advance(2 * HOUR_MS);
      expect(await find(meeting.id)).toMatchObject({ key: meeting.key });
      world.advance(KEEP_UNUSED_MS);
      expect(await find(meeting.id)).toBeUndefined();
    });

    test('renewing twice at once is fine, and so is renewing what is gone', async () => {
      const meeting = await created();
      await Promise.all([world.registry().renew(meeting), world.registry().renew(meeting)]);
      await world.registry().forget(meeting);
      await world.registry().renew(meeting);
      expect(await find(meeting.id)).toBeUndefined();
    });

    test('remembers that a meeting is being deleted, until it is forgotten', async () => {
      const meeting = await created();
      expect(await world.registry().isLive(meeting)).toBe(true);
      expect(await world.registry().markDeleted(meeting)).toBe(true);
      expect(await world.registry().markDeleted(meeting)).toBe(true);
      expect(await world.registry().isLive(meeting)).toBe(false);
      expect(await find(meeting.id)).toMatchObject({ key: meeting.key, isDeleted: true });
      expect(await world.registry().create(draft(meeting.id))).toBeUndefined();
      await world.registry().forget(meeting);
      await world.registry().forget(meeting);
      expect(await find(meeting.id)).toBeUndefined();
      expect(await world.registry().isLive(meeting)).toBe(false);
      expect(await world.registry().markDeleted(meeting)).toBe(false);
    });

    test('forgets by itself what was deleted by halves', async () => {
      const meeting = await created();
      await world.registry().markDeleted(meeting);
      world.advance(KEEP_DELETED_MS + 1000);
      expect(await find(meeting.id)).toBeUndefined();
    });

    test('a use at the same moment does not bring back what is being deleted', async () => {
      for (let round = 0; round < RACES; round += 1) {
        const meeting = await created();
        await Promise.all([world.registry().renew(meeting), world.registry().markDeleted(meeting)]);
        const found = await find(meeting.id);
        expect(found).toMatchObject({ isDeleted: true });
        expect(found?.expiresAt).toBeLessThan(world.now() + KEEP_DELETED_MS + 1000);
        world.advance(1000);
      }
    });

    test('a later meeting of the same id is another one', async () => {
      const first = await created();
      await world.registry().forget(first);
      const second = await world.registry().create(draft(first.id));
      expect(second?.key).not.toBe(first.key);
      expect(await world.registry().isLive(first)).toBe(false);
      await world.registry().forget(first);
      expect(await world.registry().markDeleted(first)).toBe(false);
      expect(await find(first.id)).toMatchObject({ key: second?.key, isDeleted: false });
    });
  });
}
