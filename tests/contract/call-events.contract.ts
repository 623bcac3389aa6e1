/** What gateways and the messages to people's devices promise, whatever they stand on. */
import { type Call, changeCall, messageOf, newCall } from '../../src/domain/call';
import type { Presence } from '../../src/domain/presence';
import type { User } from '../../src/domain/user';
import { LEASE_SECONDS } from '../../src/ports/gateways';
import type { CallsWorld } from '../support/calls-world';

const LEASE_MS = LEASE_SECONDS * 1000;
const HOUR_MS = 3_600_000;

export function callEventsContract(name: string, makeWorld: () => Promise<CallsWorld>): void {
  let world: CallsWorld;
  let made = 0;
  beforeEach(async () => {
    world = await makeWorld();
  });
  afterEach(() => world.close());

  const gateways = () => world.services().gateways;
  const events = () => world.services().events;
  const newGateway = async () => {
    const id = (made += 1).toString(16).padStart(32, '0');
    return { id, ...(await gateways().renew(id)) };
  };
  const user = (id: string): User => ({ id, name: `Name of ${id}`, location: 'Nairobi Kenya' });
  const at = (gateway: string) => ({ via: 'gateway', gateway }) as const;

  /** Somebody in the directory. */
  const present = async (id: string, more: Partial<Presence>): Promise<Presence> => {
    const keepUntil = world.now() + 24 * HOUR_MS;
    const presence = { user: user(id), devices: {}, leftAt: 0, keepUntil, ...more };
    const stored = await world.services().directory.replace(undefined, presence);
    if (!stored) throw new Error('somebody else was first');
    return stored;
  };
  const onSync = async (id: string) => {
    const { list, document, identity, until, tokenUntil } = await events().open(id);
    const devices = { [identity]: { via: 'sync', until, tokenUntil } as const };
    return present(id, { devices, channel: { list, document } });
  };
  const channelOf = ({ channel }: Presence) => {
    if (!channel) throw new Error('not on the push channel');
    return channel;
  };
  const call = (caller = 'ann', receiver = 'bob'): Call =>
    newCall(user(caller), user(receiver), world.now(), 45_000);
  const ended = (of: Call): Call => changeCall(of, 'hangUp', world.now());
  const shown = (of: Call) => ({ ...messageOf(of).call, eventId: messageOf(of).id });

  describe(`gateways over ${name}`, () => {
    test('a new one has mailboxes and a token, and is told to connect its sockets', async () => {
      const lease = await newGateway();
      expect(lease.lists.length).toBeGreaterThan(0);
      expect(lease).toMatchObject({ hadLapsed: true, othersEnded: false });
      expect(await world.mailboxes(lease.lists)).toEqual([]);
    });

    test('one that renews in time keeps its mailboxes, and one that did not is told so', async () => {
      const { id, lists } = await newGateway();
      for (let times = 0; times < 5; times += 1) {
        world.advance(LEASE_MS - 1_000);
        expect(await gateways().renew(id)).toMatchObject({ lists, hadLapsed: false });
      }
      world.advance(LEASE_MS + 1_000);
      expect(await gateways().renew(id)).toMatchObject({ lists, hadLapsed: true });
      expect(await gateways().renew(id)).toMatchObject({ lists, hadLapsed: false });
    });

    test('it is known when a lease ends, and for long when it has ended', async () => {
      const { id } = await newGateway();
      const until = world.now() + LEASE_MS;
      expect(await gateways().ends([id, 'unheard-of'])).toEqual(new Map([[id, until]]));
      world.advance(LEASE_MS + 60_000);
      expect(await gateways().ends([id])).toEqual(new Map([[id, until]]));
      world.advance(60_000);
      await gateways().renew(id);
      expect(await gateways().ends([id])).toEqual(new Map([[id, world.now() + LEASE_MS]]));
      expect(await gateways().ends([])).toEqual(new Map());
    });

    test('the others learn that one has died, those who went before them apart', async () => {
      const [one, other] = [await newGateway(), await newGateway()];
      const renewed = async (id: string) => (await gateways().renew(id)).othersEnded;
      for (let seconds = 0; seconds <= 20; seconds += 10) {
        expect([await renewed(one.id), await renewed(other.id)]).toEqual([false, false]);
        world.advance(10_000);
      }
      const told: boolean[] = [];
      for (let seconds = 0; seconds <= 40; seconds += 10) {
        told.push(await renewed(one.id));
        world.advance(10_000);
      }
      // It may be said again: an answer may get lost.
      expect(told.slice(0, 3)).toEqual([false, false, true]);
      world.advance(20_000);
      expect([await renewed(one.id), (await newGateway()).othersEnded]).toEqual([false, false]);
    });
  });

  describe(`messages over ${name}`, () => {
    test('people at gateways are told by a mailbox of each gateway of theirs, once for both', async () => {
      const [one, other] = [await newGateway(), await newGateway()];
      const ann = await present('ann', { devices: { a: at(one.id), b: at(one.id) } });
      const bob = await present('bob', { devices: { c: at(one.id), d: at(other.id) } });
      const message = messageOf(call());
      await events().deliver([ann, bob], message);
      expect(await world.mailboxes(one.lists)).toEqual([{ to: { users: ['ann', 'bob'] }, message }]);
      expect(await world.mailboxes(other.lists)).toEqual([{ to: { users: ['bob'] }, message }]);
    });

    test('messages of one call stay in their order', async () => {
      const { id, lists } = await newGateway();
      const bob = await present('bob', { devices: { c: at(id) } });
      const calls = [call(), call(), call(), call(), call(), call()];
      for (const one of calls) await events().deliver([bob], messageOf(one));
      const over = calls.map(ended);
      for (const one of over) await events().deliver([bob], messageOf(one));
      const told = (await world.mailboxes(lists)).map(({ message }) => message?.id);
      expect(told).toHaveLength(2 * calls.length);
      for (const one of calls) {
        expect(told.filter((step) => step?.startsWith(one.id))).toEqual([`${one.id}:1`, `${one.id}:2`]);
      }
    });

    test('a reminder comes with the message, and alone to gateways that are told nothing', async () => {
      const [one, other] = [await newGateway(), await newGateway()];
      const ann = await present('ann', { devices: { a: at(one.id) } });
      const bob = await present('bob', { devices: { b: at(other.id) } });
      const ringing = call();
      const check = { callId: ringing.id, at: ringing.deadline };
      await events().deliver([bob], messageOf(ringing), { ...check, of: [ann, bob] });
      expect(await world.mailboxes(one.lists)).toEqual([{ check }]);
      expect(await world.mailboxes(other.lists)).toEqual([
        { to: { users: ['bob'] }, message: messageOf(ringing), check },
      ]);
      await events().remind({ ...check, of: [ann] });
      expect(await world.mailboxes(one.lists)).toEqual([{ check }, { check }]);
      expect(await world.mailboxes(other.lists)).toHaveLength(1);
    });

    test('a gateway whose lease is over is told nothing', async () => {
      const { id, lists } = await newGateway();
      const bob = await present('bob', { devices: { b: at(id), c: at('unheard-of') } });
      world.advance(LEASE_MS + 1_000);
      await events().deliver([bob], messageOf(call()), { callId: 'x', at: 1, of: [bob] });
      expect(await world.mailboxes(lists)).toEqual([]);
      await gateways().renew(id);
      await events().deliver([bob], messageOf(call()));
      expect(await world.mailboxes(lists)).toHaveLength(1);
    });

    test('whoever is on the push channel finds each message in the list, the call in the document', async () => {
      const bob = await onSync('bob');
      expect([await world.list(channelOf(bob)), await world.document(channelOf(bob))]).toEqual([[], {}]);
      const ringing = call();
      await events().deliver([bob], messageOf(ringing));
      const over = ended(ringing);
      await events().deliver([bob], messageOf(over));
      expect(await world.list(channelOf(bob))).toEqual([messageOf(ringing), messageOf(over)]);
      expect(await world.document(channelOf(bob))).toEqual(shown(over));
      expect(JSON.stringify(shown(over))).not.toMatch(/step|settled|deadline|revision|token/);
    });

    test('both ways are used for somebody who is on both', async () => {
      const { id, lists } = await newGateway();
      const channel = await onSync('bob');
      const bob = { ...channel, devices: { ...channel.devices, b: at(id) } };
      await events().deliver([bob], messageOf(call()));
      expect(await world.mailboxes(lists)).toHaveLength(1);
      expect(await world.list(channelOf(bob))).toHaveLength(1);
    });

    test('the document never goes back, whatever comes late or twice', async () => {
      const bob = await onSync('bob');
      const tell = (of: Call) => events().deliver([bob], messageOf(of));
      const document = () => world.document(channelOf(bob));
      const first = call();
      const answered = changeCall(first, 'accept', world.now());
      await tell(answered);
      await tell(first);
      expect(await document()).toEqual(shown(answered));

      world.advance(1_000);
      const refused = changeCall(call('eve'), 'fail', world.now(), 'busy');
      await tell(refused);
      expect(await document()).toEqual(shown(answered));

      const over = ended(answered);
      await tell(over);
      expect(await document()).toEqual(shown(over));
      world.advance(1_000);
      const next = call();
      await tell(next);
      await tell(over);
      expect(await document()).toEqual(shown(next));
    });

    test('of messages told at once the document shows the latest', async () => {
      const bob = await onSync('bob');
      for (let round = 0; round < 10; round += 1) {
        const first = call();
        const answered = changeCall(first, 'accept', world.now());
        const over = ended(answered);
        await Promise.all([over, first, answered].map((of) => events().deliver([bob], messageOf(of))));
        expect(await world.document(channelOf(bob))).toEqual(shown(over));
        world.advance(5_000);
      }
    });

    test('the list keeps what somebody misses for as long as a call may ring, and no longer', async () => {
      const bob = await onSync('bob');
      await events().deliver([bob], messageOf(call()));
      world.advance(10 * 60_000);
      expect(await world.list(channelOf(bob))).toHaveLength(1);
      world.advance(6 * 60_000);
      expect(await world.list(channelOf(bob))).toEqual([]);
    });

    test('each device has an identity of its own, which tells whose it is', async () => {
      const [phone, laptop] = [await events().open('ann'), await events().open('ann')];
      expect(laptop.identity).not.toBe(phone.identity);
      expect(events().isDeviceOf(phone.identity, 'ann')).toBe(true);
      expect(events().isDeviceOf(phone.identity, 'bob')).toBe(false);
      expect(events().isDeviceOf('ann', 'ann')).toBe(false);
      expect(events().isDeviceOf(`${phone.identity}.`, 'ann')).toBe(false);
    });

    test('all devices of somebody share a channel, and a device may have another token', async () => {
      const { list, document, identity } = await events().open('ann');
      const known = { list, document };
      expect(await events().open('ann', known)).toMatchObject(known);
      expect(await events().open('ann', known, identity)).toMatchObject({ ...known, identity });
      expect(await events().open('bob')).not.toMatchObject({ list });
    });

    test('a channel lives on while it is used, and is made anew when it is gone', async () => {
      const { list, document } = await events().open('ann');
      const known = { list, document };
      for (let days = 0; days < 3; days += 1) {
        world.advance(24 * HOUR_MS);
        expect(await events().open('ann', known)).toMatchObject(known);
      }
      world.advance(72 * HOUR_MS);
      const fresh = await events().open('ann', known);
      expect([fresh.list, fresh.document]).not.toEqual([list, document]);
      expect(await world.list(fresh)).toEqual([]);
    });

    test('telling somebody whose channel is gone harms nobody', async () => {
      const bob = await onSync('bob');
      const { id, lists } = await newGateway();
      world.advance(72 * HOUR_MS);
      await gateways().renew(id);
      const ghost: Presence = {
        ...bob,
        devices: { ghost: { via: 'sync', until: Infinity, tokenUntil: Infinity }, b: at(id) },
      };
      await events().deliver([ghost], messageOf(call()));
      const { lists: current } = await gateways().renew(id);
      expect((await world.mailboxes(current.length > 0 ? current : lists)).length).toBe(1);
    });

    test('whose devices can none of them come back is not told any more', async () => {
      const bob = await onSync('bob');
      const [device] = Object.values(bob.devices);
      if (device?.via !== 'sync') throw new Error('a device on the push channel');
      world.advance(device.tokenUntil + 1 - world.now());
      await events().deliver([bob], messageOf(call()));
      expect(await world.list(channelOf(bob))).toEqual([]);
    });

    test('closing a device is fine twice, and when the channel is gone', async () => {
      const { list, document, identity } = await events().open('ann');
      for (let times = 0; times < 2; times += 1) await events().close({ list, document }, identity);
      world.advance(72 * HOUR_MS);
      await events().close({ list, document }, identity);
    });
  });
}
