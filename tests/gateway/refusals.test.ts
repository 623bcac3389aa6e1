/** What the front port refuses: everything that production refuses, and everything the local runtime mangles. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { ask, FORM_BODY, JSON_BODY, seen, startFront, type FrontUnderTest } from './behind';

let front: FrontUnderTest;

beforeAll(async () => {
  front = await startFront();
  await front.upstream.use((await front.launch()).port);
});
afterAll(() => front.close());

const post = (path: string, headers: Record<string, string>, body: string | Buffer) =>
  ask(front.port, 'POST', path, headers, body);

describe('a request for an address', () => {
  it.each([
    ['nobody knows', 'POST', '/nothing'],
    ['with a trailing slash', 'POST', '/admin/create/'],
    ['in another case', 'POST', '/Admin/Create'],
    ['of a function outside the table', 'GET', '/hidden'],
    ["of an emulator's own doings", 'POST', '/_emulator/reset'],
    ["of an emulator's REST", 'GET', '/v1/Services'],
    ['that climbs', 'GET', '/../package.json'],
    ['that is not even encoded well', 'GET', '/%E0%A4%A'],
    ['of another machine', 'GET', 'http://elsewhere.example/admin/create'],
  ])('%s is 404 in plain text', async (_what, method, path) => {
    const answer = await ask(front.port, method, path);
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toBe('Error: there is nothing at this address.');
  });

  it.each([
    ['/api/v1/meetings/a1/b2/c3', { detail: 'there is nothing at this address.' }],
    ['/calls/begin', { message: 'there is nothing at this address.' }],
    ['/livekit/join', { msg: 'there is nothing at this address.' }],
  ])('%s, where nothing is, is 404 in the shape of what is nearby', async (path, body) => {
    const answer = await ask(front.port, 'POST', path);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toEqual(body);
  });

  it('is a page for whoever reads pages, where there is one, and says 404 all the same', async () => {
    const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';
    const answer = await ask(front.port, 'GET', '/no/such/page', { accept, 'if-none-match': '*' });
    expect(answer).toMatchObject({ status: 404, body: expect.stringContaining('not-found.html') });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await ask(front.port, 'POST', '/no/such/page', { accept })).body).toMatch(/^Error: /);
    // What is there, but not by this verb, is no page that is missing.
    expect((await ask(front.port, 'GET', '/admin/create', { accept })).status).toBe(405);
  });

  it.each(['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD'])('with %s where POST belongs is 405', async (verb) => {
    const answer = await ask(front.port, verb, '/admin/create');
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('POST, OPTIONS');
    expect(answer.body).toBe(verb === 'HEAD' ? '' : `Error: ${verb} is not possible here; use POST.`);
  });

  it('answers a wrong verb in the shape of its family', async () => {
    const answer = await ask(front.port, 'GET', '/webhooks/sync');
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.body)).toEqual({ message: 'GET is not possible here; use POST.' });
  });

  it('answers a POST to an asset with 405', async () => {
    expect(await ask(front.port, 'POST', '/page.html')).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD, OPTIONS' },
    });
  });
});

describe('a body', () => {
  const large = Buffer.alloc(1024 * 1024 + 1, 'x');

  it.each([
    ['that is no JSON', JSON_BODY, '{"n_digits":', 400, 'the request body is not valid JSON.'],
    [
      'that is JSON after a byte order mark',
      JSON_BODY,
      '\uFEFF{}',
      400,
      'the request body is not valid JSON.',
    ],
    ['that is a list', JSON_BODY, '[1]', 400, 'the request body must be a JSON object'],
    ['that is a number', JSON_BODY, '7', 400, 'the request body must be a JSON object'],
    ['that is null', JSON_BODY, 'null', 400, 'the request body must be a JSON object'],
    ['that is not UTF-8', JSON_BODY, Buffer.from([0x7b, 0xff, 0x7d]), 400, 'is not valid UTF-8'],
    ['of plain text', { 'content-type': 'text/plain' }, 'a=1', 415, 'must be application/json or'],
    ['without a type', {}, '{}', 415, 'must be application/json or'],
    [
      "of a webhook's type",
      { 'content-type': 'application/webhook+json' },
      '{}',
      415,
      'must be application/json',
    ],
    [
      'of parts',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x--',
      415,
      'must be application/json',
    ],
    ['in UTF-16', { 'content-type': 'application/json; charset=utf-16' }, '{}', 415, 'must be in UTF-8'],
    ['that is compressed', { ...JSON_BODY, 'content-encoding': 'gzip' }, 'x', 415, 'must not be compressed'],
    ['of a thousand and one fields', FORM_BODY, 'a=1&'.repeat(1000) + 'a=1', 400, 'too many parameters'],
    ['over a megabyte', JSON_BODY, large, 413, 'the request body is too large'],
  ])('%s is refused', async (_what, headers, body, status, message) => {
    const answer = await post('/admin/create', headers, body);
    expect(answer).toMatchObject({ status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    expect(answer.body).toContain(message);
    expect(answer.body).toMatch(/^Error: /);
  });

  it('over a megabyte of unknown length is refused too', async () => {
    const answer = await post('/admin/create', { ...JSON_BODY, 'transfer-encoding': 'chunked' }, large);
    expect(answer.status).toBe(413);
  });

  it('over a megabyte is refused before it is sent, when the client asks first', async () => {
    const socket = connect(front.port, '127.0.0.1');
    socket.write(
      `POST /admin/create HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
    );
    const head = await new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(data.toString())),
    );
    socket.destroy();
    expect(head).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each([
    ['no body of any type', { 'content-type': 'text/plain' }, ''],
    ['an empty JSON body', JSON_BODY, ''],
    ['a JSON object', JSON_BODY, '{"a":"1"}'],
    ['a form', FORM_BODY, 'a=1'],
    ['a form after a question', { ...FORM_BODY, expect: '100-continue' }, 'a=1'],
    ['a form of unknown length', { ...FORM_BODY, 'transfer-encoding': 'chunked' }, 'a=1'],
  ])('may be %s', async (_what, headers, body) => {
    const answer = await post('/admin/create', headers, body);
    expect(answer.status).toBe(200);
    expect(seen(answer).parameters).toEqual(body === '' ? {} : { a: '1' });
  });
});

describe('too much', () => {
  it('of headers is 431 in the shape of the family', async () => {
    const long = await ask(front.port, 'POST', '/webhooks/sync', { 'x-long': 'x'.repeat(15 * 1024) });
    expect(long.status).toBe(431);
    expect(JSON.parse(long.body)).toEqual({
      message: expect.stringContaining('headers are too large') as string,
    });
    const names = Array.from({ length: 91 }, (_, i) => [`x-${i}`, '1']);
    expect((await ask(front.port, 'POST', '/admin/create', Object.fromEntries(names))).status).toBe(431);
  });

  it('of headers for the HTTP parser is still 431 in plain text', async () => {
    const answer = await ask(front.port, 'POST', '/admin/create', { 'x-long': 'x'.repeat(80 * 1024) });
    expect(answer).toMatchObject({ status: 431, body: 'Error: the headers are too large.' });
  });

  it('of an address is 414, and of parameters in it 400', async () => {
    expect((await ask(front.port, 'POST', `/admin/create?a=${'x'.repeat(9000)}`)).status).toBe(414);
    expect((await ask(front.port, 'POST', `/admin/create?${'a&'.repeat(1001)}`)).status).toBe(400);
  });
});

it('bytes that are no HTTP get an answer without HTML, and the port goes on', async () => {
  const socket = connect(front.port, '127.0.0.1');
  socket.end('\x16\x03\x01 hello\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 [^]*\r\n\r\nError: this is no HTTP\.$/);
  expect((await ask(front.port, 'POST', '/admin/create')).status).toBe(200);
});

it('clients that vanish in the middle of anything leave the port standing', async () => {
  const starts = [
    'POST /admin/create HTTP/1.1\r\nHost: x\r\nContent-Le',
    'POST /admin/create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"',
    'POST /admin/create?hang=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n',
    'GET /v3/wsconnect HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ];
  await Promise.all(
    starts.map(
      (start) =>
        new Promise<void>((resolve) => {
          const socket = connect(front.port, '127.0.0.1', () => {
            socket.write(start, () => {
              socket.resetAndDestroy();
              resolve();
            });
          });
        }),
    ),
  );
  expect((await ask(front.port, 'POST', '/admin/create')).status).toBe(200);
});

it('every refusal can be read by a page of another origin, and names the request', async () => {
  for (const path of ['/nothing', '/admin/create', '/webhooks/sync']) {
    const { headers } = await ask(front.port, 'PUT', path, { 'x-request-id': 'known-to-the-client.1' });
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'x-request-id, retry-after',
      'x-request-id': 'known-to-the-client.1',
    });
  }
});
