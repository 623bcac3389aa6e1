/** What the waiting room promises, whatever it stands on. Run by every set of adapters. */
import { createMeeting } from '../../src/app/create-meeting';
import { admitGuests, denyGuests, removeFromMeeting } from '../../src/app/decide-on-guests';
import { endMeeting } from '../../src/app/end-meeting';
import { enterWaitingRoom } from '../../src/app/enter-waiting-room';
import { explainGuest } from '../../src/app/explain-guest';
import { joinAsGuest } from '../../src/app/join-as-guest';
import { joinAsHost } from '../../src/app/join-as-host';
import { leaveWaitingRoom } from '../../src/app/leave-waiting-room';
import { openWaitingRoom } from '../../src/app/list-guests';
import { noteAttendance } from '../../src/app/note-attendance';
import { notePresence } from '../../src/app/note-presence';
import { sendMessage } from '../../src/app/send-message';
import { idOfIdentity } from '../../src/domain/guest';
import { issueTicket, newGuest } from '../../src/domain/ticket';
import type { World } from '../support/world';

const CALLER = { client: '192.0.2.7' };
const NOT_ALLOWED = { code: 'not-allowed' };
const NOT_FOUND = { code: 'not-found' };

/** The use cases as short sentences about one meeting. */
export function actors(world: World) {
  const s = () => world.services();
  return {
    create: async (options: Parameters<typeof createMeeting>[1] = {}) =>
      (await createMeeting(s(), options)).id,
    host: (meetingId: string) => joinAsHost(s(), { meetingId, name: 'Host' }),
    enter: (meetingId: string, name?: string, identity?: string) =>
      enterWaitingRoom(s(), CALLER, { meetingId, name, identity }),
    join: (meetingId: string, roomId: string, identity: string) =>
      joinAsGuest(s(), CALLER, { meetingId, roomId, identity }),
    leave: (meetingId: string, identity: string) => leaveWaitingRoom(s(), CALLER, { meetingId, identity }),
    admit: (meetingId: string, guestId?: string) => admitGuests(s(), { meetingId, guestId }),
    deny: (meetingId: string, guestId?: string) => denyGuests(s(), { meetingId, guestId }),
    remove: (meetingId: string, guestId?: string) => removeFromMeeting(s(), { meetingId, guestId }),
    end: (meetingId: string) => endMeeting(s(), { meetingId }),
    list: async (meetingId: string) => (await openWaitingRoom(s(), { meetingId })).guests,
    explain: (meetingId: string, guestId: string) => explainGuest(s(), { meetingId, guestId }),
    presence: (identity: string, connected: boolean) => notePresence(s(), { identity, connected }),
    attend: (meetingId: string, identity: string, presence: 'here' | 'hidden' | 'away') =>
      noteAttendance(s(), CALLER, { meetingId, identity, presence }),
    say: (meetingId: string, text: string, guestId?: string, name?: string) =>
      sendMessage(s(), { meetingId, text, guestId, name }),
  };
}

export function waitingRoomContract(name: string, makeWorld: () => Promise<World>): void {
  describe(`the waiting room over ${name}`, () => {
    let world: World;
    let a: ReturnType<typeof actors>;
    beforeEach(async () => {
      world = await makeWorld();
      a = actors(world);
    });
    afterEach(() => world.close());

    const guestIn = async (id: string, guestName = 'Guest') => {
      world.advance(1);
      const entered = await a.enter(id, guestName);
      const guest = (await a.list(id)).find(({ name }) => name === guestName);
      return { ...entered, id: guest?.id ?? '' };
    };

    describe('a meeting that admits everybody', () => {
      test('guests wait until the host joins, then all are admitted to one room', async () => {
        const id = await a.create();
        const early = await a.enter(id);
        expect(await world.view(early.pass)).toEqual({ state: 'waiting' });
        await expect(a.join(id, 'RM1', early.ticket)).rejects.toMatchObject(NOT_ALLOWED);

        const { roomId } = await a.host(id);
        expect(await world.view(early.pass)).toEqual({ state: 'admitted', room_id: roomId });
        const late = await a.enter(id);
        expect(await world.view(late.pass)).toEqual({ state: 'admitted', room_id: roomId });

        const [first, second] = await Promise.all([
          a.join(id, roomId, early.ticket),
          a.join(id, roomId, late.ticket),
        ]);
        expect([first.roomId, second.roomId]).toEqual([roomId, roomId]);
        expect(first.identity).not.toEqual(second.identity);
      });

      test('the public identity is not the ticket and opens nothing', async () => {
        const id = await a.create();
        const { ticket } = await a.enter(id, 'Ann');
        const { roomId } = await a.host(id);
        const { identity } = await a.join(id, roomId, ticket);
        expect(ticket).not.toContain(identity);
        await expect(a.join(id, roomId, identity)).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.join(id, roomId, idOfIdentity(identity))).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.enter(id, undefined, identity)).rejects.toMatchObject(NOT_ALLOWED);
      });

      test('a guest who comes back with the ticket is the same guest', async () => {
        const id = await a.create();
        const first = await a.enter(id, 'Ann');
        const again = await a.enter(id, 'Somebody else', first.ticket);
        expect(again.ticket).toBe(first.ticket);
        expect(again.pass.object).toBe(first.pass.object);
        const { roomId } = await a.host(id);
        const joins = await Promise.all([a.join(id, roomId, first.ticket), a.join(id, roomId, again.ticket)]);
        expect(joins[0]?.identity).toBe(joins[1]?.identity);
      });

      test('a ticket is good for its own meeting only, unaltered and unexpired', async () => {
        const [id, other] = [await a.create({ ttlHours: 1 }), await a.create({ ttlHours: 3 })];
        const { ticket } = await a.enter(id);
        const { roomId } = await a.host(other);
        await expect(a.join(other, roomId, ticket)).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.enter(other, undefined, ticket)).rejects.toMatchObject(NOT_ALLOWED);
        const own = (await a.enter(other)).ticket;
        const [body = '', signature = ''] = own.split('.');
        const tampered = Buffer.from(body, 'base64url').toString().replace('"a"', '"m"');
        for (const bad of [
          `${own}A`,
          `${body}.`,
          `.${signature}`,
          `${Buffer.from(tampered).toString('base64url')}.${signature}`,
          `${own}.${signature}`,
          'g0123456789abcdef',
        ]) {
          await expect(a.join(other, roomId, bad)).rejects.toMatchObject(NOT_ALLOWED);
        }
        await expect(a.join(other, 'RM-of-somebody-else', own)).rejects.toMatchObject(NOT_ALLOWED);
        world.advance(3 * 3_600_000);
        await expect(a.join(other, roomId, own)).rejects.toMatchObject(NOT_FOUND);
      });

      test('the host lists and removes those in the room, and who was removed stays out', async () => {
        const id = await a.create();
        const [ann, bob] = [await a.enter(id, 'Ann'), await a.enter(id, 'Bob')];
        const { roomId } = await a.host(id);
        const joined = await a.join(id, roomId, ann.ticket);
        await world.connect(joined);
        await world.connect(await a.join(id, roomId, bob.ticket));
        expect((await a.list(id)).map(({ name, state }) => [name, state])).toEqual([
          ['Ann', 'admitted'],
          ['Bob', 'admitted'],
        ]);

        const left = await a.remove(id, idOfIdentity(joined.identity));
        expect(left.map(({ name }) => name)).toEqual(['Bob']);
        const participants = await world.services().media.participants(roomId);
        expect(participants.map(({ identity }) => identity)).not.toContain(joined.identity);
        await expect(a.join(id, roomId, ann.ticket)).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.enter(id, undefined, ann.ticket)).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.join(id, roomId, bob.ticket)).resolves.toMatchObject({ roomId });
      });

      test('there is nobody to deny', async () => {
        const id = await a.create();
        await expect(a.deny(id)).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.admit(id)).resolves.toEqual([]);
      });
    });

    describe('the room', () => {
      test('a host who rejoins comes into the same room', async () => {
        const id = await a.create();
        const [first, again] = [await a.host(id), await a.host(id)];
        expect(again.roomId).toBe(first.roomId);
        expect(again.identity).not.toBe(first.identity);
      });

      test('once it has closed, the next host opens a fresh one and everybody who waits learns of it', async () => {
        const id = await a.create();
        const { pass, ticket } = await a.enter(id);
        const first = await a.host(id);
        world.advance(61 * 60_000);
        await world.services().media.closeRoom(`meeting-${await keyOf(id)}`);
        const second = await a.host(id);
        expect(second.roomId).not.toBe(first.roomId);
        expect(await world.view(pass)).toEqual({ state: 'admitted', room_id: second.roomId });
        await expect(a.join(id, first.roomId, ticket)).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.join(id, second.roomId, ticket)).resolves.toMatchObject({ roomId: second.roomId });
      });

      const keyOf = async (id: string) => (await world.services().meetings.find(id))?.key;
    });

    describe('a meeting with manual admission', () => {
      test('the host sees who waits, oldest first, and admits or denies each', async () => {
        const id = await a.create({ admission: 'manual' });
        const ann = await guestIn(id, 'Ann');
        world.advance(1000);
        const bob = await guestIn(id, 'Bob');
        const { roomId } = await a.host(id);
        expect((await a.list(id)).map(({ name, state }) => [name, state])).toEqual([
          ['Ann', 'waiting'],
          ['Bob', 'waiting'],
        ]);
        expect(await world.view(ann.pass)).toEqual({ state: 'waiting' });
        await expect(a.join(id, roomId, ann.ticket)).rejects.toMatchObject(NOT_ALLOWED);

        await a.admit(id, ann.id);
        const after = await a.deny(id, bob.id);
        expect(after.map(({ name, state }) => [name, state])).toEqual([
          ['Ann', 'admitted'],
          ['Bob', 'denied'],
        ]);
        expect(await world.view(ann.pass)).toEqual({ state: 'admitted', room_id: roomId });
        expect(await world.view(bob.pass)).toEqual({ state: 'denied' });
        await expect(a.join(id, roomId, ann.ticket)).resolves.toMatchObject({ roomId });
        await expect(a.join(id, roomId, bob.ticket)).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.enter(id, 'Bob', bob.ticket)).rejects.toMatchObject(NOT_ALLOWED);
      });

      test('a guest admitted before the host is there learns of the room when the host comes', async () => {
        const id = await a.create({ admission: 'manual' });
        const ann = await guestIn(id, 'Ann');
        await a.admit(id, ann.id);
        expect(await world.view(ann.pass)).toEqual({ state: 'admitted' });
        await expect(a.join(id, 'RM1', ann.ticket)).rejects.toMatchObject(NOT_ALLOWED);
        const { roomId } = await a.host(id);
        expect(await world.view(ann.pass)).toEqual({ state: 'admitted', room_id: roomId });
        await expect(a.join(id, roomId, ann.ticket)).resolves.toMatchObject({ roomId });
      });

      test('a guest who was denied cannot join with the room id of an admitted one', async () => {
        const id = await a.create({ admission: 'manual' });
        const [ann, bob] = [await guestIn(id, 'Ann'), await guestIn(id, 'Bob')];
        const { roomId } = await a.host(id);
        await a.admit(id, ann.id);
        await a.deny(id, bob.id);
        await expect(a.join(id, roomId, bob.ticket)).rejects.toMatchObject(NOT_ALLOWED);
      });

      test('the host may let in somebody who was denied, but not somebody who was removed', async () => {
        const id = await a.create({ admission: 'manual' });
        const ann = await guestIn(id, 'Ann');
        const { roomId } = await a.host(id);
        await a.deny(id, ann.id);
        await a.admit(id, ann.id);
        await expect(a.join(id, roomId, ann.ticket)).resolves.toMatchObject({ roomId });
        await expect(a.deny(id, ann.id)).rejects.toMatchObject(NOT_ALLOWED);
        const after = await a.remove(id, ann.id);
        expect(after).toMatchObject([{ name: 'Ann', state: 'removed' }]);
        expect(await world.view(ann.pass)).toEqual({ state: 'denied' });
        await expect(a.admit(id, ann.id)).rejects.toMatchObject(NOT_ALLOWED);
        await expect(a.join(id, roomId, ann.ticket)).rejects.toMatchObject(NOT_ALLOWED);
      });

      test('"all" means those who wait', async () => {
        const id = await a.create({ admission: 'manual' });
        const guests = [];
        for (const name of ['Ann', 'Bob', 'Cid']) guests.push(await guestIn(id, name));
        await a.deny(id, guests[1]?.id);
        const { roomId } = await a.host(id);
        const after = await a.admit(id);
        expect(after.map(({ name, state }) => [name, state])).toEqual([
          ['Ann', 'admitted'],
          ['Bob', 'denied'],
          ['Cid', 'admitted'],
        ]);
        expect(await world.view(guests[2]?.pass as never)).toEqual({ state: 'admitted', room_id: roomId });
        expect((await a.remove(id)).map(({ state }) => state)).toEqual(['removed', 'removed', 'removed']);
      });

      test('nobody can be decided upon who is not there', async () => {
        const id = await a.create({ admission: 'manual' });
        await expect(a.admit(id, 'g0123456789abcdef')).rejects.toMatchObject(NOT_FOUND);
        await expect(a.deny(id, 'g0123456789abcdef')).rejects.toMatchObject(NOT_FOUND);
      });

      test('a host is not removed like a guest, nor is nobody', async () => {
        const id = await a.create({ admission: 'manual' });
        const host = await a.host(id);
        await world.connect(host);
        for (const nobody of [idOfIdentity(host.identity), 'nobody']) {
          await expect(a.remove(id, nobody)).rejects.toMatchObject(NOT_FOUND);
        }
        const present = await world.services().media.participants(host.roomId);
        expect(present.map(({ identity }) => identity)).toEqual([host.identity]);
      });

      test('a guest who leaves is forgotten, and may come back', async () => {
        const id = await a.create({ admission: 'manual' });
        const ann = await guestIn(id, 'Ann');
        await a.leave(id, ann.ticket);
        await a.leave(id, ann.ticket);
        expect(await a.list(id)).toEqual([]);
        await a.enter(id, undefined, ann.ticket);
        expect(await a.list(id)).toMatchObject([{ id: ann.id, name: 'Ann', state: 'waiting' }]);
      });

      test('leaving does not undo a denial', async () => {
        const id = await a.create({ admission: 'manual' });
        const ann = await guestIn(id, 'Ann');
        await a.deny(id, ann.id);
        await a.leave(id, ann.ticket);
        await expect(a.enter(id, undefined, ann.ticket)).rejects.toMatchObject(NOT_ALLOWED);
      });

      test('a guest who reloads keeps the place; one who stays away leaves the list within a minute', async () => {
        const id = await a.create({ admission: 'manual' });
        const ann = await guestIn(id, 'Ann');
        const bob = await guestIn(id, 'Bob');
        for (const { pass } of [ann, bob]) await a.presence(pass.identity, true);
        world.advance(600_000);
        const [before] = await a.list(id);
        await a.presence(ann.pass.identity, false);
        await a.presence(bob.pass.identity, false);
        world.advance(10_000);
        await a.enter(id, undefined, ann.ticket);
        await a.presence(ann.pass.identity, true);
        world.advance(50_000);
        expect(await a.list(id)).toEqual([before]);
        await a.presence(bob.pass.identity, true);
        expect((await a.list(id)).map(({ name }) => name)).toEqual(['Ann', 'Bob']);
      });

      test('a guest who never connected leaves the list within a minute', async () => {
        const id = await a.create({ admission: 'manual' });
        await guestIn(id, 'Ann');
        world.advance(61_000);
        expect(await a.list(id)).toEqual([]);
      });

      test('nobody gets on a list by an identity of no guest', async () => {
        const id = await a.create({ admission: 'manual' });
        for (const identity of ['host.x', `guest.${id}.g0123456789abcdef.0.QW5u`, `guest.${id}`, '']) {
          await a.presence(identity, true);
        }
        expect(await a.list(id)).toEqual([]);
      });
    });

    describe('the end', () => {
      test.each(['auto', 'manual'] as const)(
        'of an %s meeting is told to all and final',
        async (admission) => {
          const id = await a.create({ admission });
          const { pass, ticket } = await a.enter(id, 'Ann');
          const { roomId } = await a.host(id);
          await a.admit(id);
          await a.end(id);
          expect(await world.view(pass)).toMatchObject({ state: 'ended' });
          expect(await world.services().media.isOpen(roomId)).toBe(false);
          await expect(a.join(id, roomId, ticket)).rejects.toMatchObject(NOT_ALLOWED);
          await expect(a.enter(id)).rejects.toMatchObject(NOT_ALLOWED);
          await expect(a.host(id)).rejects.toMatchObject(NOT_ALLOWED);
          await expect(a.admit(id)).rejects.toMatchObject(NOT_ALLOWED);
          await expect(a.list(id)).rejects.toMatchObject(NOT_ALLOWED);
          await expect(a.leave(id, ticket)).resolves.toBeUndefined();
          await expect(a.end(id)).resolves.toBeUndefined();
        },
      );

      test('puts everybody out, however often the room was opened before', async () => {
        const id = await a.create();
        const { ticket } = await a.enter(id, 'Ann');
        const name = `meeting-${(await world.services().meetings.find(id))?.key}`;
        for (let openings = 1; openings < 4; openings += 1) {
          const { roomId } = await a.host(id);
          await world.services().media.closeRoom(name, roomId);
        }
        const { roomId } = await a.host(id);
        await world.connect(await a.join(id, roomId, ticket));
        await a.end(id);
        expect(await world.services().media.participants(roomId)).toEqual([]);
        expect(await world.hasLiveRoom(name)).toBe(false);
      });

      test('comes by itself when the time is up', async () => {
        const id = await a.create({ ttlHours: 1 });
        world.advance(3_600_000 - 2000);
        await expect(a.enter(id)).resolves.toMatchObject({ pass: {} });
        world.advance(4000);
        await expect(a.enter(id)).rejects.toMatchObject(NOT_FOUND);
      });
    });

    describe('guessing', () => {
      test('is throttled by misses; hits and tickets are not counted', async () => {
        const id = await a.create();
        const { ticket } = await a.enter(id);
        for (let hits = 0; hits < 60; hits += 1) await a.enter(id);
        let misses = 0;
        await expect(
          (async () => {
            for (; misses < 100; misses += 1) await a.enter('999').catch(ignore('not-found'));
          })(),
        ).rejects.toMatchObject({ code: 'too-many-requests' });
        expect(misses).toBeGreaterThanOrEqual(10);
        expect(misses).toBeLessThanOrEqual(25);
        await expect(a.enter(id)).rejects.toMatchObject({ code: 'too-many-requests' });
        await expect(a.enter(id, undefined, ticket)).resolves.toMatchObject({ ticket });
        const elsewhere = { client: '198.51.100.9' };
        await expect(enterWaitingRoom(world.services(), elsewhere, { meetingId: id })).resolves.toMatchObject(
          { pass: {} },
        );
        world.advance(10_000);
        await expect(a.enter(id)).resolves.toMatchObject({ pass: {} });
      });

      test('is not allowed by a ticket for another meeting, and such a ticket is no hit once throttled', async () => {
        const [id, other] = [await a.create({ admission: 'manual' }), await a.create()];
        const { ticket } = await a.enter(id, 'Ann');
        const requests = [
          (number: string) => a.enter(number, undefined, ticket),
          (number: string) => a.join(number, 'RM1', ticket),
          (number: string) => a.attend(number, ticket, 'here'),
          (number: string) => a.leave(number, ticket),
        ];
        let misses = 0;
        const guess = async () => {
          for (; misses < 100; misses += 1) {
            await requests[misses % requests.length]?.('999').catch(ignore('not-found'));
          }
        };
        await expect(guess()).rejects.toMatchObject({ code: 'too-many-requests' });
        expect(misses).toBeLessThanOrEqual(25);
        for (const request of requests) {
          await expect(request(other)).rejects.toMatchObject({ code: 'too-many-requests' });
        }
        await expect(a.attend(id, ticket, 'here')).resolves.toBeUndefined();
        await expect(a.enter(id, undefined, ticket)).resolves.toMatchObject({ ticket });
      });

      test('is not allowed either by a ticket from before tickets named their meeting, which stays good', async () => {
        const id = await a.create();
        const meeting = await world.services().meetings.find(id);
        if (!meeting) throw new Error('there is a meeting');
        const { secrets } = world.services();
        const { key: meetingKey, admission, expiresAt } = meeting;
        const old = { meetingKey, admission, name: 'Ann', enteredAt: 0, expiresAt };
        const ticket = issueTicket(secrets, newGuest(secrets), old);
        await expect(a.enter(id, undefined, ticket)).resolves.toMatchObject({ ticket });
        const guess = async () => {
          for (let misses = 0; misses < 100; misses += 1) {
            await a.enter('999', undefined, ticket).catch(ignore('not-found'));
          }
        };
        await expect(guess()).rejects.toMatchObject({ code: 'too-many-requests' });
      });

      test('does not wear out for a crowd behind one address in which somebody made a mistake', async () => {
        const id = await a.create();
        await a.enter('999').catch(ignore('not-found'));
        for (let hits = 0; hits < 400; hits += 1) {
          if (hits % 10 === 0) world.advance(100);
          await a.enter(id);
        }
        await a.enter('999').catch(ignore('not-found'));
        await expect(a.enter(id)).resolves.toMatchObject({ pass: {} });
      });

      const ignore = (code: string) => (error: { code?: string }) => {
        if (error.code !== code) throw error;
      };
    });
  });
}
