/** Who may call what, what guessing leads to, and what is printed about it. */
import { ROUTES } from '../../src/api/routes';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const KEY = 'an operator key: long, and with spaces';
const OPERATOR_ROUTES = ROUTES.map(({ path }) => path).filter((path) => path.startsWith('/admin/'));
const GUEST_ROUTES = ROUTES.map(({ path }) => path).filter((path) => path.startsWith('/user/'));

/** Good enough for any route: refused later than by access, if at all. */
const PARAMETERS = { meeting_id: 4321, guest_id: 'g1', phone: '+15005550006', text: 'Hello' };
const as = (authorization: string) => ({
  headers: { authorization: Buffer.from(authorization).toString('latin1') },
});

describe('operator routes', () => {
  test.each(OPERATOR_ROUTES)(
    '%s is closed to everybody until the service is set up for operators',
    async (path) => {
      const before = JSON.stringify(foyer.sync.stats);
      for (const opened of ['', 'no', 'true', '1', 'YES', ' yes']) {
        foyer.environment['ALLOW_ANONYMOUS_OPERATORS'] = opened;
        for (const headers of [
          {},
          as('Bearer x').headers,
          as('Bearer ').headers,
          as('Bearer undefined').headers,
        ]) {
          const reply = await foyer.call(path, PARAMETERS, { headers });
          expect(reply.status).toBe(403);
          expect(reply.text).toMatch(/^Error: .*ADMIN_API_KEY.*ALLOW_ANONYMOUS_OPERATORS=yes/);
        }
      }
      expect(JSON.stringify(foyer.sync.stats)).toBe(before);
    },
  );

  test.each(OPERATOR_ROUTES)(
    '%s takes the key and nothing else, also where everybody was let in',
    async (path) => {
      for (const opened of ['no', 'yes']) {
        Object.assign(foyer.environment, { ADMIN_API_KEY: 'right-key', ALLOW_ANONYMOUS_OPERATORS: opened });
        const statusOf = async (headers: Record<string, string>) =>
          (await foyer.call(path, PARAMETERS, { headers })).status;
        for (const wrong of [
          {},
          { authorization: '' },
          ...[
            'Bearer',
            'Bearer ',
            'Bearer wrong-key',
            'Bearer right-ke',
            'Bearer right-keyx',
            'right-key',
          ].map((value) => ({ authorization: value })),
          ...[
            'Basic right-key',
            'Token right-key',
            'Bearer,right-key',
            'Bearer RIGHT-KEY',
            'Bearer "right-key"',
          ].map((value) => ({ authorization: value })),
          { 'x-api-key': 'right-key' },
          { cookie: 'authorization=Bearer right-key' },
        ]) {
          expect([wrong, await statusOf(wrong)]).toEqual([wrong, 403]);
        }
        expect([200, 404]).toContain(await statusOf({ authorization: 'Bearer right-key' }));
        expect([200, 404]).toContain(await statusOf({ authorization: 'bearer right-key' }));
      }
    },
  );

  test.each(OPERATOR_ROUTES)('%s, open to everybody, is not open to pages of other sites', async (path) => {
    const before = JSON.stringify(foyer.sync.stats);
    const from = (site: string, more: object = {}) =>
      foyer.call(path, PARAMETERS, { headers: { 'sec-fetch-site': site, ...more } });
    const reply = await from('cross-site');
    expect([reply.status, reply.text]).toEqual([
      403,
      expect.stringMatching(/pages of other sites.*ADMIN_API_KEY/),
    ]);
    expect(JSON.stringify(foyer.sync.stats)).toBe(before);
    const forged = { origin: 'http://localhost.evil.example' };
    expect((await from('cross-site', forged)).status).toBe(403);
    const own = { origin: 'http://127.0.0.1:5173' };
    expect((await from('cross-site', own)).status).not.toBe(403);
    for (const site of ['same-origin', 'same-site', 'none']) expect((await from(site)).status).not.toBe(403);
    foyer.environment['ADMIN_API_KEY'] = KEY;
    expect((await from('cross-site', as(`Bearer ${KEY}`).headers)).status).not.toBe(403);
  });

  test('a refused key is answered with how to send one, not with what it is', async () => {
    foyer.environment['ADMIN_API_KEY'] = 'right-key';
    const { text } = await foyer.call('/admin/create', {}, as('Bearer wrong-key'));
    expect(text).toMatch(/^Error: .*Authorization: Bearer/);
    expect(text).not.toMatch(/right-key|wrong-key/);
  });

  test('a key may hold spaces', async () => {
    foyer.environment['ADMIN_API_KEY'] = 'correct horse battery';
    expect((await foyer.call('/admin/create', {}, as('Bearer correct horse battery'))).status).toBe(200);
    expect((await foyer.call('/admin/create', {}, as('Bearer correct'))).status).toBe(403);
  });

  test('nobody becomes an operator by a parameter', async () => {
    foyer.environment['ADMIN_API_KEY'] = 'right-key';
    const request = { headers: { authorization: 'Bearer wrong-key' }, cookies: {} };
    for (const parameters of [{ authorization: 'Bearer right-key' }, { ADMIN_API_KEY: 'right-key' }]) {
      expect((await foyer.call('/admin/create', parameters)).status).toBe(403);
    }
    delete foyer.environment['FRONT_PORT_SECRET'];
    expect((await foyer.call('/admin/create', { request }, { via: 'functions' })).status).toBe(403);
  });

  test('guests need no key', async () => {
    const { meeting_id } = await foyer.ok('/admin/create');
    foyer.environment['ADMIN_API_KEY'] = 'right-key';
    expect((await foyer.call('/user/enter-waiting-room', { meeting_id })).status).toBe(200);
  });
});

describe('a service that is not set up', () => {
  const ACCOUNT = ['ACCOUNT_SID', 'AUTH_TOKEN', 'TWILIO_API_KEY', 'TWILIO_API_SECRET', 'SYNC_SERVICE_SID'];
  const TICKET = 'a ticket of sorts';
  const ask = (path: string) => foyer.call(path, { ...PARAMETERS, identity: TICKET, room_id: 'RM1' });

  test.each([...OPERATOR_ROUTES, ...GUEST_ROUTES])('%s says what is missing, by name', async (path) => {
    for (const name of ACCOUNT) delete foyer.environment[name];
    const { status, text } = await ask(path);
    expect([status, text.startsWith('Error: ')]).toEqual([500, true]);
    for (const name of ACCOUNT) expect(text).toContain(name);
  });

  test('every value that cannot be right is named, and none is shown', async () => {
    const wrong = {
      ACCOUNT_SID: 'ACwrong-value',
      TWILIO_API_KEY: 'SKwrong-value',
      SYNC_SERVICE_SID: 'wrong-value',
      SYNC_REACHABILITY_WEBHOOKS: 'wrong-value',
      SYNC_API_URL: 'wrong-value',
      VIDEO_API_URL: 'wrong-value',
      MEETINGS_PROVIDER: 'wrong-value',
      MEETING_ID_DIGITS: 'wrong-value',
      TICKET_SECRET: 'wrong-value',
    };
    Object.assign(foyer.environment, wrong);
    foyer.printed();
    const { status, text } = await ask('/user/enter-waiting-room');
    expect(status).toBe(500);
    const printed = foyer.printed().join('\n');
    for (const name of Object.keys(wrong))
      expect([text, printed]).toEqual(Array(2).fill(expect.stringContaining(name)));
    expect(text + printed).not.toContain('wrong-value');
    for (const value of Object.values(foyer.environment).filter((value) => value.length > 8)) {
      expect(text + printed).not.toContain(value);
    }
  });

  test('the webhook says so in its own shape', async () => {
    delete foyer.environment['AUTH_TOKEN'];
    const reply = await foyer.call('/webhooks/sync', { EventType: 'x' }, { as: 'form' });
    expect(reply.status).toBe(403);
    expect(reply.json).toEqual({ message: expect.any(String) });
  });
});

describe('guessing meeting numbers', () => {
  /** A tunnel on this machine says from where its clients come. */
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const guess = (address: string) =>
    foyer.call('/user/enter-waiting-room', { meeting_id: 1234 }, from(address));
  const missesOf = async (address: string) => {
    for (let misses = 0; misses < 60; misses += 1) {
      const reply = await guess(address);
      if (reply.status === 429) return { misses, reply };
      expect(reply.status).toBe(404);
    }
    throw new Error('never throttled');
  };

  test('is answered with 429 and a time to wait, on every route; a ticket is not concerned', async () => {
    const { meeting_id } = await foyer.ok('/admin/create');
    const mallory = '198.51.100.1';
    const before = await foyer.ok('/user/enter-waiting-room', { meeting_id }, from(mallory));
    const { misses, reply } = await missesOf(mallory);
    expect(misses).toBeGreaterThanOrEqual(10);
    expect(misses).toBeLessThanOrEqual(25);
    expect(reply.text).toMatch(/^Error: too many wrong meeting numbers\./);
    const seconds = Number(/in (\d+) seconds/.exec(reply.text)?.[1]);
    expect(Number(reply.headers['retry-after'])).toBe(seconds);

    const identity = 'no ticket';
    for (const [path, more] of [
      ['/user/enter-waiting-room', {}],
      ['/user/join', { identity, room_id: 'RM1' }],
      ['/user/leave-waiting-room', { identity }],
    ] as const) {
      // An instance of a function that has not met this guesser yet learns of the others' count by one miss.
      await foyer.call(path, { meeting_id: 1234, ...more }, from(mallory));
      expect((await foyer.call(path, { meeting_id, ...more }, from(mallory))).status).toBe(429);
    }
    const { room_id } = await foyer.ok('/admin/join', { meeting_id });
    const { identity: ticket } = before;
    for (const path of ['/user/enter-waiting-room', '/user/join', '/user/leave-waiting-room']) {
      await foyer.ok(path, { meeting_id, room_id, identity: ticket }, from(mallory));
    }
    await foyer.ok('/user/enter-waiting-room', { meeting_id }, from('198.51.100.2'));

    // Each of the misses since has cost one more.
    foyer.clock.advance(4 * 10_000);
    await foyer.ok('/user/enter-waiting-room', { meeting_id }, from(mallory));
  });

  test('is not made easier by a ticket for another meeting, on any route that takes one', async () => {
    const { meeting_id } = await foyer.ok('/admin/create');
    const mallory = from('198.51.100.7');
    const { identity } = await foyer.ok('/user/enter-waiting-room', { meeting_id }, mallory);
    const paths = ['enter-waiting-room', 'join', 'still-here', 'leave-waiting-room'];
    const outcomes: number[] = [];
    for (let misses = 0; misses < 60; misses += 1) {
      const asked = { meeting_id: 1234, room_id: 'RM1', identity };
      outcomes.push((await foyer.call(`/user/${paths[misses % 4]}`, asked, mallory)).status);
    }
    expect(new Set(outcomes)).toEqual(new Set([404, 429]));
    expect(new Set(outcomes.slice(-4))).toEqual(new Set([429]));
    await foyer.ok('/user/enter-waiting-room', { meeting_id, identity }, mallory);
  });

  test('is not made easier by claiming to be somebody else', async () => {
    const mallory = '198.51.100.3';
    await missesOf(mallory);
    for (const claim of [`192.0.2.1, ${mallory}`, `192.0.2.2,192.0.2.3 , ${mallory}`]) {
      expect((await guess(claim)).status).toBe(429);
    }
    const forged = { ...from(mallory).headers, 'x-foyer-client': '192.0.2.9', 'x-real-ip': '192.0.2.9' };
    expect(
      (await foyer.call('/user/enter-waiting-room', { meeting_id: 1234 }, { headers: forged })).status,
    ).toBe(429);
  });

  test('is not made easier by the many addresses of an IPv6 network', async () => {
    const outcomes = new Set<number>();
    for (let last = 1; last <= 60 && !outcomes.has(429); last += 1) {
      outcomes.add((await guess(`2001:db8:1:2::${last}`)).status);
    }
    expect([...outcomes]).toEqual([404, 429]);
    expect((await guess('2001:db8:1:3::1')).status).toBe(404);
  });

  test('by one locks out nobody else where addresses are unknown, as on Twilio itself', async () => {
    const { meeting_id } = await foyer.ok('/admin/create');
    delete foyer.environment['FRONT_PORT_SECRET'];
    const call = (id: number) =>
      foyer.call('/user/enter-waiting-room', { meeting_id: id }, { via: 'functions' });
    for (let misses = 0; misses < 30; misses += 1) expect((await call(1234)).status).toBe(404);
    expect((await call(meeting_id)).status).toBe(200);
  });
});

describe('what is printed', () => {
  test('is one line of JSON for each request, without tokens, tickets, keys or secrets', async () => {
    Object.assign(foyer.environment, { ADMIN_API_KEY: KEY, TICKET_SECRET: 'a-ticket-secret-of-its-own' });
    const secrets = new Set(
      [
        'AUTH_TOKEN',
        'TWILIO_API_SECRET',
        'TWILIO_API_KEY',
        'FRONT_PORT_SECRET',
        'TICKET_SECRET',
        'ADMIN_API_KEY',
      ].map((name) => foyer.environment[name] ?? ''),
    );
    const replies: { path: string; status: number; id: unknown }[] = [];
    const call = async (path: string, parameters: object = {}, authorization = `Bearer ${KEY}`) => {
      secrets.add(authorization).add(authorization.replace(/^\w+ /, ''));
      const reply = await foyer.call(path, { ...parameters }, as(authorization));
      replies.push({ path, status: reply.status, id: reply.headers['x-request-id'] });
      if (reply.status !== 200) return {};
      for (const part of [reply.json.token, reply.json.identity]) if (part !== undefined) secrets.add(part);
      return reply.json;
    };
    foyer.printed();
    const { meeting_id } = await call('/admin/create', { admission: 'manual' });
    const { identity } = await call('/user/enter-waiting-room', { meeting_id, name: 'Ann Secretive' });
    const { room_id } = await call('/admin/join', { meeting_id, name: 'Dr. Host' });
    const { guests } = await call('/admin/waiting-room', { meeting_id });
    await call('/admin/deny', { meeting_id, guest_id: guests[0].guest_id });
    await call('/admin/admit', { meeting_id, all: true });
    await call('/admin/admit', { meeting_id, guest_id: guests[0].guest_id });
    await call('/user/join', { meeting_id, room_id, identity });
    await call('/user/join', { meeting_id, room_id, identity: 'forged-ticket' });
    await call('/user/enter-waiting-room', { meeting_id, identity });
    await call('/user/enter-waiting-room', { meeting_id: 'not a number', identity });
    await call('/user/leave-waiting-room', { meeting_id, identity });
    await call('/admin/remove', { meeting_id, all: true });
    await call('/admin/create', {}, 'Bearer a-wrong-key');
    await call('/webhooks/sync', { EventType: 'x', Identity: identity });
    await call('/admin/end', { meeting_id });
    secrets.add('forged-ticket').add('Secretive').add('Dr. Host');

    const printed = foyer.printed();
    // The vendor's own requests, whose ids we do not know, are held to the same.
    const lines = printed.map((line) => JSON.parse(line));
    const ours = lines.filter(({ route }) => route !== '/webhooks/video');
    expect(ours.map(({ route, status, request_id }) => ({ path: route, status, id: request_id }))).toEqual(
      replies,
    );
    for (const line of lines) {
      expect(line).toEqual({
        route: expect.any(String),
        status: expect.any(Number),
        ms: expect.any(Number),
        upstream: expect.any(Number),
        request_id: expect.any(String),
      });
    }
    for (const secret of secrets) if (secret !== '') expect(printed.join('\n')).not.toContain(secret);
    expect(ours[0]).toMatchObject({ route: '/admin/create', status: 200, upstream: 1 });
    expect(ours.at(-2)).toMatchObject({ route: '/webhooks/sync', status: 403, upstream: 0 });
  });

  test('names what failed at a vendor, without credentials', async () => {
    const { meeting_id } = await foyer.ok('/admin/create');
    foyer.environment['AUTH_TOKEN'] = 'a-token-that-twilio-refuses-00000';
    foyer.printed();
    const reply = await foyer.call('/user/enter-waiting-room', { meeting_id });
    expect(reply.status).toBe(500);
    expect(reply.text).toMatch(/^Error: something went wrong on our side/);
    const [line = '', ...more] = foyer.printed();
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      status: 500,
      upstream: 1,
      error: expect.stringMatching(/Authenticate|401/),
    });
    expect(line).not.toMatch(/a-token-that|Basic|stack/);
  });
});
