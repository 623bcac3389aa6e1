/** What Twilio's emulators share: time, tokens, signatures, the REST server, pages and rates. */
import twilio from 'twilio';
import { AccessTokenError, verifyAccessToken } from '../../emulator/twilio/access-token';
import { ManualClock, systemClock } from '../../emulator/twilio/clock';
import { VendorError } from '../../emulator/twilio/errors';
import { page, paginate } from '../../emulator/twilio/paging';
import {
  byMethod,
  createRestServer,
  type RestRequest,
  type RestServer,
} from '../../emulator/twilio/rest-server';
import { signRequest } from '../../emulator/twilio/signature';
import { TokenBucket } from '../../emulator/twilio/token-bucket';

const KEY = `SK${'2'.repeat(32)}`;
const CREDENTIALS = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'token', apiKeys: { [KEY]: 'secret' } };

describe('a manual clock', () => {
  test('fires what falls due in order, each at its own moment, and what that sets off too', () => {
    const clock = new ManualClock(1000);
    const fired: [string, number][] = [];
    const note = (name: string) => () => fired.push([name, clock.now()]);
    clock.after(30, note('late'));
    clock.after(10, () => {
      note('early')();
      clock.after(5, note('chained'));
    });
    clock.after(10, note('second'));
    clock.after(40, note('not yet'));
    const cancel = clock.after(20, note('taken back'));
    cancel();
    clock.advance(30);
    expect(fired).toEqual([
      ['early', 1010],
      ['second', 1010],
      ['chained', 1015],
      ['late', 1030],
    ]);
    expect(clock.now()).toBe(1030);
  });
});

describe('the system clock', () => {
  afterEach(() => jest.useRealTimers());

  test('waits longer than setTimeout can', () => {
    jest.useFakeTimers();
    const run = jest.fn();
    systemClock.after(40 * 24 * 3600 * 1000, run);
    jest.advanceTimersByTime(39 * 24 * 3600 * 1000);
    expect(run).not.toHaveBeenCalled();
    jest.advanceTimersByTime(24 * 3600 * 1000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('forgets what was taken back', () => {
    jest.useFakeTimers();
    const run = jest.fn();
    systemClock.after(40 * 24 * 3600 * 1000, run)();
    jest.advanceTimersByTime(90 * 24 * 3600 * 1000);
    expect(run).not.toHaveBeenCalled();
  });
});

describe('an access token', () => {
  const clock = new ManualClock();
  const mint = (account: string, key: string, secret: string, options: object): string => {
    const token = Object.assign(
      new twilio.jwt.AccessToken(account, key, secret, { identity: 'ada' }),
      options,
    );
    token.addGrant(new twilio.jwt.AccessToken.VideoGrant({ room: 'lobby' }));
    return token.toJwt();
  };
  const codeOf = (token: string): number | undefined => {
    try {
      verifyAccessToken(token, CREDENTIALS, clock);
      return undefined;
    } catch (error) {
      return error instanceof AccessTokenError ? error.code : -1;
    }
  };

  test('made by the SDK is understood', () => {
    const token = mint(CREDENTIALS.accountSid, KEY, 'secret', { ttl: 60 });
    const claims = verifyAccessToken(token, CREDENTIALS, clock);
    expect(claims).toMatchObject({ identity: 'ada', grants: { video: { room: 'lobby' } } });
    expect(Math.abs(claims.expiresAt - Date.now() - 60_000)).toBeLessThan(5_000);
  });

  test.each([
    ['nothing', () => '', 20101],
    ['of another secret', () => mint(CREDENTIALS.accountSid, KEY, 'guess', {}), 20107],
    ['of another account', () => mint(`AC${'9'.repeat(32)}`, KEY, 'secret', {}), 20103],
    ['of another key', () => mint(CREDENTIALS.accountSid, `SK${'9'.repeat(32)}`, 'secret', {}), 20103],
    ['expired', () => mint(CREDENTIALS.accountSid, KEY, 'secret', { ttl: -10 }), 20104],
    [
      'not valid yet',
      () => mint(CREDENTIALS.accountSid, KEY, 'secret', { nbf: Date.now() / 1000 + 600 }),
      20105,
    ],
    ['of nobody', () => mint(CREDENTIALS.accountSid, KEY, 'secret', { identity: '' }), 20106],
    ['for more than a day', () => mint(CREDENTIALS.accountSid, KEY, 'secret', { ttl: 86_401 }), 20157],
    ['of an odd shape', () => `${btoa('{"alg":{"toString":1}}')}.${btoa('{"iss":"constructor"}')}.x`, 20102],
  ])('%s is refused', (_, token, code) => {
    expect(codeOf(token())).toBe(code);
  });
});

test('webhooks are signed as the SDK checks them', () => {
  const url = 'https://example.org/hook?x=1&y=ü';
  const params = { b: '2', a: 'ä&=', C: '' };
  expect(twilio.validateRequest('token', signRequest('token', url, params), url, params)).toBe(true);
});

test('a token bucket holds ten seconds’ worth and refills at its rate', () => {
  const clock = new ManualClock(0);
  const bucket = new TokenBucket(clock, 2);
  const taken = (): number => {
    let count = 0;
    while (bucket.take()) count += 1;
    return count;
  };
  expect(taken()).toBe(20);
  clock.advance(1500);
  expect(taken()).toBe(3);
  clock.advance(1e9);
  expect(taken()).toBe(20);
  clock.advance(1000);
  expect([bucket.take(3), bucket.take(2)]).toEqual([false, true]);
});

describe('pages', () => {
  const rows = [5, 4, 3, 2, 1];
  const listing = { key: 'n', rows, positionOf: (n: number) => n, view: (n: number) => n, descending: true };
  const turn = (token: string | null) =>
    paginate(new URLSearchParams({ PageSize: '2', ...(token !== null && { PageToken: token }) }), listing);

  test('lead there and back again', () => {
    const first = turn(null);
    const second = turn(first.next);
    const third = turn(second.next);
    expect([first.rows, second.rows, third.rows]).toEqual([[5, 4], [3, 2], [1]]);
    expect([first.previous, third.next]).toEqual([null, null]);
    expect(turn(third.previous).rows).toEqual([3, 2]);
  });

  test('give at most a hundred rows, and refuse sizes above a thousand', () => {
    const many = { ...listing, rows: Array.from({ length: 300 }, (_, n) => 300 - n) };
    const sized = (size: string): number =>
      paginate(new URLSearchParams({ PageSize: size }), many).rows.length;
    expect([sized('100'), sized('1000'), sized('')]).toEqual([100, 100, 50]);
    for (const bad of ['0', '-1', '1001', 'x', '1.5']) expect(() => sized(bad)).toThrow(VendorError);
  });

  test('carry filters along in their URLs', () => {
    const request = {
      query: new URLSearchParams('Status=completed&PageSize=2'),
      origin: 'http://h',
      path: '/v1/x',
    };
    const { body } = page(request as unknown as RestRequest, listing);
    const { next_page_url: next } = (body as { meta: Record<string, string> }).meta;
    expect(next).toMatch(/^http:\/\/h\/v1\/x\?Status=completed&PageSize=2&Page=1&PageToken=PA/);
  });
});

describe('the REST server', () => {
  let server: RestServer;
  let origin: string;
  const resets = jest.fn();
  const logged: string[] = [];

  beforeAll(async () => {
    server = createRestServer({
      credentials: CREDENTIALS,
      reset: resets,
      log: (line) => logged.push(line),
      handle: (request) =>
        byMethod(request.method, {
          GET: () => ({ status: 200, body: { origin: request.origin, path: request.segments } }),
          POST: () => ({ status: 201, body: Object.fromEntries(request.form) }),
          DELETE: () => {
            throw new TypeError('a bug');
          },
        }),
    });
    ({ origin } = await server.listen());
  });
  afterAll(() => server.close());

  const authorization = `Basic ${btoa(`${KEY}:secret`)}`;
  const call = async (
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(`${origin}${path}`, {
      ...init,
      headers: { authorization, ...init.headers },
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  };

  test('hands on what was asked, and builds URLs from the Host header', async () => {
    expect(await call('/a/b%20c')).toEqual({ status: 200, body: { origin, path: ['a', 'b c'] } });
    expect(await call('/', { method: 'POST', body: new URLSearchParams({ a: 'ä' }) })).toEqual({
      status: 201,
      body: { a: 'ä' },
    });
  });

  test('turns strangers away', async () => {
    const more_info = 'https://www.twilio.com/docs/errors/20003';
    expect(await call('/', { headers: { authorization: `Basic ${btoa(`${KEY}:no`)}` } })).toEqual({
      status: 401,
      body: { code: 20003, message: 'Authenticate', more_info, status: 401 },
    });
  });

  test('refuses other verbs, and bodies that are no form', async () => {
    expect(await call('/', { method: 'PUT' })).toMatchObject({ status: 405, body: { code: 20004 } });
    const json = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    expect(await call('/', json)).toMatchObject({ status: 400, body: { code: 20001 } });
  });

  test('survives a bug, tells nothing of it to the caller and all of it to the log', async () => {
    const answer = await call('/', { method: 'DELETE' });
    expect(answer).toMatchObject({ status: 500, body: { code: 20500, message: 'Internal Server Error' } });
    expect(logged.join('\n')).toContain('a bug');
  });

  test('is reset by tools without credentials, never by a page in a browser', async () => {
    const reset = (headers: Record<string, string> = {}) =>
      fetch(`${origin}/_emulator/reset`, { method: 'POST', headers }).then(({ status }) => status);
    expect(await reset({ origin: 'http://evil.example' })).toBe(403);
    expect(resets).not.toHaveBeenCalled();
    expect(await reset()).toBe(204);
    expect(resets).toHaveBeenCalledTimes(1);
    expect((await call('/_emulator/reset')).status).toBe(405);
  });

  test('says so if its port is taken', async () => {
    const other = createRestServer({
      credentials: CREDENTIALS,
      reset: resets,
      handle: () => ({ status: 204 }),
    });
    await expect(other.listen(Number(new URL(origin).port))).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
