/** What an identity provider's keys cost, how they change, and what holds while they cannot be had. */
import type { ServerResponse } from 'node:http';
import { compact, hmacSigner, type SigningKey, signingKey } from '../support/issuer';
import { ec, foreign, type IssuerWorld, issuerWorld, rsa } from '../support/issuer-world';

let world: IssuerWorld;
beforeAll(async () => {
  world = await issuerWorld();
});
beforeEach(() => world.begin());
afterEach(() => world.end());
afterAll(() => world.foyer.close());

describe('the provider', () => {
  const good = () => world.issuer.token(rsa, { operator: true });

  it('is asked once for ten minutes, whoever comes with what', async () => {
    const act = () => world.actFor('ann', world.issuer.token(ec));
    const replies = await Promise.all(Array.from({ length: 60 }, act));
    expect(replies.map(({ status }) => status)).toEqual(Array(60).fill(200));
    expect(world.issuer.asked).toBe(1);
    // It is the call of whoever came first; the others wait for its answer.
    expect(world.upstreamCalls().toSorted((a, b) => a - b)).toEqual([...Array(59).fill(0), 1]);
    world.later(9 * 60);
    expect((await world.actFor('ann', world.issuer.token(rsa))).status).toBe(200);
    expect([world.issuer.asked, world.upstreamCalls()]).toEqual([1, [0]]);
    world.later(2 * 60);
    expect((await act()).status).toBe(200);
    expect([world.issuer.asked, world.upstreamCalls()]).toEqual([2, [1]]);
  });

  it('is not asked for what could not be a token of its', async () => {
    for (const text of ['abc', 'a.b.c', compact({ alg: 'HS256' }, {}, hmacSigner('x')), 'x'.repeat(9_000)]) {
      expect((await world.operate(text)).status).toBe(403);
    }
    expect((await world.foyer.call('/admin/create')).status).toBe(403);
    expect(world.issuer.asked).toBe(0);
  });

  it('may replace its keys: the new one is known at once, the old one gone within ten minutes', async () => {
    expect((await world.operate(good())).status).toBe(200);
    const fresh = signingKey('RS256');
    const byFresh = () => world.issuer.token(fresh, { operator: true });
    world.later(11);
    world.issuer.keys = [fresh];
    const replies = await Promise.all(Array.from({ length: 20 }, () => world.operate(byFresh())));
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(world.issuer.asked).toBe(2);
    expect((await world.operate(good())).status).toBe(403);

    world.issuer.keys = [ec];
    expect((await world.operate(byFresh())).status).toBe(200);
    world.later(10 * 60);
    expect((await world.operate(byFresh())).status).toBe(403);
  });

  it.each([
    ['without names', undefined],
    ['under the old name', 'k1'],
  ])('may replace its keys %s', async (_, kid) => {
    const [old, fresh] = [signingKey('ES256', 'k1'), signingKey('ES256', 'k1')];
    world.issuer.keys = [old];
    expect((await world.operate(world.issuer.token(old, { operator: true }, { kid }))).status).toBe(200);
    world.later(11);
    world.issuer.keys = [fresh];
    expect((await world.operate(world.issuer.token(fresh, { operator: true }, { kid }))).status).toBe(200);
    expect((await world.operate(world.issuer.token(old, { operator: true }, { kid }))).status).toBe(403);
  });

  it('may have several keys of a kind, and tokens that do not say which', async () => {
    world.issuer.keys = [signingKey('RS256'), rsa, signingKey('RS256')];
    expect(
      (await world.operate(world.issuer.token(rsa, { operator: true }, { kid: undefined }))).status,
    ).toBe(200);
    expect(
      (await world.operate(world.issuer.token(foreign, { operator: true }, { kid: undefined }))).status,
    ).toBe(403);
    expect(
      (await world.operate(world.issuer.token(rsa, { operator: true, aud: 'x' }, { kid: undefined }))).text,
    ).toMatch(/another service/);
  });

  it('is not bothered by tokens with made-up keys', async () => {
    for (let count = 0; count < 30; count += 1) {
      expect((await world.operate(world.issuer.token(foreign, {}, { kid: `made-up-${count}` }))).status).toBe(
        403,
      );
    }
    expect(world.issuer.asked).toBe(1);
    world.later(11);
    for (let count = 0; count < 30; count += 1) {
      expect((await world.operate(world.issuer.token(foreign, {}, { kid: `made-up-${count}` }))).status).toBe(
        403,
      );
    }
    expect(world.issuer.asked).toBe(2);
  });
});

describe('a provider that fails', () => {
  const act = () => world.actFor('ann', world.issuer.token(rsa));
  const answering =
    (status: number, body: string, headers: Record<string, string> = {}) =>
    (response: ServerResponse) =>
      response.writeHead(status, headers).end(body);
  /** The name, what it answers, what is logged, and how often it is asked by one request. */
  const FAILURES: readonly [string, (response: ServerResponse) => unknown, RegExp, number][] = [
    ['with 500', answering(500, '{"error":"secret detail"}'), /status 500/, 3],
    ['with 429', answering(429, ''), /status 429/, 3],
    [
      'by hanging up',
      (response) => response.destroy(), // Node's own errors are of another realm than a test's.
      /hang up|ECONNRESET|object/,
      3,
    ],
    ['with 404', answering(404, '{"keys":[]}'), /AUTH_JWKS_URL answers with status 404/, 1],
    ['by sending elsewhere', answering(302, '', { location: '/keys' }), /status 302/, 1],
    ['with a web page', answering(200, '<html>secret detail</html>'), /not JSON/, 1],
    ['with other JSON', answering(200, '{"issuer":"secret detail"}'), /not a key set/, 1],
    ['with nothing', answering(200, 'null'), /not a key set/, 1],
    ['with keys that are none', answering(200, '{"keys":[1]}'), /Key Set/, 1],
    ['with no keys', answering(200, '{"keys":[]}'), /an empty one/, 1],
  ];

  it.each(FAILURES)('%s is answered with "try again", and logged', async (_, misbehave, logged, asked) => {
    world.issuer.misbehave = (response) => void misbehave(response);
    const [reply, ...others] = await Promise.all([act(), act(), act()]);
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '1']);
    expect(reply.json.message).toMatch(/^the identity provider cannot be asked .* Try again in a moment\.$/);
    expect(others.map(({ text }) => text)).toEqual([reply.text, reply.text]);
    expect(world.issuer.asked).toBe(asked);
    const lines = world.foyer.printed();
    expect(lines.map((line) => JSON.parse(line).upstream).toSorted((a, b) => a - b)).toEqual([0, 0, asked]);
    for (const line of lines) {
      expect(JSON.parse(line).error).toMatch(logged);
      expect(line).not.toMatch(/secret detail|eyJ/);
    }
    const operator = await world.operate(world.issuer.token(rsa, { operator: true }));
    expect([operator.status, operator.text]).toEqual([503, `Error: ${reply.json.message}`]);

    world.issuer.misbehave = undefined;
    expect((await act()).status).toBe(200);
  });

  it('by silence is answered within the time that a function has', async () => {
    world.issuer.misbehave = () => undefined;
    const begun = performance.now();
    const replies = await Promise.all([act(), act()]);
    expect(replies.map(({ status }) => status)).toEqual([503, 503]);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(world.issuer.asked).toBe(3);
    world.issuer.misbehave = (response) => {
      world.issuer.misbehave = undefined;
      setTimeout(() => response.end(JSON.stringify({ keys: [rsa.jwk] })), 300);
    };
    expect((await act()).status).toBe(200);
  });

  it('is not missed for an hour by those whose keys are known', async () => {
    expect((await act()).status).toBe(200);
    await world.issuer.down();
    world.later(11 * 60);
    world.foyer.printed();
    expect((await act()).status).toBe(200);
    expect((await act()).status).toBe(200);
    // One try, and no other while that one is remembered.
    expect(world.upstreamCalls()).toEqual([1, 0]);
    // Whether this key is new only the provider could say.
    expect((await world.actFor('ann', world.issuer.token(foreign))).status).toBe(503);
    expect((await world.actFor('ann', world.issuer.token(foreign, {}, { kid: rsa.kid }))).status).toBe(401);
    world.later(50 * 60);
    expect((await act()).status).toBe(503);
    await world.issuer.up();
    expect((await act()).status).toBe(200);
  });

  it('by a key that cannot be used is no fault of the token', async () => {
    const weak = signingKey('RS256', 'weak', 1024);
    const broken: SigningKey = { ...rsa, kid: 'broken', jwk: { ...rsa.jwk, kid: 'broken', n: '!' } };
    world.issuer.keys = [weak, broken, rsa];
    for (const key of [weak, broken])
      expect((await world.actFor('ann', world.issuer.token(key))).status).toBe(503);
    expect((await act()).status).toBe(200);
  });
});
