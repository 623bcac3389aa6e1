/** What browsers get: the unmodified `twilio-sync` against the emulator. */
import type { SyncClient, SyncDocument, SyncList, SyncMap, SyncStream } from 'twilio-sync';
import { next, startSync, subscribed, type SyncWorld } from './twilio-sync-world';

let world: SyncWorld;
let service: Awaited<ReturnType<SyncWorld['service']>>;
let alice: SyncClient;
let bob: SyncClient;

beforeAll(async () => {
  world = await startSync();
  service = await world.service();
  const { sid } = await service.fetch();
  alice = world.client('alice', sid);
  bob = world.client('bob', sid);
});
afterAll(() => world.close());

const opened = async <T>(entity: Promise<T>): Promise<T> => subscribed(await entity);

describe('a document', () => {
  let document: SyncDocument;

  beforeAll(async () => {
    await service.documents.create({ uniqueName: 'state', data: { n: 0 } });
    document = await opened(alice.document({ id: 'state', mode: 'open_existing' }));
  });

  test('opened by name has the content that the server wrote', () => {
    expect(document.data).toEqual({ n: 0 });
    expect(document.sid).toMatch(/^ET[0-9a-f]{32}$/);
  });

  test('tells a client of what the server writes', async () => {
    const updated = next(document, 'updated');
    await service.documents('state').update({ data: { n: 1 } });
    expect(await updated).toEqual({ data: { n: 1 }, isLocal: false, previousData: { n: 0 } });
  });

  test('keeps every one of several racing mutations', async () => {
    const others = await opened(bob.document('state'));
    const increment = (data: { k?: number }) => ({ ...data, k: (data.k ?? 0) + 1 });
    await Promise.all([document, others, document, others].map((each) => each.mutate(increment)));
    expect((await service.documents('state').fetch()).data).toEqual({ n: 1, k: 4 });
  });

  test('created by one client under a taken name is refused, and its removal is told', async () => {
    const own = await alice.document({ id: 'own', mode: 'create_new', data: { a: 1 }, ttl: 60 });
    await expect(bob.document({ id: 'own', mode: 'create_new' })).rejects.toMatchObject({
      status: 409,
      code: 54301,
    });
    expect((await service.documents('own').fetch()).createdBy).toBe('alice');
    const seen = await opened(bob.document('own'));
    const removed = next(seen, 'removed');
    await own.removeDocument();
    expect(await removed).toMatchObject({ isLocal: false, previousData: { a: 1 } });
  });

  test('that does not exist cannot be opened', async () => {
    const opening = alice.document({ id: 'nowhere', mode: 'open_existing' });
    await expect(opening).rejects.toMatchObject({ status: 404, code: 54300 });
  });

  test('may be named by any characters a browser can send', async () => {
    const name = 'ünï/cödé ?&=#%+ 🚪';
    const created = await alice.document({ id: name, mode: 'create_new', data: { text: 'größer 🚪' } });
    const found = await opened(bob.document({ id: name, mode: 'open_existing' }));
    expect([found.sid, found.data]).toEqual([created.sid, { text: 'größer 🚪' }]);
  });
});

describe('a map', () => {
  let mine: SyncMap;
  let theirs: SyncMap;

  beforeAll(async () => {
    mine = await opened(alice.map('guests'));
    theirs = await opened(bob.map('guests'));
  });

  test('tells other clients of items added, updated and removed', async () => {
    const added = next(theirs, 'itemAdded');
    await mine.set('ada', { seat: 1 });
    expect(await added).toMatchObject({ isLocal: false, item: { key: 'ada', data: { seat: 1 } } });
    const updated = next(theirs, 'itemUpdated');
    await mine.update('ada', { late: true });
    expect(await updated).toMatchObject({
      item: { data: { seat: 1, late: true } },
      previousItemData: { seat: 1 },
    });
    const removed = next(theirs, 'itemRemoved');
    await mine.remove('ada');
    expect(await removed).toMatchObject({ key: 'ada', isLocal: false });
  });

  test('added to by two clients at once under one key keeps both changes', async () => {
    const enter = (name: string) => (data: object) => ({ ...data, [name]: true });
    await Promise.all([mine.mutate('both', enter('alice')), theirs.mutate('both', enter('bob'))]);
    const item = await service.syncMaps('guests').syncMapItems('both').fetch();
    expect(item.data).toEqual({ alice: true, bob: true });
  });

  test('is read page by page, in both directions, and comes with its first items when asked', async () => {
    const map = await service.syncMaps.create({ uniqueName: 'crowd' });
    const keys = Array.from({ length: 120 }, (_, index) => `guest-${String(index).padStart(3, '0')}`);
    await Promise.all(keys.map((key) => service.syncMaps(map.sid).syncMapItems.create({ key, data: {} })));
    const crowd = await alice.map('crowd');
    const readAll = async (order: 'asc' | 'desc'): Promise<string[]> => {
      let page = await crowd.getItems({ order, pageSize: 50 });
      const read = page.items.map((item) => item.key);
      while (page.hasNextPage) {
        page = await page.nextPage();
        read.push(...page.items.map((item) => item.key));
      }
      return read;
    };
    expect(await readAll('asc')).toEqual(keys);
    expect(await readAll('desc')).toEqual(keys.toReversed());
    const eager = await bob.map({ id: 'crowd', mode: 'open_existing', includeItems: true });
    expect((await eager.get('guest-001')).key).toBe('guest-001');
  });

  test('answers for a missing key as the vendor does', async () => {
    await expect(mine.get('nobody')).rejects.toMatchObject({ status: 404, code: 54201 });
  });
});

describe('a list', () => {
  test('tells other clients of items, and never gives an index twice', async () => {
    const mine: SyncList = await opened(alice.list('queue'));
    const theirs: SyncList = await opened(bob.list('queue'));
    const added = next(theirs, 'itemAdded');
    await mine.push({ v: 1 });
    expect(await added).toMatchObject({ item: { index: 0, data: { v: 1 } } });
    const updated = next(theirs, 'itemUpdated');
    await mine.set(0, { v: 2 });
    expect(await updated).toMatchObject({ item: { data: { v: 2 } } });
    const removed = next(theirs, 'itemRemoved');
    await mine.remove(0);
    expect(await removed).toMatchObject({ index: 0 });
    expect((await mine.push({ v: 3 })).index).toBe(1);
  });
});

describe('a stream', () => {
  test('carries messages from clients and server to the others, and to the sender once', async () => {
    const mine: SyncStream = await opened(alice.stream('news'));
    const theirs: SyncStream = await opened(bob.stream('news'));
    const own: unknown[] = [];
    mine.on('messagePublished', (event: unknown) => own.push(event));
    const first = next(theirs, 'messagePublished');
    await mine.publishMessage({ hi: 1 });
    expect(await first).toMatchObject({ isLocal: false, message: { data: { hi: 1 } } });
    const second = next(mine, 'messagePublished', (event: { isLocal: boolean }) => !event.isLocal);
    await service.syncStreams('news').streamMessages.create({ data: { hi: 2 } });
    await second;
    expect(own).toMatchObject([{ isLocal: true }, { isLocal: false, message: { data: { hi: 2 } } }]);
  });
});

describe('a client whose socket is cut', () => {
  test('comes back and hears everything that it missed, in order', async () => {
    await service.documents.create({ uniqueName: 'board', data: { n: 0 } });
    await service.syncMaps.create({ uniqueName: 'seats' });
    await service.syncMaps('seats').syncMapItems.create({ key: 'leaver', data: {} });
    const carol = world.client('carol', (await service.fetch()).sid);
    const document = await opened(carol.document('board'));
    const map = await opened(carol.map('seats'));
    await map.get('leaver');
    const heard: string[] = [];
    map.on('itemAdded', () => heard.push('itemAdded'));
    map.on('itemUpdated', () => heard.push('itemUpdated'));
    map.on('itemRemoved', () => heard.push('itemRemoved'));
    const updated = next<{ data: unknown }>(document, 'updated');
    const removed = next(map, 'itemRemoved');
    const disconnected = next(carol, 'connectionStateChanged', (state) => state !== 'connected');
    world.emulator.killConnections();
    await disconnected;
    const items = service.syncMaps('seats').syncMapItems;
    await service.documents('board').update({ data: { n: 7 } });
    await items.create({ key: 'newcomer', data: {} });
    await service
      .syncMaps('seats')
      .syncMapItems('leaver')
      .update({ data: { again: 1 } });
    await service.syncMaps('seats').syncMapItems('leaver').remove();
    expect((await updated).data).toEqual({ n: 7 });
    await removed;
    expect(heard).toEqual(['itemAdded', 'itemRemoved']);
  });

  test('whose document went meanwhile is told that it is removed', async () => {
    await service.documents.create({ uniqueName: 'doomed' });
    const document = await opened(alice.document('doomed'));
    const removed = next(document, 'removed');
    world.emulator.killConnections();
    await service.documents('doomed').remove();
    await removed;
  });
});

test('after a reset open documents are told that they are removed, and nothing is left', async () => {
  const fresh = await startSync();
  const documents = fresh.rest.services('default').documents;
  await documents.create({ uniqueName: 'state', ttl: 3600 });
  const document = await opened(fresh.client('alice').document('state'));
  const removed = next(document, 'removed');
  const { status } = await fetch(`${fresh.origin}/_emulator/reset`, { method: 'POST' });
  expect(status).toBe(204);
  await removed;
  expect(await documents.list()).toEqual([]);
  await fresh.close();
});

test('two services share nothing but their port', async () => {
  const other = await world.service();
  await service.documents.create({ uniqueName: 'ours', data: { secret: true } });
  const foreigner = world.client('alice', (await other.fetch()).sid);
  const opening = foreigner.document({ id: 'ours', mode: 'open_existing' });
  await expect(opening).rejects.toMatchObject({ status: 404 });
});
