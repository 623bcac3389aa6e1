/** Who may call whom in whose name, what only a gateway may say, and what the tokens that people get open. */
import { ROUTES } from '../../src/api/routes';
import { CallsOnRuntime } from '../support/calls-on-runtime';
import type { Reply } from '../support/http';
import { Issuer, signingKey } from '../support/issuer';
import { SocketPhone, type SyncPhone } from '../support/live-phones';
import { until } from '../support/sync-clients';

let world: CallsOnRuntime;
beforeAll(async () => {
  world = await CallsOnRuntime.start();
});
afterEach(() => world.clear());
afterAll(() => world.close());

let count = 0;
const someone = (name: string): string => `${name}-${(count += 1)}`;
const paths = (family: string, below = '/'): string[] =>
  ROUTES.filter((route) => route.family === family && route.path.startsWith(below)).map(({ path }) => path);
const USER_ROUTES = paths('calls');
const GATEWAY_ROUTES = paths('service', '/gateway/').filter((path) => !path.includes('/room-'));
const answerOf = ({ status, json }: Reply) => [status, json];
const said = (status: number, message: RegExp) => [status, { message: expect.stringMatching(message) }];
/** Good enough for any route. */
const PARAMETERS = {
  id: 'ann',
  userId: 'ann',
  callerId: 'ann',
  receiverId: 'ben',
  identity: 'x',
  callId: `call-${'x'.repeat(22)}`,
  room: `call-${'x'.repeat(22)}`,
  answer: 'ACCEPT',
  gateway: 'g1',
  socket: '1',
  sockets: [],
  callIds: [],
};
/** Calls to vendors that refused requests to this path led to, since this was last asked. */
const askedBy = (path: string): number =>
  world.foyer
    .printed()
    .map((line) => JSON.parse(line) as { route: string; status: number; upstream: number })
    .filter(({ route, status }) => route === path && [401, 403].includes(status))
    .reduce((sum, { upstream }) => sum + upstream, 0);

describe('routes of users', () => {
  test.each(USER_ROUTES)('%s is closed until it is said who users are', async (path) => {
    world.foyer.printed();
    for (const opened of ['', 'no', 'true', 'YES']) {
      world.foyer.environment['ALLOW_ANONYMOUS_USERS'] = opened;
      const reply = await world.foyer.call(path, PARAMETERS, { headers: { authorization: 'Bearer x' } });
      expect(answerOf(reply)).toEqual(said(403, /AUTH_JWKS_URL.*ALLOW_ANONYMOUS_USERS=yes/));
    }
    expect(askedBy(path)).toBe(0);
  });
});

describe('with an identity provider', () => {
  const key = signingKey('RS256');
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await Issuer.publishing(key);
  });
  beforeEach(() => {
    Object.assign(world.foyer.environment, issuer.variables);
  });
  afterAll(() => issuer.down());

  const as = (sub: string) => ({ headers: { authorization: `Bearer ${issuer.token(key, { sub })}` } });
  const call = (sub: string, path: string, parameters: object): Promise<Reply> =>
    world.foyer.call(path, { ...parameters }, as(sub));
  const sync = (id: string): Promise<SyncPhone> => world.sync(id, as(id));

  test.each(USER_ROUTES)('%s wants a token that is valid', async (path) => {
    world.foyer.printed();
    const none = await world.foyer.call(path, PARAMETERS);
    expect(answerOf(none)).toEqual(said(401, /^this is for users\. Send "Authorization: Bearer"/));
    const expired = { authorization: `Bearer ${issuer.token(key, { exp: 1 })}` };
    const reply = await world.foyer.call(path, PARAMETERS, { headers: expired });
    expect(reply.status).toBe(401);
    expect(reply.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    // The provider's keys, once.
    expect(askedBy(path)).toBeLessThanOrEqual(1);
  });

  test('nobody acts in somebody else’s name', async () => {
    const [ann, ben, eve] = ['ann', 'ben', 'eve'].map(someone) as [string, string, string];
    const [anns] = [await sync(ann), await sync(ben)];
    const { id: callId } = (await call(ann, '/calls/start', { callerId: ann, receiverId: ben })).json;
    const yourself = /^you can act for yourself only: \w+ must be the subject/;
    for (const [path, parameters] of [
      ['/users/connect', { id: ann }],
      ['/users/disconnect', { id: ann, identity: anns.access.identity }],
      ['/calls/start', { callerId: ann, receiverId: ben }],
      ['/calls/end', { callId, userId: ann }],
      ['/calls/info', { callId, userId: ann }],
      ['/token', { room: callId, id: ann }],
      ['/token', { room_name: callId, participant_identity: ben }],
    ] as const) {
      expect([path, ...answerOf(await call(eve, path, parameters))]).toEqual([path, ...said(403, yourself)]);
    }

    const third = /^only /;
    for (const [user, path, parameters] of [
      [eve, '/calls/end', { callId, userId: eve }],
      [eve, '/calls/info', { callId }],
      [eve, '/token', { room: callId, id: eve }],
      [eve, '/token', { room_name: callId }],
      [eve, '/calls/answer', { callId, answer: 'ACCEPT' }],
      [eve, '/calls/answer', { callId, answer: 'ACCEPT', userId: ben }],
      [ann, '/calls/answer', { callId, answer: 'ACCEPT' }],
      [ann, '/calls/answer', { callId, answer: 'DECLINE', userId: ben }],
      [ben, '/calls/answer', { callId, answer: 'ACCEPT', userId: ann }],
    ] as const) {
      const reply = await call(user, path, parameters);
      expect([user, path, ...answerOf(reply)]).toEqual([user, path, ...said(403, third)]);
    }
    expect((await call(ann, '/calls/info', { callId })).json).toMatchObject({ status: 'DIALLING' });
    const others = await call(ben, '/users/disconnect', { id: ben, identity: anns.access.identity });
    expect(answerOf(others)).toEqual(said(403, /not one of yours/));

    expect((await call(ben, '/calls/answer', { callId, answer: 'ACCEPT' })).status).toBe(200);
    expect((await call(ann, '/token', { room_name: callId })).json).toHaveProperty('participant_token');
    expect((await call(ben, '/calls/end', { callId, userId: ben })).status).toBe(200);
  });

  test('a socket is let in with its user’s token, in a header or, from a browser, in the query', async () => {
    const [ann, ben] = [someone('ann'), someone('ben')];
    const phone = await world.socket(ann, world.foyer.origin, as(ann).headers);
    const query = `access_token=${issuer.token(key, { sub: ben })}`;
    await SocketPhone.connect(world.foyer.origin, phone.user, {}).then(
      () => expect('let in').toBe('refused'),
      (error: Error) => expect(error.message).toMatch(/401/),
    );
    await SocketPhone.connect(world.foyer.origin, phone.user, as(ben).headers).then(
      () => expect('let in').toBe('refused'),
      (error: Error) => expect(error.message).toMatch(/403/),
    );
    world.foyer.printed();
    const other = await world.socket(ben, world.foyer.origin, {}, query);
    const { json } = await call(ann, '/calls/start', { callerId: ann, receiverId: ben });
    await other.hears('INCOMING_CALL', json.id);
    expect(world.foyer.printed().join('\n')).not.toContain(query.slice(13, 60));
  });
});

describe('gateways', () => {
  const calling = (secret: string | undefined) => ({
    via: 'functions' as const,
    headers: {
      'x-foyer-front': world.foyer.environment['FRONT_PORT_SECRET'] ?? '',
      ...(secret === undefined ? {} : { 'x-foyer-gateway': secret }),
    },
  });
  const secret = (): string => world.foyer.environment['GATEWAY_SECRET'] ?? '';

  test.each(GATEWAY_ROUTES)('%s is for those who know the secret', async (path) => {
    world.foyer.printed();
    const wrong = [undefined, '', 'x', secret().slice(1), `${secret()}x`, secret().toUpperCase()];
    for (const given of wrong) {
      const reply = await world.foyer.call(path, PARAMETERS, calling(given));
      expect(answerOf(reply)).toEqual(said(403, /^this is for gateways: they know the GATEWAY_SECRET\.$/));
      expect(reply.text).not.toContain(secret());
    }
    const key = { headers: { authorization: `Bearer ${secret()}` } };
    expect((await world.foyer.call(path, { ...PARAMETERS, GATEWAY_SECRET: secret() }, key)).status).toBe(403);
    expect(askedBy(path)).toBe(0);
    expect((await world.foyer.call(path, PARAMETERS, calling(secret()))).status).not.toBe(403);
  });

  test.each(GATEWAY_ROUTES)('%s is closed where there is no secret', async (path) => {
    delete world.foyer.environment['GATEWAY_SECRET'];
    for (const given of [undefined, '', 'undefined']) {
      expect(answerOf(await world.foyer.call(path, PARAMETERS, calling(given)))).toEqual(
        said(403, /no GATEWAY_SECRET/),
      );
    }
  });

  test('bring people in with their own tokens, and nobody without', async () => {
    const key = signingKey('ES256');
    const issuer = await Issuer.publishing(key);
    Object.assign(world.foyer.environment, issuer.variables);
    const connect = (id: string, authorization?: string) => {
      const { headers, via } = calling(secret());
      const all = { ...headers, ...(authorization === undefined ? {} : { authorization }) };
      return world.foyer.call('/gateway/connect', { gateway: 'g2', socket: '1', id }, { via, headers: all });
    };
    expect((await world.foyer.call('/gateway/lease', { gateway: 'g2' }, calling(secret()))).status).toBe(200);
    const token = `Bearer ${issuer.token(key, { sub: 'ann' })}`;
    expect(answerOf(await connect('ann'))).toEqual(said(401, /^this is for users/));
    expect(answerOf(await connect('ben', token))).toEqual(said(403, /act for yourself only/));
    expect((await connect('ann', token)).status).toBe(200);
    await issuer.down();
  });
});

describe('a token for Sync', () => {
  const FORBIDDEN = { status: 403, code: 54007 };
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

  test('names one service and one device, and lives for half a day at most', async () => {
    const { access } = await world.sync(someone('ann'));
    const { grants, exp, iat } = claimsOf(access.token);
    expect(grants).toEqual({
      identity: access.identity,
      data_sync: { service_sid: world.foyer.environment['SYNC_SERVICE_SID'] },
    });
    expect(exp - iat).toBeLessThanOrEqual(12 * 3600);
    expect(access.identity).not.toMatch(/ann/);
  });

  test('reads the own list and document, changes nothing of them, and reads nothing else', async () => {
    const [ann, ben] = [await world.sync(someone('ann')), await world.sync(someone('ben'))];
    await world.socket(someone('socket'));
    const call = await world.start(ben.user.id, ann.user.id);
    await ann.hears('INCOMING_CALL', call.id);
    await until(() => ann.shown?.id === call.id);
    const { list, document, client } = ann;
    await expect(list.push({ type: 'END_CALL' })).rejects.toMatchObject(FORBIDDEN);
    const [item] = (await list.getItems({})).items;
    await expect(list.set(item?.index ?? 0, {})).rejects.toMatchObject(FORBIDDEN);
    await expect(list.remove(item?.index ?? 0)).rejects.toMatchObject(FORBIDDEN);
    await expect(list.removeList()).rejects.toMatchObject(FORBIDDEN);
    await expect(document.set({ status: 'ENDED' })).rejects.toMatchObject(FORBIDDEN);
    await expect(document.removeDocument()).rejects.toMatchObject(FORBIDDEN);

    const mode = 'open_existing' as const;
    await expect(client.list({ id: ben.access.list, mode })).rejects.toMatchObject(FORBIDDEN);
    await expect(client.document({ id: ben.access.document, mode })).rejects.toMatchObject(FORBIDDEN);
    const secret = world.foyer.environment['GATEWAY_SECRET'] ?? '';
    const lease = await world.foyer.call(
      '/gateway/lease',
      { gateway: 'g3' },
      { headers: { 'x-foyer-gateway': secret, 'x-foyer-front': secret } },
    );
    for (const id of lease.json.lists as string[]) {
      await expect(client.list({ id, mode })).rejects.toMatchObject(FORBIDDEN);
    }
    for (const id of [call.id, ben.user.id, 'call', 'line', 'user']) {
      await expect(client.document({ id, mode })).rejects.toMatchObject({ status: 404 });
      await expect(client.map({ id, mode })).rejects.toMatchObject({ status: 404 });
    }
  });

  test('of a device that said goodbye reads no more', async () => {
    const ann = await world.sync(someone('ann'));
    await world.foyer.ok('/users/disconnect', { id: ann.user.id, identity: ann.access.identity });
    const again = world.clients.connect(ann.access);
    await expect(again.list({ id: ann.access.list, mode: 'open_existing' })).rejects.toMatchObject(FORBIDDEN);
  });
});

test('nothing that opens anything is printed', async () => {
  const [ann, ben] = [await world.sync(someone('ann')), await world.socket(someone('ben'))];
  world.foyer.printed();
  const { id } = await world.ongoing(ann.user.id, ben.user.id);
  const { token } = (await world.foyer.call('/token', { room: id, id: ann.user.id }, { as: 'query' })).json;
  await world.end(id, ann.user.id);
  await world.answer(id, 'ACCEPT');
  await world.sync(ann.user.id, { identity: ann.access.identity });
  const printed = world.foyer.printed().join('\n');
  expect(printed).toContain('"route":"/token"');
  const { GATEWAY_SECRET = '' } = world.foyer.environment;
  for (const secret of [id, token, ann.access.token, GATEWAY_SECRET]) expect(printed).not.toContain(secret);
});
