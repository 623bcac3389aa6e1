/** What a user's browser may do with its Sync token: read its own list and document, and nothing else of ours. */
import type { SyncClient, SyncDocument, SyncList } from 'twilio-sync';
import { changeCall, messageOf, newCall } from '../../src/domain/call';
import type { Presence } from '../../src/domain/presence';
import type { ChannelPass } from '../../src/ports/call-events';
import { dropTimers, SyncClients, until } from '../support/sync-clients';
import { twilioCallsWorld, type TwilioCallsWorld } from '../support/twilio-calls-world';

describe('a user’s channel in Twilio Sync', () => {
  let world: TwilioCallsWorld;
  const clients = new SyncClients();
  beforeAll(async () => {
    world = await twilioCallsWorld();
  });
  afterAll(async () => {
    await clients.closeAll();
    await world.close();
    dropTimers();
  });

  const events = () => world.services().events;
  const service = () =>
    world.twilio.vendor.sync.v1.services(world.twilio.environment['SYNC_SERVICE_SID'] ?? '');
  const connect = ({ token, connectOptions }: ChannelPass): SyncClient =>
    clients.connect({ token, connect_options: connectOptions });
  const openList = (client: SyncClient, id: string): Promise<SyncList> =>
    client.list({ id, mode: 'open_existing' });
  const openDocument = (client: SyncClient, id: string): Promise<SyncDocument> =>
    client.document({ id, mode: 'open_existing' });

  let people = 0;
  /** Somebody in the directory, with one device. */
  const online = async () => {
    const user = { id: `user ${(people += 1)}`, name: 'Ann', location: 'Nairobi' };
    const pass = await events().open(user.id);
    const { list, document, identity, until: connected, tokenUntil } = pass;
    const presence: Presence = {
      user,
      devices: { [identity]: { via: 'sync', until: connected, tokenUntil } },
      channel: { list, document },
      leftAt: 0,
      keepUntil: world.now() + 3_600_000,
    };
    await world.services().directory.replace(undefined, presence);
    return { user, pass, presence };
  };
  const ring = (from: { user: Presence['user'] }, to: { user: Presence['user'] }) =>
    newCall(from.user, to.user, world.now(), 45_000);

  test('is heard live, and what was missed while the socket was cut is caught up on, in order', async () => {
    const [ann, bob] = [await online(), await online()];
    const client = connect(bob.pass);
    const heard: unknown[] = [];
    const list = await openList(client, bob.pass.list);
    list.on('itemAdded', ({ item }: { item: { data: unknown } }) => heard.push(item.data));
    const document = await openDocument(client, bob.pass.document);
    expect(document.data).toEqual({});

    const call = ring(ann, bob);
    await events().deliver([bob.presence], messageOf(call));
    await until(() => heard.length === 1);
    world.twilio.sync.killConnections();
    const answered = changeCall(call, 'accept', world.now());
    const over = changeCall(answered, 'hangUp', world.now());
    for (const step of [answered, over]) await events().deliver([bob.presence], messageOf(step));
    await until(() => heard.length === 3);
    expect(heard).toEqual([call, answered, over].map(messageOf));
    await until(() => (document.data as { status?: string }).status === 'ENDED');
    expect(document.data).toEqual({ ...messageOf(over).call, eventId: messageOf(over).id });
  });

  test('cannot be read by anybody else, nor by the same person’s gateway', async () => {
    const [ann, bob] = [await online(), await online()];
    const stranger = connect(ann.pass);
    await expect(openList(stranger, bob.pass.list)).rejects.toMatchObject({ status: 403 });
    await expect(openDocument(stranger, bob.pass.document)).rejects.toMatchObject({ status: 403 });
    const { token, connectOptions } = await world.services().gateways.renew('a'.repeat(32));
    const gateway = clients.connect({ token, connect_options: connectOptions });
    await expect(openList(gateway, bob.pass.list)).rejects.toMatchObject({ status: 403 });
    await expect(openDocument(gateway, bob.pass.document)).rejects.toMatchObject({ status: 403 });
  });

  test('can be written by nobody, not even its own reader', async () => {
    const bob = await online();
    const client = connect(bob.pass);
    const list = await openList(client, bob.pass.list);
    const document = await openDocument(client, bob.pass.document);
    await expect(list.push({ type: 'INCOMING_CALL' })).rejects.toMatchObject({ status: 403 });
    await expect(list.removeList()).rejects.toMatchObject({ status: 403 });
    await expect(document.set({ status: 'ONGOING' })).rejects.toMatchObject({ status: 403 });
    await expect(document.setTtl(1)).rejects.toMatchObject({ status: 403 });
    await expect(document.removeDocument()).rejects.toMatchObject({ status: 403 });
  });

  test('opens none of our records, by whatever name they can be asked for', async () => {
    const [ann, bob] = [await online(), await online()];
    const call = ring(ann, bob);
    await world.services().calls.create(call);
    const line = await world.services().lines.find(bob.user.id);
    await world
      .services()
      .lines.replace(line, { ...line, call: { id: call.id, isOver: false, draft: call } });
    const maps = await service().syncMaps.list();
    expect(maps.length).toBeGreaterThanOrEqual(3);
    const client = connect(bob.pass);
    for (const { sid, uniqueName } of maps) {
      for (const id of [sid, uniqueName]) {
        const opening = client.map({ id, mode: 'open_existing' });
        await expect(opening).rejects.toMatchObject({ status: 403 });
      }
    }
    // Names tell nothing: with all that a user knows none of them can be made.
    expect(bob.pass.identity).not.toContain(bob.user.id);
    const known = [bob.user.id, bob.pass.identity, bob.pass.list, bob.pass.document, call.id];
    for (const { uniqueName } of maps) for (const text of known) expect(uniqueName).not.toContain(text);
    expect(await service().syncLists(bob.pass.list).fetch()).toMatchObject({ uniqueName: null });
    expect(await service().documents(bob.pass.document).fetch()).toMatchObject({ uniqueName: null });
  });

  test('what a browser makes of its own accord is never taken for ours', async () => {
    const bob = await online();
    const client = connect(bob.pass);
    const key = bob.pass.identity.split('.').slice(1, 3).join('.');
    const map = await client.map({ id: key, mode: 'create_new' });
    await map.set(key, { record: { user: { id: bob.user.id }, devices: {} }, mark: '' });
    expect(await world.services().directory.find(bob.user.id)).toMatchObject(bob.presence);
  });

  test('a device that was disconnected cannot open it again, while another of the same person can', async () => {
    const bob = await online();
    const { list, document } = bob.pass;
    const laptop = await events().open(bob.user.id, { list, document });
    await events().close({ list, document }, bob.pass.identity);
    const refused = connect(bob.pass);
    await expect(openList(refused, list)).rejects.toMatchObject({ status: 403 });
    await expect(openDocument(refused, document)).rejects.toMatchObject({ status: 403 });
    const client = connect(laptop);
    await openList(client, list);
    expect((await openDocument(client, document)).data).toEqual({});
  });

  test('everything that calls leave behind expires, and none of it is a token or a secret', async () => {
    const [ann, bob] = [await online(), await online()];
    const call = ring(ann, bob);
    await world.services().calls.create(call);
    await events().deliver([ann.presence, bob.presence], messageOf(call));
    const { token } = await world.services().gateways.renew('b'.repeat(32));
    const text = await world.everything();
    const { environment } = world.twilio;
    const secrets = ['AUTH_TOKEN', 'TWILIO_API_SECRET'].map((name) => environment[name] ?? name);
    for (const secret of [...secrets, token, ann.pass.token, bob.pass.token])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(/eyJ[\w-]+\.eyJ/);

    const [maps, lists, documents] = await Promise.all([
      service().syncMaps.list(),
      service().syncLists.list(),
      service().documents.list(),
    ]);
    const ours = [...maps, ...lists, ...documents].filter(({ createdBy }) => createdBy === 'system');
    expect(ours.length).toBeGreaterThan(6);
    for (const object of ours) expect(object.dateExpires).toBeInstanceOf(Date);
    const items = await Promise.all([
      ...maps.map(({ sid }) => service().syncMaps(sid).syncMapItems.list()),
      ...lists.map(({ sid }) => service().syncLists(sid).syncListItems.list()),
    ]);
    for (const item of items.flat().filter(({ createdBy }) => createdBy === 'system'))
      expect(item.dateExpires).toBeInstanceOf(Date);
    world.advance(31 * 24 * 3_600_000);
    const left = [...(await service().syncLists.list()), ...(await service().documents.list())];
    expect(left.filter(({ createdBy }) => createdBy === 'system')).toEqual([]);
    expect((await service().syncMaps.list()).filter(({ createdBy }) => createdBy === 'system')).toEqual([]);
  });
});
