/** The REST API: answers as Twilio's published descriptions have them, refusals as its error dictionary has them. */
import { raw, startSync, type SyncWorld } from './twilio-sync-world';

let world: SyncWorld;
let service: Awaited<ReturnType<SyncWorld['service']>>;
let base: string;

beforeAll(async () => {
  world = await startSync({ limits: 'off' });
  service = await world.service({ friendlyName: 'Meetings' });
  base = `/v1/Services/${(await service.fetch()).sid}`;
});
afterAll(() => world.close());

const DATES = ['date_created', 'date_expires', 'date_updated'];
const OWNERS = ['account_sid', 'created_by', 'service_sid', 'url'];
const FIELDS = {
  service:
    'account_sid acl_enabled date_created date_updated friendly_name links reachability_debouncing_enabled reachability_debouncing_window reachability_webhooks_enabled sid unique_name url webhook_url webhooks_from_rest_enabled'.split(
      ' ',
    ),
  document: [...DATES, ...OWNERS, 'data', 'links', 'revision', 'sid', 'unique_name'],
  collection: [...DATES, ...OWNERS, 'links', 'revision', 'sid', 'unique_name'],
  stream: [...DATES, ...OWNERS, 'links', 'sid', 'unique_name'],
  mapItem: [...DATES, ...OWNERS, 'data', 'key', 'map_sid', 'revision'],
  listItem: [...DATES, ...OWNERS, 'data', 'index', 'list_sid', 'revision'],
  permission: (type: string) => [
    'account_sid',
    `${type}_sid`,
    'identity',
    'manage',
    'read',
    'service_sid',
    'url',
    'write',
  ],
  message: ['data', 'sid'],
  meta: ['first_page_url', 'key', 'next_page_url', 'page', 'page_size', 'previous_page_url', 'url'],
};

const POST_PERMISSION = { Read: 'true', Write: 'false', Manage: 'false' };

describe('answers have the published fields and statuses', () => {
  const cases: [string, string, Record<string, string>, number, string[]][] = [
    ['POST', '/v1/Services', { FriendlyName: 'other' }, 201, FIELDS.service],
    ['POST', '$/Documents', { UniqueName: 'd', Data: '{"a":1}', Ttl: '60' }, 201, FIELDS.document],
    ['GET', '$/Documents/d', {}, 200, FIELDS.document],
    ['POST', '$/Documents/d', { Data: '{"a":2}' }, 200, FIELDS.document],
    ['POST', '$/Documents/d/Permissions/ada', POST_PERMISSION, 200, FIELDS.permission('document')],
    ['GET', '$/Documents/d/Permissions/ada', {}, 200, FIELDS.permission('document')],
    ['POST', '$/Maps', { UniqueName: 'm' }, 201, FIELDS.collection],
    ['POST', '$/Maps/m', { Ttl: '60' }, 200, FIELDS.collection],
    ['POST', '$/Maps/m/Items', { Key: 'k', Data: '{}' }, 201, FIELDS.mapItem],
    ['GET', '$/Maps/m/Items/k', {}, 200, FIELDS.mapItem],
    ['POST', '$/Maps/m/Items/k', { Data: '{"b":1}' }, 200, FIELDS.mapItem],
    ['POST', '$/Maps/m/Permissions/ada', POST_PERMISSION, 200, FIELDS.permission('map')],
    ['POST', '$/Lists', { UniqueName: 'l' }, 201, FIELDS.collection],
    ['POST', '$/Lists/l/Items', { Data: '{}' }, 201, FIELDS.listItem],
    ['GET', '$/Lists/l/Items/0', {}, 200, FIELDS.listItem],
    ['POST', '$/Lists/l/Permissions/ada', POST_PERMISSION, 200, FIELDS.permission('list')],
    ['POST', '$/Streams', { UniqueName: 's' }, 201, FIELDS.stream],
    ['POST', '$/Streams/s', { Ttl: '60' }, 200, FIELDS.stream],
    ['POST', '$/Streams/s/Messages', { Data: '{"hi":1}' }, 201, FIELDS.message],
    ['GET', '$/Documents', {}, 200, ['documents', 'meta']],
    ['GET', '$/Maps/m/Items', {}, 200, ['items', 'meta']],
    ['GET', '$/Lists/l/Permissions', {}, 200, ['meta', 'permissions']],
    ['GET', '/v1/Services', {}, 200, ['meta', 'services']],
    ['DELETE', '$/Documents/d/Permissions/ada', {}, 204, []],
    ['DELETE', '$/Maps/m/Items/k', {}, 204, []],
    ['DELETE', '$/Lists/l', {}, 204, []],
    ['DELETE', '$/Documents/d', {}, 204, []],
  ];
  test.each(cases)('%s %s %j: %i', async (method, path, form, status, fields) => {
    const { status: actual, body } = await raw(world, method, path.replace('$', base), form);
    expect(actual).toBe(status);
    expect(Object.keys(body).toSorted()).toEqual(fields.toSorted());
    if (body['meta']) expect(Object.keys(body['meta']).toSorted()).toEqual(FIELDS.meta);
  });

  test('SIDs, dates, revisions and URLs are formatted as Twilio does', async () => {
    const { body, headers } = await raw(world, 'POST', `${base}/Documents`, { Ttl: '60' });
    const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
    expect(body).toMatchObject({
      sid: expect.stringMatching(/^ET[0-9a-f]{32}$/),
      unique_name: null,
      revision: '0',
      created_by: 'system',
      data: {},
      url: expect.stringMatching(`^${world.origin}/v1/Services/IS[0-9a-f]{32}/Documents/ET[0-9a-f]{32}$`),
      date_created: expect.stringMatching(date),
      date_expires: expect.stringMatching(date),
    });
    expect(headers.get('etag')).toBe('"0"');
  });
});

test('a default service is there from the start, by its name', async () => {
  expect((await world.rest.services('default').fetch()).uniqueName).toBe('default');
});

test('only the account and its API keys get in', async () => {
  const attempt = async (authorization: string): Promise<number> => {
    const response = await fetch(`${world.origin}/v1/Services`, { headers: { authorization } });
    return response.status;
  };
  const basic = (user: string, password: string): string =>
    `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const { API_KEY, API_SECRET, CREDENTIALS } = await import('./twilio-sync-world');
  expect(await attempt(basic(CREDENTIALS.accountSid, CREDENTIALS.authToken))).toBe(200);
  expect(await attempt(basic(API_KEY, API_SECRET))).toBe(200);
  expect(await attempt(basic(API_KEY, CREDENTIALS.authToken))).toBe(401);
  expect(await attempt(basic('constructor', ''))).toBe(401);
  expect(await attempt('Bearer x')).toBe(401);
});

describe('concurrency', () => {
  test('of ten creators of one name exactly one succeeds', async () => {
    const create = () =>
      service.documents.create({ uniqueName: 'first' }).then(
        () => 'created',
        (e) => e.code as number,
      );
    const outcomes = await Promise.all(Array.from({ length: 10 }, create));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 54301)).toHaveLength(9);
  });

  test('of ten writers who saw the same revision exactly one succeeds', async () => {
    const { sid, revision } = await service.documents.create({ data: { n: 0 } });
    const write = (n: number) =>
      service
        .documents(sid)
        .update({ ifMatch: revision, data: { n } })
        .then(
          () => 'written',
          (e) => e.code as number,
        );
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => write(n)));
    expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 54103)).toHaveLength(9);
  });

  test('items have revisions of their own', async () => {
    const map = await service.syncMaps.create({});
    const items = service.syncMaps(map.sid).syncMapItems;
    const one = await items.create({ key: 'one', data: {} });
    await items.create({ key: 'two', data: {} });
    const context = service.syncMaps(map.sid).syncMapItems('one');
    expect((await context.update({ ifMatch: one.revision, data: { x: 1 } })).revision).toBe('1');
    await expect(context.remove({ ifMatch: one.revision })).rejects.toMatchObject({
      status: 412,
      code: 54205,
    });
    await context.remove({ ifMatch: '1' });
  });
});

describe('lists of items', () => {
  let items: string;

  beforeAll(async () => {
    const map = await service.syncMaps.create({});
    items = `${base}/Maps/${map.sid}/Items`;
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      await service.syncMaps(map.sid).syncMapItems.create({ key, data: {} });
    }
  });

  const keys = async (query: string): Promise<string> => {
    const { body } = await raw(world, 'GET', `${items}?${query}`);
    return (body['items'] as { key: string }[]).map(({ key }) => key).join('');
  };

  test.each([
    ['', 'abcde'],
    ['Order=desc', 'edcba'],
    ['From=c', 'cde'],
    ['From=c&Bounds=exclusive', 'de'],
    ['From=bb', 'cde'],
    ['From=c&Order=desc', 'cba'],
    ['From=c&Order=desc&Bounds=exclusive', 'ba'],
    ['From=zz', ''],
    ['PageSize=2', 'ab'],
    ['PageSize=1000', 'abcde'],
  ])('%s gives %s', async (query, expected) => {
    expect(await keys(query)).toBe(expected);
  });

  test('pages follow absolute URLs there and back, and removed rows break nothing', async () => {
    const visit = async (url: string) => {
      const { body } = await raw(world, 'GET', url.replace(world.origin, ''));
      const { next_page_url: next, previous_page_url: previous } = body['meta'] as Record<string, string>;
      return { keys: (body['items'] as { key: string }[]).map(({ key }) => key).join(''), next, previous };
    };
    const first = await visit(`${items}?PageSize=2&Order=desc`);
    expect(first).toMatchObject({ keys: 'ed', previous: null });
    await raw(world, 'DELETE', `${items}/d`);
    const second = await visit(first.next ?? '');
    expect(second.keys).toBe('cb');
    const third = await visit(second.next ?? '');
    expect(third).toMatchObject({ keys: 'a', next: null });
    expect((await visit(third.previous ?? '')).keys).toBe('cb');
  });

  test('the SDK walks through all pages', async () => {
    const list = await service.syncLists.create({});
    for (let n = 0; n < 120; n += 1) await service.syncLists(list.sid).syncListItems.create({ data: { n } });
    const all = await service.syncLists(list.sid).syncListItems.list();
    expect(all.map((item) => item.index)).toEqual(Array.from({ length: 120 }, (_, index) => index));
  });
});

describe('what production refuses is refused', () => {
  const fresh = { document: '', map: '', list: '', stream: '' };

  beforeAll(async () => {
    fresh.document = `${base}/Documents/${(await service.documents.create({ uniqueName: 'taken' })).sid}`;
    fresh.map = `${base}/Maps/${(await service.syncMaps.create({})).sid}`;
    fresh.list = `${base}/Lists/${(await service.syncLists.create({})).sid}`;
    fresh.stream = `${base}/Streams/${(await service.syncStreams.create({})).sid}`;
    await raw(world, 'POST', `${fresh.map}/Items`, { Key: 'here', Data: '{}' });
  });

  const big = (bytes: number): string => JSON.stringify({ x: 'y'.repeat(bytes - '{"x":""}'.length) });
  const no = '0'.repeat(32);
  const cases: [string, string, Record<string, string>, number, number][] = [
    ['GET', '/v1/Services/nowhere', {}, 404, 54050],
    ['POST', '/v1/Services', { AclEnabled: 'maybe' }, 400, 20001],
    ['POST', '/v1/Services', { WebhookUrl: 'not a url' }, 400, 54051],
    ['POST', '/v1/Services', { WebhookUrl: 'ftp://example.org' }, 400, 54051],
    ['POST', '/v1/Services', { FriendlyName: '' }, 400, 54053],
    ['POST', '/v1/Services', { ReachabilityDebouncingWindow: '999' }, 400, 20001],
    ['GET', `$/Documents/ET${no}`, {}, 404, 54100],
    ['GET', `$/Maps/MP${no}`, {}, 404, 54200],
    ['GET', `$/Lists/ES${no}`, {}, 404, 54150],
    ['GET', `$/Streams/TO${no}`, {}, 404, 54250],
    ['GET', '$/Documents/nothing', {}, 404, 54300],
    ['POST', '$/Documents', { UniqueName: 'taken' }, 409, 54301],
    ['POST', '$/Documents', { UniqueName: '' }, 400, 54302],
    ['POST', '$/Documents', { UniqueName: 'x'.repeat(321) }, 400, 54302],
    ['POST', '$/Documents', { UniqueName: `ET${no}` }, 400, 54302],
    ['POST', '$/Documents', { Data: 'no json' }, 400, 54008],
    ['POST', '$/Documents', { Data: '[1]' }, 400, 54008],
    ['POST', '$/Documents', { Data: '"text"' }, 400, 54008],
    ['POST', '$/Documents', { Data: big(16 * 1024 + 1) }, 413, 54006],
    ['POST', '$/Documents', { Ttl: '-1' }, 400, 54011],
    ['POST', '$/Documents', { Ttl: '1.5' }, 400, 54011],
    ['POST', '$/Documents', { Ttl: '1e3' }, 400, 54011],
    ['POST', '$/Documents', { Ttl: '31536001' }, 400, 54011],
    ['POST', 'document', {}, 400, 54010],
    ['POST', 'map', {}, 400, 54010],
    ['POST', 'map/Items', { Data: '{}' }, 400, 54209],
    ['POST', 'map/Items', { Key: 'x'.repeat(321), Data: '{}' }, 400, 54209],
    ['POST', 'map/Items', { Key: 'new' }, 400, 54206],
    ['POST', 'map/Items', { Key: 'here', Data: '{}' }, 409, 54208],
    ['POST', 'map/Items/here', { CollectionTtl: '60' }, 400, 54010],
    ['GET', 'map/Items/gone', {}, 404, 54201],
    ['PUT', 'map/Items/here', { Data: '{}' }, 405, 20004],
    ['GET', 'map/Items?Order=up', {}, 400, 54451],
    ['GET', 'map/Items?Bounds=both', {}, 400, 54452],
    ['GET', 'map/Items?PageToken=xx', {}, 400, 54453],
    ['GET', 'map/Items?PageSize=0', {}, 400, 54454],
    ['GET', 'map/Items?PageSize=1001', {}, 400, 54454],
    ['POST', 'list/Items', {}, 400, 54156],
    ['GET', 'list/Items/0', {}, 404, 54151],
    ['GET', 'list/Items/-1', {}, 400, 54458],
    ['GET', 'list/Items/one', {}, 400, 54458],
    ['POST', 'stream/Messages', {}, 400, 54251],
    ['POST', 'stream/Messages', { Data: big(4 * 1024 + 1) }, 413, 54006],
    ['GET', 'stream/Messages', {}, 405, 20004],
    ['GET', 'stream/Permissions', {}, 404, 20404],
    ['GET', 'document/Permissions/ada', {}, 404, 54354],
    ['POST', 'document/Permissions/ada', { Read: 'true' }, 400, 20001],
    ['POST', `document/Permissions/${'x'.repeat(257)}`, POST_PERMISSION, 400, 54351],
    ['GET', 'document/Items', {}, 404, 20404],
    ['PATCH', 'document', {}, 405, 20004],
    ['GET', '$/Nothing', {}, 404, 20404],
    ['GET', '/v2/Services', {}, 404, 20404],
    ['GET', '/%E0%A4%A', {}, 404, 20404],
  ];
  test.each(cases)('%s %s %j: %i, %i', async (method, path, form, status, code) => {
    const [root = '', ...rest] = path.split('/');
    const start = fresh[root as keyof typeof fresh];
    const full = start === undefined ? path.replace('$', base) : [start, ...rest].join('/');
    const { body, ...answer } = await raw(world, method, full, form);
    expect([answer.status, body['code']]).toEqual([status, code]);
    expect(Object.keys(body).toSorted()).toEqual(['code', 'message', 'more_info', 'status']);
  });

  test('exactly 16 KiB of data, or 4 KiB of message, are still taken', async () => {
    const document = await raw(world, 'POST', `${base}/Documents`, { Data: big(16 * 1024) });
    const message = await raw(world, 'POST', `${fresh.stream}/Messages`, { Data: big(4 * 1024) });
    expect([document.status, message.status]).toEqual([201, 201]);
  });

  test.each(['xyz', '"', '*', ''])('If-Match %j is no revision', async (ifMatch) => {
    const { status, body } = await raw(
      world,
      'POST',
      fresh.document,
      { Data: '{}' },
      { 'if-match': ifMatch },
    );
    expect([status, body['code']]).toEqual([400, 54003]);
  });

  test('what was refused changed nothing', async () => {
    const before = await raw(world, 'GET', fresh.map);
    await raw(world, 'POST', `${fresh.map}/Items`, { Key: 'half', Data: '{}', ItemTtl: 'x' });
    await raw(world, 'POST', `${fresh.map}/Items`, { Key: 'half', Data: '{}', CollectionTtl: '-1' });
    expect((await raw(world, 'GET', fresh.map)).body).toEqual(before.body);
    expect((await raw(world, 'GET', `${fresh.map}/Items/half`)).status).toBe(404);
  });
});

test('requests are counted by verb and resource', async () => {
  await raw(world, 'POST', '/_emulator/reset');
  await world.rest.services('default').documents.create({ uniqueName: 'counted' });
  await world.rest.services('default').documents('counted').fetch();
  await world.rest.services('default').documents('counted').fetch();
  expect(world.emulator.stats.rest).toEqual({ 'POST Documents': 1, 'GET Documents': 2 });
});
