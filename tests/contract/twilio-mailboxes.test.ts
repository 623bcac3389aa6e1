/** Mailboxes and leases of gateways in Sync, read by the vendor's own browser SDK as a gateway does. */
import type { SyncClient } from 'twilio-sync';
import { GatewayLeases } from '../../src/adapters/twilio/sync/gateway-leases';
import { gatewayIdentity, Mailboxes, type MailboxSet } from '../../src/adapters/twilio/sync/mailboxes';
import { LEASE_SECONDS } from '../../src/ports/gateways';
import { composeSync } from '../../src/compose/sync';
import { readSettings } from '../../src/config/settings';
import { twilioSettings } from '../../src/config/twilio';
import { dropTimers, SyncClients, until } from '../support/sync-clients';
import { twilioWorld, type TwilioWorld } from '../support/twilio-world';

const LEASE_MS = LEASE_SECONDS * 1000;

describe('mailboxes of gateways in Twilio Sync', () => {
  let world: TwilioWorld;
  const clients = new SyncClients();
  beforeAll(async () => {
    world = await twilioWorld();
  });
  afterAll(async () => {
    await clients.closeAll();
    await world.close();
    dropTimers();
  });

  const newSync = () => composeSync(world.scope(), readSettings(world.environment, twilioSettings)).sync;
  let gateways = 0;

  const renew = async (id: string) => {
    const sync = newSync();
    const leases = new GatewayLeases(sync);
    return (await leases.renew(id, (current) => new Mailboxes(sync).open(id, current))).record;
  };
  const find = (id: string) => new GatewayLeases(newSync()).find(id);
  const post = (to: MailboxSet, topic: string, data: object) =>
    new Mailboxes(newSync()).post(to, topic, data);
  const living = async () => (await new GatewayLeases(newSync()).live()).map(({ gateway }) => gateway);

  /** A gateway with a lease. */
  const newGateway = async () => {
    const id = (gateways += 1).toString(16).padStart(32, '0');
    return { id, record: await renew(id) };
  };

  /** The SDK that reads its mailboxes. */
  const connect = (id: string) => {
    const sync = newSync();
    const token = sync.token(gatewayIdentity(id), world.clock.now() + 3_600_000);
    return clients.connect({ token, connect_options: sync.connectOptions });
  };

  /** Opens the mailboxes. @returns what comes in. */
  const listen = async (client: SyncClient, { mailboxes }: MailboxSet) => {
    const heard: unknown[] = [];
    for (const id of mailboxes) {
      const list = await client.list({ id, mode: 'open_existing' });
      list.on('itemAdded', ({ item }: { item: { data: unknown } }) => heard.push(item.data));
    }
    return heard;
  };

  /** What lies in the mailboxes, as the vendor has it. */
  const stored = async ({ mailboxes }: MailboxSet) => {
    const service = world.vendor.sync.v1.services(world.environment['SYNC_SERVICE_SID'] ?? '');
    const lists = await Promise.all(mailboxes.map((sid) => service.syncLists(sid).syncListItems.list()));
    return lists.flat().map(({ data }) => data as unknown);
  };

  test('a gateway hears what was put there, in the order of each topic, once, whatever happens to its socket', async () => {
    const { id, record } = await newGateway();
    const heard = await listen(connect(id), record);
    for (let n = 0; n < 60; n += 1) {
      if (n === 20) world.sync.killConnections();
      await post(record, `call-${n % 3}`, { call: n % 3, n });
    }
    await until(() => heard.length >= 60);
    const items = heard as { call: number; n: number }[];
    expect(items.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, n) => n),
    );
    for (const call of [0, 1, 2]) {
      const own = items.filter((item) => item.call === call).map(({ n }) => n);
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
  });

  test('what is put there goes by itself after two minutes', async () => {
    const { record } = await newGateway();
    await post(record, 'call', { n: 1 });
    world.clock.advance(119_000);
    expect(await stored(record)).toEqual([{ n: 1 }]);
    world.clock.advance(2_000);
    expect(await stored(record)).toEqual([]);
  });

  test('nobody else may read them, nobody at all may write to them or take their place', async () => {
    const [one, other] = [await newGateway(), await newGateway()];
    const client = connect(one.id);
    await expect(listen(client, other.record)).rejects.toMatchObject({ status: 403 });
    const list = await client.list({ id: one.record.mailboxes[0] ?? '', mode: 'open_existing' });
    await expect(list.push({ forged: true })).rejects.toMatchObject({ status: 403 });
    await expect(list.removeList()).rejects.toMatchObject({ status: 403 });
    expect(list.uniqueName).toBeNull();
  });

  test('a lease ends half a minute after its last renewal, and it is known when', async () => {
    const { id, record } = await newGateway();
    expect(record.until).toBe(world.clock.now() + LEASE_MS);
    world.clock.advance(20_000);
    await renew(id);
    world.clock.advance(LEASE_MS - 1_000);
    expect(await find(id)).toMatchObject({ until: world.clock.now() + 1_000 });
    expect(await living()).toContain(id);
    world.clock.advance(2_000);
    expect(await find(id)).toMatchObject({ until: world.clock.now() - 1_000 });
    expect(await living()).not.toContain(id);
    world.clock.advance(61 * 60_000);
    expect(await find(id)).toBeUndefined();
  });

  test('mailboxes live as long as their gateway, and a day longer; one that comes back later has new ones', async () => {
    const { id, record } = await newGateway();
    for (let times = 0; times < 60; times += 1) {
      world.clock.advance(50 * 60_000);
      expect((await renew(id)).mailboxes).toEqual(record.mailboxes);
    }
    expect(await post(record, 'call', {})).toBe(true);
    world.clock.advance(24.1 * 3_600_000);
    expect(await post(record, 'call', {})).toBe(false);
    const fresh = await renew(id);
    expect(fresh.mailboxes).not.toEqual(record.mailboxes);
    expect(await post(fresh, 'call', {})).toBe(true);
  });

  test('a lease that is known to last is not read again', async () => {
    const { id } = await newGateway();
    const sync = newSync();
    await new GatewayLeases(sync).find(id);
    expect(sync.upstream.calls).toBe(0);
    world.clock.advance(LEASE_MS);
    const later = newSync();
    await new GatewayLeases(later).find(id);
    expect(later.upstream.calls).toBe(1);
  });
});
