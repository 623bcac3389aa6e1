/** How much and how often production allows, and when things end: all on a clock that stands still until moved. */
import { ManualClock } from '../../emulator/twilio/clock';
import { mintToken, next, raw, startSync, subscribed, type SyncWorld } from './twilio-sync-world';
import { openSocket } from './twilio-sync-wire';

let clock: ManualClock;
let world: SyncWorld;
let service: Awaited<ReturnType<SyncWorld['service']>>;
let base: string;

beforeEach(async () => {
  clock = new ManualClock();
  world = await startSync({ clock });
  service = await world.service();
  base = `/v1/Services/${(await service.fetch()).sid}`;
});
afterEach(() => world.close());

/** How many of so many requests in a row are let through; the others are refused with 429/54009 and nothing else. */
async function letThrough(count: number, method: string, path: string, form: Record<string, string> = {}) {
  let passed = 0;
  for (let index = 0; index < count; index += 1) {
    const { status, body } = await raw(world, method, path, form);
    if (status < 300) passed += 1;
    else expect([status, body['code']]).toEqual([429, 54009]);
  }
  return passed;
}

const sized = (bytes: number): string => JSON.stringify({ x: 'y'.repeat(bytes - '{"x":""}'.length) });

describe('rates', () => {
  test('an object takes 20 writes a second with a burst of ten seconds', async () => {
    await service.documents.create({ uniqueName: 'busy' });
    expect(await letThrough(205, 'POST', `${base}/Documents/busy`, { Data: '{}' })).toBe(200);
    clock.advance(1000);
    expect(await letThrough(25, 'POST', `${base}/Documents/busy`, { Data: '{}' })).toBe(20);
    clock.advance(60_000);
    expect(await letThrough(205, 'POST', `${base}/Documents/busy`, { Data: '{}' })).toBe(200);
  });

  test('reads have a budget of their own, and one object does not spend what is another’s', async () => {
    await service.documents.create({ uniqueName: 'busy' });
    await service.documents.create({ uniqueName: 'idle' });
    expect(await letThrough(201, 'GET', `${base}/Documents/busy`)).toBe(200);
    expect(await letThrough(1, 'POST', `${base}/Documents/busy`, { Data: '{}' })).toBe(1);
    expect(await letThrough(1, 'GET', `${base}/Documents/idle`)).toBe(1);
  });

  test('a map counts with all its items', async () => {
    await service.syncMaps.create({ uniqueName: 'crowd' });
    let passed = 0;
    for (let index = 0; index < 205; index += 1) {
      passed += await letThrough(1, 'POST', `${base}/Maps/crowd/Items`, { Key: `k${index}`, Data: '{}' });
    }
    expect(passed).toBe(200);
    expect(await letThrough(1, 'DELETE', `${base}/Maps/crowd/Items/k0`)).toBe(0);
    expect(await letThrough(1, 'GET', `${base}/Maps/crowd/Items/k0`)).toBe(1);
  });

  test('large writes cost more: from 10 KiB two a second are left', async () => {
    await service.documents.create({ uniqueName: 'large' });
    expect(await letThrough(25, 'POST', `${base}/Documents/large`, { Data: sized(10 * 1024) })).toBe(20);
    clock.advance(10_000);
    expect(await letThrough(25, 'POST', `${base}/Documents/large`, { Data: sized(16 * 1024) })).toBe(20);
    clock.advance(10_000);
    expect(await letThrough(105, 'POST', `${base}/Documents/large`, { Data: sized(2 * 1024) })).toBe(100);
    clock.advance(10_000);
    expect(await letThrough(201, 'POST', `${base}/Documents/large`, { Data: sized(1024) })).toBe(200);
  });

  test('a stream takes 30 messages a second, permissions 80 requests', async () => {
    await service.syncStreams.create({ uniqueName: 'news' });
    expect(await letThrough(305, 'POST', `${base}/Streams/news/Messages`, { Data: '{}' })).toBe(300);
    await service.documents.create({ uniqueName: 'shared' });
    expect(await letThrough(805, 'GET', `${base}/Documents/shared/Permissions`)).toBe(800);
  });

  test('new objects are limited too, per service', async () => {
    expect(await letThrough(205, 'POST', `${base}/Maps`)).toBe(200);
    await (await world.service()).documents.create({});
    clock.advance(1000);
    expect(await letThrough(25, 'POST', `${base}/Documents`)).toBe(20);
  });

  test('what clients read through their sockets counts, what they are told does not', async () => {
    const { sid } = await service.documents.create({ uniqueName: 'watched', data: { n: 0 } });
    const socket = await openSocket(world.socketUrl);
    await socket.init(mintToken('ada', (await service.fetch()).sid));
    const statuses: unknown[] = [];
    for (let index = 0; index < 201; index += 1) {
      statuses.push((await socket.request('GET', `/v3/Documents/${sid}`)).code);
    }
    expect([statuses.slice(0, 200).every((code) => code === 200), statuses[200]]).toEqual([true, 429]);
    await socket.subscribe('document', sid, 0);
    for (let n = 1; n <= 200; n += 1) await service.documents(sid).update({ data: { n } });
    const last = await socket.notification((body) => body['event']?.['document_data']?.['n'] === 200);
    expect(last).toBeDefined();
    socket.close();
  });

  test('a thousand clients may connect at once, and no more than production lets in', async () => {
    const token = mintToken('ada');
    const sockets = await Promise.all(Array.from({ length: 1105 }, () => openSocket(world.socketUrl)));
    const codes = await Promise.all(sockets.map((socket) => socket.init(token)));
    expect(codes.filter((code) => code === 200)).toHaveLength(1100);
    expect(codes.filter((code) => code === 429)).toHaveLength(5);
    sockets[1104]?.close();
    clock.advance(1000);
    const late = await openSocket(world.socketUrl);
    expect(await late.init(token)).toBe(200);
    for (const socket of [...sockets, late]) socket.close();
  });

  test('limits can be switched off, sizes excepted', async () => {
    const free = await startSync({ clock, limits: 'off' });
    const path = '/v1/Services/default/Documents';
    const statuses = new Set<number>();
    for (let index = 0; index < 250; index += 1) statuses.add((await raw(free, 'POST', path)).status);
    statuses.add((await raw(free, 'POST', path, { Data: sized(17 * 1024) })).status);
    expect([...statuses]).toEqual([201, 413]);
    await free.close();
  });
});

describe('times to live', () => {
  const client = async () => world.client('ada', (await service.fetch()).sid);

  test('an object goes at its moment, open clients hear it, and its name is free again', async () => {
    const before = await service.documents.create({ uniqueName: 'brief', data: { n: 1 }, ttl: 60 });
    const document = await subscribed(
      await (await client()).document({ id: 'brief', mode: 'open_existing' }),
    );
    const removed = next(document, 'removed');
    clock.advance(59_999);
    expect((await service.documents('brief').fetch()).dateExpires).toEqual(before.dateExpires);
    clock.advance(1);
    await removed;
    await expect(service.documents('brief').fetch()).rejects.toMatchObject({ status: 404, code: 54300 });
    expect((await service.documents.create({ uniqueName: 'brief' })).sid).not.toBe(before.sid);
  });

  test('an item goes alone, and open clients hear it', async () => {
    await service.syncMaps.create({ uniqueName: 'guests', ttl: 600 });
    const items = service.syncMaps('guests').syncMapItems;
    await items.create({ key: 'brief', data: { a: 1 }, itemTtl: 30 });
    await items.create({ key: 'lasting', data: {} });
    const map = await subscribed(await (await client()).map({ id: 'guests', mode: 'open_existing' }));
    const removed = next(map, 'itemRemoved');
    clock.advance(30_000);
    expect(await removed).toMatchObject({ key: 'brief', isLocal: false });
    expect((await items.list()).map((item) => item.key)).toEqual(['lasting']);
    await expect(service.syncMaps('guests').syncMapItems('brief').fetch()).rejects.toMatchObject({
      code: 54201,
    });
    clock.advance(570_000);
    await expect(service.syncMaps('guests').fetch()).rejects.toMatchObject({ code: 54300 });
  });

  test('a new TTL replaces the old one, 0 takes it away, and writing data leaves it alone', async () => {
    await service.documents.create({ uniqueName: 'd', ttl: 10 });
    await service.documents('d').update({ ttl: 100 });
    clock.advance(50_000);
    await service.documents('d').update({ data: { n: 1 } });
    clock.advance(49_999);
    expect((await service.documents('d').update({ ttl: 0 })).dateExpires).toBeNull();
    clock.advance(365 * 24 * 3600 * 1000);
    expect((await service.documents('d').fetch()).data).toEqual({ n: 1 });
  });

  test('an item may carry its collection along', async () => {
    await service.syncLists.create({ uniqueName: 'queue', ttl: 10 });
    await service.syncLists('queue').syncListItems.create({ data: {}, collectionTtl: 1000 });
    clock.advance(999_000);
    await service.syncLists('queue').fetch();
    clock.advance(1000);
    await expect(service.syncLists('queue').fetch()).rejects.toMatchObject({ code: 54300 });
  });
});
