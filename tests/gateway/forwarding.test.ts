/** What crosses the front port, in both directions, and what it makes of a runtime that misbehaves or dies. */
import { ask, JSON_BODY, SECRET, seen, startFront, type FrontUnderTest } from './behind';

let front: FrontUnderTest;

beforeAll(async () => {
  front = await startFront({ answerMs: 300, restartMs: 1000 });
  await front.upstream.use((await front.launch()).port);
});
afterAll(() => front.close());

const create = (headers: Record<string, string> = {}, query = '') =>
  ask(front.port, 'POST', `/admin/create${query}`, headers);

describe('a function learns', () => {
  it('that a request came through the front port, which no client can pretend', async () => {
    const { headers } = seen(await create({ 'x-foyer-front': 'forged', 'x-foyer-client': '8.8.8.8' }));
    expect(headers['x-foyer-front']).toBe(SECRET);
    expect(headers['x-foyer-client']).toBe('127.0.0.1');
  });

  it('that same secret even when a client calls its header one of the connection', async () => {
    const { headers } = seen(
      await create({ connection: 'close, x-foyer-front, x-private', 'x-private': '1' }),
    );
    expect(headers['x-foyer-front']).toBe(SECRET);
    expect(headers).not.toHaveProperty('x-private');
  });

  it('the host as the client wrote it', async () => {
    expect(seen(await create({ host: 'meet.example:8443' })).headers).toMatchObject({
      host: 'meet.example:8443',
      'x-foyer-origin': 'http://meet.example:8443',
    });
  });

  it('the origin and the client behind a tunnel on this machine', async () => {
    const { headers } = seen(
      await create({
        'x-forwarded-for': '198.51.100.1, 203.0.113.7',
        'x-forwarded-host': 'tunnel.example',
        'x-forwarded-proto': 'https',
      }),
    );
    expect(headers).toMatchObject({
      'x-foyer-origin': 'https://tunnel.example',
      'x-foyer-client': '203.0.113.7',
    });
  });

  it('no origin from a host that is none', async () => {
    const { headers } = seen(await create({ 'x-forwarded-host': 'a b"><script>' }));
    expect(headers).not.toHaveProperty('x-foyer-origin');
  });

  it('one value of a header that was sent twice', async () => {
    const twice = ['authorization', 'Bearer one', 'authorization', 'Bearer two'];
    const raw = ['host', 'x', 'content-length', '0', ...twice];
    const { headers } = seen(await ask(front.port, 'POST', '/admin/create', raw));
    expect(headers['authorization']).toBe('Bearer one');
  });

  it("the client's request id when it is a sane one, else a new one", async () => {
    const taken = await create({ 'x-request-id': 'a.b-c:1' });
    expect(taken.headers['x-request-id']).toBe('a.b-c:1');
    expect(seen(taken).headers['x-request-id']).toBe('a.b-c:1');
    const replaced = await create({ 'x-request-id': '{"level":"forged log line"}' });
    expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen(replaced).headers['x-request-id']).toBe(replaced.headers['x-request-id']);
  });

  it('parameters named request, __proto__ and constructor as what they are: parameters', async () => {
    const body = '{"request": {"headers": {"x-foyer-front": "forged"}}, "__proto__": {"a": 1}}';
    const answer = await ask(front.port, 'POST', '/admin/create', JSON_BODY, body);
    expect(seen(answer).headers).toEqual({ 'x-foyer-front': 'forged' });
  });
});

describe('a browser', () => {
  it('may ask first', async () => {
    const answer = await ask(front.port, 'OPTIONS', '/admin/create', {
      origin: 'https://page.example',
      'access-control-request-method': 'POST',
    });
    expect(answer).toMatchObject({
      status: 204,
      body: '',
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST, OPTIONS',
        'access-control-allow-headers': 'authorization, content-type, x-request-id, traceparent',
      },
    });
  });

  it('gets assets, with HEAD as well and by condition', async () => {
    const page = await ask(front.port, 'GET', '/page.html');
    expect(page).toMatchObject({ status: 200, body: '<p>page</p>' });
    expect(page.headers).not.toHaveProperty('x-powered-by');
    const head = await ask(front.port, 'HEAD', '/page.html');
    expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': '11' } });
    const again = await ask(front.port, 'GET', '/page.html', { 'if-none-match': page.headers.etag ?? '' });
    expect(again.status).toBe(304);
  });
});

describe('an error', () => {
  const BROWSER = {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  };

  it.each([
    ['as HTML', BROWSER],
    ['as JSON with a stack', {}],
  ])("of the runtime's own, %s, is hidden from the client and reported to us", async (_what, headers) => {
    front.reports.length = 0;
    const answer = await create(headers, '?fail=1');
    expect(answer.status).toBe(503);
    expect(answer.body).toBe('Error: the service is not available for the moment; try again.');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(front.reports).toHaveLength(1);
    expect(front.reports[0]).toContain('boom');
  });

  it('of the runtime about a route whose function is missing is 404 in the shape of the family', async () => {
    const answer = await ask(front.port, 'POST', '/admin/join');
    expect(answer).toMatchObject({ status: 404, body: 'Error: there is nothing at this address.' });
  });

  it('of ours is passed on as it is', async () => {
    expect(await create({}, '?shout=1')).toMatchObject({ status: 403, body: 'Error: ours' });
  });

  it('is what a function that never answers amounts to', async () => {
    const answer = await create({}, '?hang=1');
    expect(answer.status).toBe(504);
    expect(answer.body).toMatch(/^Error: .*try again\.$/);
  });
});

describe('when the process behind it', () => {
  it('dies of a request, that one is told to try again and the next waits for another process', async () => {
    const another = await front.launch();
    const died = await create({}, '?crash=1');
    expect(died).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    const waiting = create();
    await front.upstream.use(another.port);
    expect((await waiting).status).toBe(200);
  });

  it('is replaced, those in flight are answered by the old one and the old one is then free', async () => {
    const { pid } = seen(await create());
    const slow = create({}, '?hang=1');
    await create();
    const replacement = await front.launch();
    let drained = false;
    const draining = front.upstream.use(replacement.port).then(() => (drained = true));
    expect(seen(await create()).pid).not.toBe(pid);
    expect((await slow).status).toBe(504);
    await draining;
    expect(drained).toBe(true);
  });

  it('stays away, the client is told to try again after a while', async () => {
    front.upstream.lose();
    const begun = Date.now();
    const answer = await create();
    expect(answer).toMatchObject({ status: 503, headers: { 'content-type': 'text/plain; charset=utf-8' } });
    expect(Date.now() - begun).toBeGreaterThan(990);
    expect(
      await ask(front.port, 'POST', '/webhooks/sync', {}, '').then(({ body }) => JSON.parse(body)),
    ).toEqual({
      message: 'the service is not available for the moment; try again.',
    });
  });
});
