/** Pages of large maps and lists: whatever part is asked for, it is that part of the whole, and expired items are none. */
import { ManualClock } from '../../emulator/twilio/clock';
import { raw, startSync, type SyncWorld } from './twilio-sync-world';

interface Page {
  readonly ids: readonly (string | number)[];
  readonly next: string | null;
  readonly previous: string | null;
}

const ITEMS = 350;
const SHORT_LIVED_SECONDS = 5;

const clock = new ManualClock();
let world: SyncWorld;
const collections: { path: string; whole: (string | number)[] }[] = [];

beforeAll(async () => {
  world = await startSync({ clock, limits: 'off' });
  const service = await world.service();
  const { sid } = await service.fetch();
  const map = await service.syncMaps.create({});
  const list = await service.syncLists.create({});
  const keys: string[] = [];
  // 199 and 350 have no common divisor: each key once, in no order.
  for (let n = 0; n < ITEMS; n += 1) {
    const key = String((n * 199) % ITEMS).padStart(4, '0');
    const lifetime = n % 3 === 0 ? { itemTtl: SHORT_LIVED_SECONDS } : {};
    await service.syncMaps(map.sid).syncMapItems.create({ key, data: {}, ...lifetime });
    await service.syncLists(list.sid).syncListItems.create({ data: {}, ...lifetime });
    if (n % 3 !== 0) keys.push(key);
  }
  clock.advance(SHORT_LIVED_SECONDS * 1000);
  const indexes = Array.from({ length: ITEMS }, (_, n) => n).filter((n) => n % 3 !== 0);
  const base = `/v1/Services/${sid}`;
  collections.push({ path: `${base}/Maps/${map.sid}/Items`, whole: keys.toSorted() });
  collections.push({ path: `${base}/Lists/${list.sid}/Items`, whole: indexes });
});
afterAll(() => world.close());

async function visit(url: string): Promise<Page> {
  const { body } = await raw(world, 'GET', url.replace(world.origin, ''));
  const items = body['items'] as { key?: string; index?: number }[];
  const meta = body['meta'] as { next_page_url: string | null; previous_page_url: string | null };
  return {
    ids: items.map(({ key, index }) => key ?? index ?? ''),
    next: meta.next_page_url,
    previous: meta.previous_page_url,
  };
}

describe.each([
  ['a map', 0],
  ['a list', 1],
])('%s', (_, which) => {
  const part = () => collections[which] as (typeof collections)[number];

  test.each(['asc', 'desc'])('is walked through from end to end and back, %s', async (order) => {
    const { path, whole } = part();
    const wanted = order === 'asc' ? whole : whole.toReversed();
    const there = [await visit(`${path}?Order=${order}&PageSize=40`)];
    for (let page = there[0]; page?.next;) there.push((page = await visit(page.next)));
    expect(there.flatMap(({ ids }) => ids)).toEqual(wanted);
    const back = there.slice(-1);
    for (let page = back[0]; page?.previous;) back.unshift((page = await visit(page.previous)));
    expect(back.map(({ ids }) => ids)).toEqual(there.map(({ ids }) => ids));
  });

  test.each(['inclusive', 'exclusive'])('begins anywhere, in either order, %s', async (bounds) => {
    const { path, whole } = part();
    const isBehind = (id: string | number, from: string | number, isDescending: boolean): boolean =>
      id === from ? bounds === 'inclusive' : isDescending ? id < from : id > from;
    for (let n = 0; n < ITEMS; n += 23) {
      const from = which === 0 ? String(n).padStart(4, '0') : n;
      for (const order of ['asc', 'desc']) {
        const ordered = order === 'asc' ? whole : whole.toReversed();
        const wanted = ordered.filter((id) => isBehind(id, from, order === 'desc'));
        const page = await visit(`${path}?From=${from}&Bounds=${bounds}&Order=${order}&PageSize=100`);
        expect(page.ids).toEqual(wanted.slice(0, 100));
        expect(page.next === null).toBe(wanted.length <= 100);
        expect(page.previous === null).toBe(wanted.length === whole.length || wanted.length === 0);
      }
    }
  });
});
