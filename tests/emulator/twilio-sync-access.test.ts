/** Who gets in, for how long, and what they may do there. */
import { createHmac } from 'node:crypto';
import { ManualClock } from '../../emulator/twilio/clock';
import {
  API_KEY,
  API_SECRET,
  CREDENTIALS,
  mintToken,
  next,
  startSync,
  subscribed,
  type SyncWorld,
} from './twilio-sync-world';
import { openSocket } from './twilio-sync-wire';

let clock: ManualClock;
let world: SyncWorld;

beforeAll(async () => {
  clock = new ManualClock();
  world = await startSync({ clock });
});
afterAll(() => world.close());

describe('with the ACL off, as every service begins', () => {
  test('any token of the service reads and writes everything', async () => {
    const service = await world.service();
    await service.documents.create({ uniqueName: 'open', data: {} });
    const document = await world.client('anybody', (await service.fetch()).sid).document('open');
    await document.set({ by: 'anybody' });
    await document.removeDocument();
  });
});

describe('with the ACL on', () => {
  let service: Awaited<ReturnType<SyncWorld['service']>>;
  let sid: string;
  const allow = (identity: string, read: boolean, write: boolean, manage: boolean) =>
    service.documents('secret').documentPermissions(identity).update({ read, write, manage });
  const FORBIDDEN = { status: 403, code: 54007 };

  beforeAll(async () => {
    service = await world.service({ aclEnabled: true });
    sid = (await service.fetch()).sid;
  });
  beforeEach(async () => {
    await service
      .documents('secret')
      .remove()
      .catch(() => undefined);
    await service.documents.create({ uniqueName: 'secret', data: { a: 1 } });
  });

  test('a token without permission neither opens, nor writes, nor hears', async () => {
    const mallory = world.client('mallory', sid);
    await expect(mallory.document({ id: 'secret', mode: 'open_existing' })).rejects.toMatchObject(FORBIDDEN);
    await expect(mallory.document('secret')).rejects.toMatchObject(FORBIDDEN);
    const socket = await openSocket(world.socketUrl);
    await socket.init(mintToken('mallory', sid));
    const document = await service.documents('secret').fetch();
    expect(await socket.subscribe('document', document.sid, 0)).toMatchObject({
      event_type: 'subscription_failed',
      events: [{ error: FORBIDDEN }],
    });
    expect((await socket.request('GET', '/v3/Documents')).code).toBe(405);
    expect((await socket.request('GET', `/v3/Documents/${document.sid}/Permissions`)).code).toBe(404);
    socket.close();
  });

  test('read, write and manage are three different things', async () => {
    await allow('carol', true, false, false);
    const document = await world.client('carol', sid).document({ id: 'secret', mode: 'open_existing' });
    await expect(document.set({ b: 1 })).rejects.toMatchObject(FORBIDDEN);
    await expect(document.removeDocument()).rejects.toMatchObject(FORBIDDEN);
    await allow('carol', true, true, false);
    await document.set({ b: 2 });
    await expect(document.removeDocument()).rejects.toMatchObject(FORBIDDEN);
    await allow('carol', false, false, true);
    await expect(document.set({ b: 3 })).rejects.toMatchObject(FORBIDDEN);
    await document.removeDocument();
  });

  test('whoever creates an object may do everything with it, and the others nothing', async () => {
    const own = await world.client('dora', sid).document({ id: 'own', mode: 'create_new', data: {} });
    await own.set({ mine: true });
    expect((await service.documents('own').documentPermissions('dora').fetch()).manage).toBe(true);
    const other = world.client('eve', sid).document({ id: 'own', mode: 'open_existing' });
    await expect(other).rejects.toMatchObject(FORBIDDEN);
    expect((await service.documents('own').fetch()).createdBy).toBe('dora');
  });

  test('what is revoked is refused from then on, but a live subscription goes on', async () => {
    await allow('finn', true, false, false);
    const finn = world.client('finn', sid);
    const document = await subscribed(await finn.document({ id: 'secret', mode: 'open_existing' }));
    await service.documents('secret').documentPermissions('finn').remove();
    const updated = next<{ data: unknown }>(document, 'updated');
    await service.documents('secret').update({ data: { still: 'told' } });
    expect((await updated).data).toEqual({ still: 'told' });
    const again = world.client('finn', sid).document({ id: 'secret', mode: 'open_existing' });
    await expect(again).rejects.toMatchObject(FORBIDDEN);
  });

  test('items of a map need the map’s permissions', async () => {
    const map = await service.syncMaps.create({});
    await service
      .syncMaps(map.sid)
      .syncMapPermissions('gus')
      .update({ read: true, write: false, manage: true });
    const opened = await world.client('gus', sid).map({ id: map.sid, mode: 'open_existing' });
    await expect(opened.set('k', {})).rejects.toMatchObject(FORBIDDEN);
    await opened.removeMap();
  });

  test('permissions are listed and removed, and a missing one is 54354', async () => {
    await allow('a', true, false, false);
    await allow('b', true, true, false);
    const list = await service.documents('secret').documentPermissions.list();
    expect(list.map(({ identity, read, write }) => [identity, read, write])).toEqual([
      ['a', true, false],
      ['b', true, true],
    ]);
    await service.documents('secret').documentPermissions('a').remove();
    const gone = service.documents('secret').documentPermissions('a').fetch();
    await expect(gone).rejects.toMatchObject({ status: 404, code: 54354 });
  });
});

describe('a token is refused', () => {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const now = (): number => Math.floor(clock.now() / 1000);
  const forge = (payload: object, header: object = {}, secret = API_SECRET): string => {
    const grants = { identity: 'ada', data_sync: {} };
    const claims = {
      jti: 'x',
      iss: API_KEY,
      sub: CREDENTIALS.accountSid,
      iat: now(),
      exp: now() + 60,
      grants,
    };
    const signed = `${encode({ typ: 'JWT', cty: 'twilio-fpa;v=1', alg: 'HS256', ...header })}.${encode({ ...claims, ...payload })}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const status = async (token: string): Promise<unknown[]> => {
    const socket = await openSocket(world.socketUrl);
    await socket.init(token);
    const reply = socket.received.at(-1)?.header['status'];
    socket.close();
    return [reply?.code, reply?.errorCode];
  };

  test('not, if it is in order', async () => {
    expect(await status(forge({}))).toEqual([200, undefined]);
  });

  test.each([
    ['is no token', () => 'abc.def.ghi', 20101],
    ['is empty', () => '', 20101],
    ['has another’s signature', () => forge({}, {}, 'guess'), 20101],
    ['is not signed at all', () => forge({}, { alg: 'none' }).replace(/[^.]*$/, ''), 20101],
    ['says it is signed by nothing', () => forge({}, { alg: 'none' }), 20101],
    ['is of a foreign account', () => forge({ sub: `AC${'9'.repeat(32)}` }), 20101],
    ['is of an unknown key', () => forge({ iss: `SK${'9'.repeat(32)}` }), 20101],
    ['is of a key named like a property', () => forge({ iss: 'constructor' }), 20101],
    ['names nobody', () => forge({ grants: { data_sync: {} } }), 20101],
    ['grants no Sync', () => forge({ grants: { identity: 'ada', video: {} } }), 20101],
    ['lives longer than a day', () => forge({ exp: now() + 24 * 3600 + 1 }), 20101],
    [
      'lives longer than a day from a future on',
      () => forge({ iat: now() + 9e5, exp: now() + 9e5 + 60 }),
      20101,
    ],
    ['is not valid yet', () => forge({ nbf: now() + 3600, exp: now() + 7200 }), 20101],
    ['never expires', () => forge({ exp: undefined }), 20104],
    ['is expired', () => forge({ iat: now() - 120, exp: now() - 60 }), 20104],
    ['is expired this very second', () => forge({ iat: now() - 120, exp: now() }), 20104],
  ])('that %s', async (_, token, code) => {
    expect(await status(token())).toEqual([401, code]);
  });

  test('that is for a service which is not there', async () => {
    expect(await status(mintToken('ada', `IS${'9'.repeat(32)}`))).toEqual([403, 54050]);
  });

  test('and the SDK says so', async () => {
    const error = next(world.client('ada', `IS${'9'.repeat(32)}`), 'connectionError');
    expect(await error).toMatchObject({ terminal: true, httpStatusCode: 403, errorCode: 54050 });
  });
});

describe('a token that runs out', () => {
  test('is asked for three minutes before, and replaced without a break', async () => {
    const client = world.client('ada', undefined, 600);
    await next(client, 'connectionStateChanged', (state) => state === 'connected');
    const asked = next(client, 'tokenAboutToExpire');
    // A little more than seven of its ten minutes: the clock has stood still while the token was made.
    clock.advance(430_000);
    await asked;
    await client.updateToken(mintToken('ada', undefined, 20 * 60));
    clock.advance(200_000);
    expect(client.connectionState).toBe('connected');
  });

  test('cannot be replaced by somebody else’s', async () => {
    const client = world.client('ada', undefined, 3600);
    await next(client, 'connectionStateChanged', (state) => state === 'connected');
    const refused = client.updateToken(mintToken('mallory', undefined, 3600));
    await expect(refused).rejects.toMatchObject({ code: 51130 });
    const socket = await openSocket(world.socketUrl);
    await socket.init(mintToken('ada', undefined, 3600));
    socket.send({ method: 'update', id: 'TMupdate', token: mintToken('mallory', undefined, 3600) });
    const reply = await socket.frame(({ header }) => header['id'] === 'TMupdate');
    expect(reply.header['status']).toMatchObject({ code: 401, errorCode: 51215 });
    socket.close();
  });

  test('ends the connection, and a fresh one brings everything back', async () => {
    const service = await world.service();
    const { sid } = await service.fetch();
    await service.documents.create({ uniqueName: 'board', data: { n: 0 } });
    const client = world.client('ada', sid, 3600);
    const document = await subscribed(await client.document('board'));
    const expired = next(client, 'tokenExpired');
    clock.advance(3_600_000);
    await expired;
    // Until then the SDK loses a fresh token without a word.
    await next(client, 'connectionStateChanged', (state) => state === 'disconnected');
    await service.documents('board').update({ data: { n: 1 } });
    const updated = next<{ data: unknown }>(document, 'updated');
    await client.updateToken(mintToken('ada', sid, 3 * 3600));
    expect((await updated).data).toEqual({ n: 1 });
  });
});
