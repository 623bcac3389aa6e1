/** Who an identity provider's token lets in, and which tokens are none. */
import { requireSubject } from '../../src/app/require-subject';
import { compact, hmacSigner, signerOf, signingKey } from '../support/issuer';
import { ec, ed, foreign, type IssuerWorld, issuerWorld, rsa } from '../support/issuer-world';

let world: IssuerWorld;
beforeAll(async () => {
  world = await issuerWorld();
});
beforeEach(() => world.begin());
afterEach(() => world.end());
afterAll(() => world.foyer.close());

const now = (): number => Math.floor(Date.now() / 1000);

describe('an operator', () => {
  it.each([
    ['RS256', rsa],
    ['ES256', ec],
    ['EdDSA', ed],
    ['PS256', signingKey('PS256')],
    ['ES384', signingKey('ES384')],
  ])('comes in with a token that is signed by %s', async (_, key) => {
    world.issuer.keys = [rsa, ec, ed, key];
    expect((await world.operate(world.issuer.token(key, { operator: true }))).status).toBe(200);
  });

  it.each([['true'], [1], ['yes'], [{}], [[true]], [false], [null], [undefined]])(
    'is nobody whose claim is %j',
    async (operator) => {
      const { status, text, headers } = await world.operate(world.issuer.token(rsa, { operator }));
      expect([status, text]).toEqual([
        403,
        expect.stringMatching(/^Error: this is for operators, .*operator/),
      ]);
      expect(headers['www-authenticate']).toBeUndefined();
    },
  );

  it('is told by the claim that the service is set up for, and by no other', async () => {
    world.foyer.environment['AUTH_OPERATOR_CLAIM'] = 'https://meet.example/staff';
    const status = async (claims: object) =>
      (await world.operate(world.issuer.token(rsa, { ...claims }))).status;
    expect(await status({ 'https://meet.example/staff': true })).toBe(200);
    expect(await status({ operator: true })).toBe(403);
    for (const inherited of ['constructor', '__proto__', 'toString']) {
      world.foyer.environment['AUTH_OPERATOR_CLAIM'] = inherited;
      expect(await status({ operator: true })).toBe(403);
    }
  });

  it('comes in with the key or with a token where both are set up', async () => {
    world.foyer.environment['ADMIN_API_KEY'] = 'right.key.dotted';
    expect((await world.operate('right.key.dotted')).status).toBe(200);
    expect(world.issuer.asked).toBe(0);
    expect((await world.operate(world.issuer.token(rsa, { operator: true }))).status).toBe(200);
    expect((await world.operate(world.issuer.token(rsa))).status).toBe(403);
    const wrong = await world.operate('wrong-key');
    expect([wrong.status, wrong.text]).toEqual([
      403,
      expect.stringMatching(/ADMIN_API_KEY or an operator's token/),
    ]);
  });

  it('is not let in without saying who it is, although anybody would be if nothing were set up', async () => {
    Object.assign(world.foyer.environment, {
      ALLOW_ANONYMOUS_OPERATORS: 'yes',
      ALLOW_ANONYMOUS_USERS: 'yes',
    });
    const { status, text } = await world.foyer.call('/admin/create');
    expect([status, text]).toEqual([
      403,
      expect.stringMatching(/^Error: this is for operators\. Send .*token/),
    ]);
    expect((await world.actFor('ann')).status).toBe(401);
  });
});

describe('a user', () => {
  it('acts for the subject of the token and for nobody else', async () => {
    const token = world.issuer.token(ec, { sub: 'ann' });
    const own = await world.actFor('ann', token);
    expect([own.status, own.json]).toEqual([200, { user: { subject: 'ann' } }]);
    for (const other of ['bob', 'Ann', 'ann ', ' ann', 'ann\0', 'an', '', 'anonymous', 'a\u0301nn']) {
      const { status, json } = await world.actFor(other, token);
      expect([other, status, json]).toEqual([other, 403, { message: expect.stringMatching(/uid must be/) }]);
    }
    expect((await world.actFor('anonymous', world.issuer.token(ec, { sub: 'anonymous' }))).json).toEqual({
      user: { subject: 'anonymous' },
    });
  });

  it('needs a token also where an operator has a key, and an operator acts for no other', async () => {
    world.foyer.environment['ADMIN_API_KEY'] = 'right-key';
    expect((await world.actFor('ann', 'right-key')).status).toBe(401);
    expect((await world.actFor('ann', world.issuer.token(ec, { sub: 'boss', operator: true }))).status).toBe(
      403,
    );
    expect((await world.actFor('boss', world.issuer.token(ec, { sub: 'boss', operator: true }))).status).toBe(
      200,
    );
  });

  it('without a token is asked for one; with a wrong one is told so', async () => {
    const without = await world.actFor('ann');
    expect([without.status, without.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(without.json.message).toMatch(/^this is for users\. Send "Authorization: Bearer" with your token/);
    const wrong = await world.actFor('ann', world.issuer.token(foreign));
    expect([wrong.status, wrong.headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
  });

  it('is refused, and told how to change that, while no identity provider is set up', async () => {
    for (const name of Object.keys(world.issuer.variables)) delete world.foyer.environment[name];
    for (const opened of ['', 'no', 'true', 'YES']) {
      world.foyer.environment['ALLOW_ANONYMOUS_USERS'] = opened;
      for (const credential of [undefined, 'x', world.issuer.token(rsa, { operator: true })]) {
        const { status, json } = await world.actFor('ann', credential);
        expect([status, json.message]).toEqual([
          403,
          expect.stringMatching(/AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE.*ALLOW_ANONYMOUS_USERS=yes/),
        ]);
      }
    }
    world.foyer.environment['ALLOW_ANONYMOUS_USERS'] = 'yes';
    for (const uid of ['ann', 'bob']) expect((await world.actFor(uid)).json).toEqual({ user: 'anonymous' });
    expect(world.issuer.asked).toBe(0);
  });
});

describe('a token is refused', () => {
  const pem = () => rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const cases: readonly [string, RegExp, () => string][] = [
    [
      'of another audience',
      /another service \(aud\)/,
      () => world.issuer.token(rsa, { aud: 'https://shop.example' }),
    ],
    ['of many audiences, none ours', /another service/, () => world.issuer.token(rsa, { aud: ['a', 'b'] })],
    ['without audience', /lacks the claim aud/, () => world.issuer.token(rsa, { aud: undefined })],
    [
      'of another issuer',
      /another issuer \(iss\)/,
      () => world.issuer.token(rsa, { iss: 'https://id.example/' }),
    ],
    [
      'of nearly our issuer',
      /another issuer/,
      () => world.issuer.token(rsa, { iss: world.issuer.name.slice(0, -1) }),
    ],
    ['without issuer', /lacks the claim iss/, () => world.issuer.token(rsa, { iss: undefined })],
    ['without subject', /lacks the claim sub/, () => world.issuer.token(rsa, { sub: undefined })],
    ['with an empty subject', /names nobody/, () => world.issuer.token(rsa, { sub: '' })],
    ['with a subject that is no text', /names nobody/, () => world.issuer.token(rsa, { sub: 42 })],
    ['without end', /lacks the claim exp/, () => world.issuer.token(rsa, { exp: undefined })],
    ['with an end that is no number', /claim exp/, () => world.issuer.token(rsa, { exp: '9999999999' })],
    ['that has expired', /has expired/, () => world.issuer.token(rsa, { exp: now() - 62 })],
    ['that is not valid yet', /not valid yet/, () => world.issuer.token(rsa, { nbf: now() + 120 })],
    ['of another kind', /another type/, () => world.issuer.token(rsa, {}, { typ: 'logout+jwt' })],
    ['of an unknown key', /does not publish/, () => world.issuer.token(foreign)],
    [
      'of a foreign key under a known name',
      /signature/,
      () => world.issuer.token(foreign, {}, { kid: rsa.kid }),
    ],
    [
      'that names no key, of a foreign one',
      /signature/,
      () => world.issuer.token(foreign, {}, { kid: undefined }),
    ],
    [
      'that brings its own key',
      /signature/,
      () =>
        world.issuer.token(foreign, {}, { kid: rsa.kid, jwk: foreign.jwk, jku: `${world.issuer.name}keys` }),
    ],
    [
      'of a known key for another algorithm',
      /does not publish/,
      () => world.issuer.token(rsa, {}, { alg: 'PS256' }),
    ],
    [
      'with a header that must be understood and is not',
      /extension/,
      () => world.issuer.token(rsa, {}, { crit: ['x'], x: 1 }),
    ],
    [
      'without signature (alg none)',
      /algorithm/,
      () => compact({ alg: 'none' }, world.issuer.claims(), () => Buffer.alloc(0)),
    ],
    [
      'without signature (alg nOnE)',
      /algorithm/,
      () => compact({ alg: 'nOnE', kid: rsa.kid }, world.issuer.claims(), () => Buffer.alloc(0)),
    ],
    [
      'whose HMAC has the public key, as PEM, for a secret',
      /algorithm/,
      () => compact({ alg: 'HS256', kid: rsa.kid }, world.issuer.claims(), hmacSigner(pem())),
    ],
    [
      'whose HMAC has the public key, as JWK, for a secret',
      /algorithm/,
      () =>
        compact({ alg: 'HS256', kid: rsa.kid }, world.issuer.claims(), hmacSigner(JSON.stringify(rsa.jwk))),
    ],
    [
      'whose claims were changed',
      /signature/,
      () => {
        const [header, , signature] = world.issuer.token(rsa).split('.');
        const claims = Buffer.from(JSON.stringify(world.issuer.claims({ operator: true }))).toString(
          'base64url',
        );
        return [header, claims, signature].join('.');
      },
    ],
    ['whose signature was cut off', /signature/, () => world.issuer.token(rsa).replace(/\.[^.]*$/, '.')],
    ['whose signature was cut short', /signature/, () => world.issuer.token(ec).slice(0, -4)],
    [
      'whose claims are a list',
      /not a signed JWT/,
      () => compact({ alg: 'EdDSA', kid: ed.kid }, ['ann'], signerOf(ed)),
    ],
    ['that is none', /not a signed JWT/, () => 'a.b.c'],
    ['of one part', /not a signed JWT/, () => 'abc'],
    ['that is encrypted', /not a signed JWT/, () => 'eyJhbGciOiJkaXIifQ..a.b.c'],
    ['that is too long', /longer than 8192/, () => world.issuer.token(rsa, { more: 'x'.repeat(6_200) })],
  ];

  it.each(cases)('%s', async (_, says, token) => {
    const text = token();
    const user = await world.actFor('ann', text);
    expect([user.status, user.json]).toEqual([401, { message: expect.stringMatching(says) }]);
    expect(user.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    expect(user.json.message).toMatch(/^your token .*\. Get a new one from the identity provider\.$/);

    const operator = await world.operate(text);
    expect([operator.status, operator.text]).toEqual([403, expect.stringMatching(says)]);
    expect(operator.text).toMatch(/^Error: this is for operators, and your token /);
    expect(operator.headers['www-authenticate']).toBe('Bearer error="invalid_token"');

    const told = [user.text, operator.text, ...world.foyer.printed()].join('\n');
    for (const part of text.split('.').filter(({ length }) => length > 5)) expect(told).not.toContain(part);
  });
});

describe('clocks', () => {
  it('may be a minute apart, and not more', async () => {
    const status = async (claims: object) =>
      (await world.actFor('ann', world.issuer.token(ed, { ...claims }))).status;
    // Half of the minute is left to a machine that is slow to ask.
    expect(await status({ exp: now() - 30 })).toBe(200);
    expect(await status({ exp: now() - 61 })).toBe(401);
    expect(await status({ nbf: now() + 50 })).toBe(200);
    expect(await status({ nbf: now() + 120 })).toBe(401);
    expect(await status({ iat: now() + 50 })).toBe(200);
  });
});

describe('a provider that is set up by half', () => {
  it.each([
    [['AUTH_JWKS_URL']],
    [['AUTH_ISSUER']],
    [['AUTH_AUDIENCE']],
    [['AUTH_JWKS_URL', 'AUTH_ISSUER']],
    [['AUTH_ISSUER', 'AUTH_AUDIENCE']],
  ])('%j missing is said by name, on every kind of route', async (missing) => {
    for (const name of missing) world.foyer.environment[name] = ' ';
    Object.assign(world.foyer.environment, {
      ALLOW_ANONYMOUS_OPERATORS: 'yes',
      ALLOW_ANONYMOUS_USERS: 'yes',
    });
    const replies = [
      await world.foyer.call('/admin/create', {}),
      await world.foyer.call('/user/enter-waiting-room', { meeting_id: 4321 }),
      await world.actFor('ann', world.issuer.token(rsa)),
    ];
    for (const { status, text } of replies) {
      expect([status, text.match(/AUTH_\w+ is missing/g)]).toEqual([
        500,
        missing.map((name) => `${name} is missing`),
      ]);
    }
    expect(world.issuer.asked).toBe(0);
  });

  it.each(['http://id.example/keys', 'ftp://127.0.0.1/keys', 'id.example/keys', 'http://localhost.example/'])(
    'keys are not taken from %s',
    async (url) => {
      world.foyer.environment['AUTH_JWKS_URL'] = url;
      const { status, text } = await world.actFor('ann', world.issuer.token(rsa));
      expect([status, text]).toEqual([500, expect.stringMatching(/AUTH_JWKS_URL must be an https URL/)]);
      expect(text).not.toContain(url);
    },
  );
});

test('a route that does not ask who calls cannot say for whom it acts', () => {
  expect(() => requireSubject({ client: '' }, 'ann')).toThrow(/only a route whose access is user/);
});
