/** Whatever is sent, the emulator stands, answers 4xx and serves the others. */
import * as fc from 'fast-check';
import { connect } from 'node:net';
import { mintToken, raw, startSync, type SyncWorld } from './twilio-sync-world';
import { openSocket, type Wire } from './twilio-sync-wire';

let world: SyncWorld;
const bugs: string[] = [];

beforeAll(async () => {
  world = await startSync({
    limits: 'off',
    log: (line) => line.includes('bug') && bugs.push(line.slice(0, 300)),
  });
});
afterAll(async () => {
  await world.close();
  expect(bugs).toEqual([]);
});

const ready = async (): Promise<Wire> => {
  const socket = await openSocket(world.socketUrl);
  await socket.init(mintToken('mallory'));
  return socket;
};

describe('over the socket', () => {
  test.each([
    ['garbage', 'hello'],
    ['an empty frame', ''],
    ['no header', 'TWILSOCK V3.0 0\r\n\r\n'],
    ['a header longer than the frame', 'TWILSOCK V3.0 999999999\r\n{}\r\n'],
    ['a header that is no object', 'TWILSOCK V3.0 4\r\nnull\r\n'],
    ['another version', 'TWILSOCK V2.0 2\r\n{}\r\n'],
    ['a payload that is not there', 'TWILSOCK V3.0 36\r\n{"method":"message","payload_size":99}\r\n'],
  ])('%s is answered with a close, and only for the sender', async (_, text) => {
    const [bad, good] = [await ready(), await ready()];
    bad.sendRaw(text);
    const { header } = await bad.frame((frame) => frame.header['method'] === 'close');
    expect(header['status']).toMatchObject({ code: 406, errorCode: 51214 });
    expect((await good.request('GET', '/v3/Documents/none')).code).toBe(404);
    bad.close();
    good.close();
  });

  test('a message larger than any that is needed ends the connection', async () => {
    const socket = await ready();
    socket.sendRaw(Buffer.alloc(300 * 1024, 'x'));
    expect(await socket.closed).toBe(1009);
  });

  test('nothing is answered before a token was shown', async () => {
    const socket = await openSocket(world.socketUrl);
    socket.send({ method: 'message', id: 'TM1', http_request: { method: 'GET', path: '/v3/Documents/x' } });
    const { header } = await socket.frame((frame) => frame.header['method'] === 'close');
    expect(header['status']).toMatchObject({ code: 401 });
    socket.close();
  });

  test('another service is out of reach, whatever the path says', async () => {
    const socket = await ready();
    const { sid } = await (await world.service()).fetch();
    expect(await socket.request('GET', `/v3/Services/${sid}/Documents/x`)).toMatchObject({
      code: 403,
      body: { code: 54056 },
    });
    expect((await socket.request('POST', '/v3/Services', { FriendlyName: 'mine' })).code).toBe(403);
    expect((await socket.request('GET', '/v1/Services')).code).toBe(404);
    socket.close();
  });

  test('requests of any shape are answered with 4xx', async () => {
    const socket = await ready();
    await socket.request('POST', '/v3/Maps', { unique_name: 'm' });
    const { body: list } = await socket.request('POST', '/v3/Lists', { unique_name: 'l' });
    const path = fc.oneof(
      fc.constantFrom(
        '/v3/Maps/m/Items',
        '/v3/Maps/m/Items/k',
        `/v3/Lists/${list['sid']}/Items`,
        '/v3/Documents',
      ),
      fc.constantFrom('/v4/Subscriptions', '/v3/Services', '/v3/Maps/m', '/v3/%zz', ''),
      fc.string(),
    );
    const field = fc.constantFrom(
      'data',
      'ttl',
      'unique_name',
      'key',
      'action',
      'requests',
      'item_ttl',
      '__proto__',
    );
    const body = fc.oneof(fc.json(), fc.dictionary(field, fc.jsonValue()), fc.string());
    const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', '', 'constructor');
    const more = fc.record(
      { headers: fc.dictionary(fc.constantFrom('If-Match', 'x'), fc.jsonValue()), params: fc.jsonValue() },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(method, path, body, more, async (verb, where, what, extras) => {
        const { code } = await socket.request(verb, where, what, extras);
        return code >= 200 && code < 500;
      }),
      { numRuns: 400 },
    );
    socket.close();
  });

  test('headers of any shape break nothing', async () => {
    const shapes = [
      { method: 'init', token: {} },
      { method: 7 },
      {},
      { method: 'message' },
      { method: 'update' },
    ];
    const odd = [
      ...shapes,
      { method: 'message', http_request: 'GET /' },
      { method: 'init', registrations: [null, 1] },
    ];
    for (const header of odd) {
      const socket = await ready();
      socket.send({ id: 'TModd', ...header });
      const { header: answer } = await socket.frame((frame) => frame.header['id'] === 'TModd');
      expect(answer['method']).toBe('reply');
      socket.close();
    }
  });

  test('who does not read is cut off, and the others hear everything', async () => {
    const [slow, quick] = [await ready(), await ready()];
    const { body } = await quick.request('POST', '/v3/Documents', { data: {} });
    const sid = String(body['sid']);
    await slow.subscribe('document', sid, 0);
    await quick.subscribe('document', sid, 0);
    slow.socket.pause();
    const padding = 'x'.repeat(15_000);
    const write = (n: number) =>
      raw(world, 'POST', `/v1/Services/default/Documents/${sid}`, { Data: JSON.stringify({ n, padding }) });
    const writes = 1500;
    for (let n = 0; n < writes; n += 25)
      await Promise.all(Array.from({ length: 25 }, (_, more) => write(n + more)));
    await write(writes);
    await quick.notification((told) => told['event']?.['document_data']?.['n'] === writes);
    slow.socket.resume();
    expect(await slow.closed).toBe(1006);
    expect(slow.received.length).toBeLessThan(writes);
    quick.close();
  });

  test('another path is no socket', async () => {
    await expect(
      new Promise((_, reject) => {
        const socket = connect(Number(new URL(world.origin).port), '127.0.0.1');
        socket.write(
          'GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
        );
        socket.on('data', (bytes: Buffer) => reject(new Error(bytes.toString().split('\r\n')[0])));
      }),
    ).rejects.toThrow('HTTP/1.1 404 Not Found');
  });
});

describe('over REST', () => {
  test('requests of any shape are answered with 4xx', async () => {
    await world.rest.services('default').syncMaps.create({ uniqueName: 'fuzzed' });
    const root = '/v1/Services/default';
    const path = fc.constantFrom(
      '',
      '/Documents',
      '/Documents//',
      '/Documents/__proto__',
      '/Lists',
      '/Maps/constructor',
      '/Maps/fuzzed',
      '/Maps/fuzzed/Items',
      '/Maps/fuzzed/Items/k',
      '/Maps/fuzzed/Permissions/%F0%9F%9A%AA',
      '/Streams',
    );
    const field = fc.constantFrom(
      'Data',
      'Ttl',
      'UniqueName',
      'Key',
      'ItemTtl',
      'Read',
      'AclEnabled',
      '__proto__',
    );
    const form = fc.dictionary(
      field,
      fc.oneof(fc.string(), fc.json(), fc.constantFrom('1e400', '-0', 'NaN', '\0')),
    );
    const query = fc.webQueryParameters();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST'),
        path,
        query,
        form,
        async (method, where, search, fields) => {
          const { status } = await raw(world, method, `${root}${where}?${search}`, fields);
          return status >= 200 && status < 500;
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a body too large to be anything is refused', async () => {
    const { status, body } = await raw(world, 'POST', '/v1/Services', { FriendlyName: 'x'.repeat(200_000) });
    expect([status, body['code']]).toEqual([413, 20413]);
  });

  test('no service is lost by all that', async () => {
    expect((await world.rest.services('default').fetch()).uniqueName).toBe('default');
  });
});
