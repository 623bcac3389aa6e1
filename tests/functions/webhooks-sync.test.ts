/** POST /webhooks/sync: who may tell us of browsers that come and go, and what comes of it. */
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { type Runtime, startRuntime } from '../support/runtime';
import { dropTimers, SyncClients, told, until } from '../support/sync-clients';

let foyer: Runtime;
const browsers = new SyncClients();
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(async () => {
  await browsers.closeAll();
  await foyer.close();
  dropTimers();
});

const EVENT = { EventType: 'endpoint_connected', Identity: 'somebody', EndpointId: 'KX1', ServiceSid: 'IS1' };
const PATH = '/webhooks/sync';

describe('the signature', () => {
  const signed = (url: string, parameters: object, token = foyer.environment['AUTH_TOKEN'] ?? '') => ({
    'x-twilio-signature': getExpectedTwilioSignature(token, url, { ...parameters }),
  });
  const post = (parameters: object, headers: Record<string, string>) =>
    foyer.call(PATH, { ...parameters }, { as: 'form', headers });

  test('of the vendor is accepted', async () => {
    const reply = await post(EVENT, signed(foyer.origin + PATH, EVENT));
    expect([reply.status, reply.json]).toEqual([200, {}]);
  });

  test('is that of the address by which Twilio came, through a tunnel or on its own cloud', async () => {
    const tunnel = { 'x-forwarded-host': 'meet.example', 'x-forwarded-proto': 'https' };
    const url = `https://meet.example${PATH}`;
    expect((await post(EVENT, { ...tunnel, ...signed(url, EVENT) })).status).toBe(200);
    expect((await post(EVENT, { ...tunnel, ...signed(foyer.origin + PATH, EVENT) })).status).toBe(403);

    delete foyer.environment['FRONT_PORT_SECRET'];
    const domain = 'foyer-1234.twil.io';
    foyer.environment['DOMAIN_NAME'] = domain;
    const headers = { host: domain, ...signed(`https://${domain}${PATH}`, EVENT) };
    expect((await foyer.call(PATH, EVENT, { as: 'form', via: 'functions', headers })).status).toBe(200);
  });

  test('that is missing or not right is refused, and nobody is asked', async () => {
    const url = foyer.origin + PATH;
    const { 'x-twilio-signature': right } = signed(url, EVENT);
    const before = JSON.stringify(foyer.sync.stats.rest);
    const refused = async (parameters: object, headers: Record<string, string>) => {
      const reply = await post(parameters, headers);
      expect([reply.status, reply.json]).toEqual([403, { message: expect.stringMatching(/not signed/) }]);
    };
    await refused(EVENT, {});
    await refused(EVENT, { 'x-twilio-signature': '' });
    const other = right.startsWith('A') ? 'B' : 'A';
    await refused(EVENT, { 'x-twilio-signature': `${other}${right.slice(1)}` });
    await refused(EVENT, { authorization: `Bearer ${right}` });
    await refused(EVENT, signed(url, EVENT, 'f'.repeat(32)));
    await refused(EVENT, signed(url.replace('sync', 'other'), EVENT));
    await refused(EVENT, signed(url.replace('http', 'https'), EVENT));
    await refused(EVENT, signed(`${url}?`, EVENT));
    await refused({ ...EVENT, Identity: 'somebody else' }, { 'x-twilio-signature': right });
    await refused({ ...EVENT, More: '1' }, { 'x-twilio-signature': right });
    const { Identity: _, ...less } = EVENT;
    await refused(less, { 'x-twilio-signature': right });
    delete foyer.environment['AUTH_TOKEN'];
    await refused(EVENT, signed(url, EVENT, ''));
    expect(JSON.stringify(foyer.sync.stats.rest)).toBe(before);
  });

  test.each([
    { EventType: 'document_updated', Identity: 'guest.1.g1.0.' },
    { EventType: 'endpoint_connected' },
    { EventType: 'endpoint_connected', Identity: 'guest.1234.g1.x.' },
    { EventType: 'endpoint_connected', Identity: 'guest' },
    { EventType: 'endpoint_disconnected', Identity: 'lobby.ET1' },
    { EventType: '__proto__', Identity: '' },
  ])('on what concerns no guest is accepted, and nothing comes of it: %o', async (event) => {
    expect((await post(event, signed(foyer.origin + PATH, event))).status).toBe(200);
  });

  test('on something else than an event is refused by name', async () => {
    const reply = await post({ Identity: 'x' }, signed(foyer.origin + PATH, { Identity: 'x' }));
    expect([reply.status, reply.json]).toEqual([400, { message: expect.stringMatching(/EventType/) }]);
  });
});

describe('a guest who waits for the host’s decision', () => {
  let meeting_id: number;
  const list = async () => (await foyer.ok('/admin/waiting-room', { meeting_id })).guests;
  const enter = (more: object = {}) => foyer.ok('/user/enter-waiting-room', { meeting_id, ...more });
  /** How often the webhook was told something. */
  let events = 0;
  const heard = (count: number) =>
    until(() => {
      events += foyer.printed().filter((line) => line.includes(`"${PATH}","status":200`)).length;
      return events >= count;
    });

  beforeEach(async () => {
    foyer.printed();
    events = 0;
    ({ meeting_id } = await foyer.ok('/admin/create', { admission: 'manual' }));
  });

  /** Enters and connects, as a page does. */
  const arrive = async (more: object = { name: 'Ann' }) => {
    const access = await enter(more);
    const document = await browsers.document(access);
    return { ...access, data: document.data, client: browsers.newest() };
  };

  test('stays on the list while connected, and leaves it within a minute of going', async () => {
    const watched = await browsers.map(await foyer.ok('/admin/waiting-room', { meeting_id }));
    const ann = await arrive();
    await heard(2); // The host's browser and the guest's.
    foyer.clock.advance(10 * 60_000);
    expect(await list()).toMatchObject([{ name: 'Ann', state: 'waiting' }]);

    const gone = told<{ key: string }>(watched, 'itemRemoved');
    const leaving = foyer.clock.now();
    await browsers.disconnect(ann.client);
    await until(() => {
      // Twilio waits a few seconds before it says so; the socket's end takes a moment to be noticed.
      foyer.clock.advance(1000);
      events += foyer.printed().filter((line) => line.includes(PATH)).length;
      return events >= 3;
    });
    foyer.clock.advance(leaving + 59_000 - foyer.clock.now());
    expect(await list()).toEqual([]);
    expect((await gone).key).toMatch(/^g/);
  });

  test('who reloads keeps the place', async () => {
    const ann = await arrive();
    await heard(1);
    const before = await list();
    foyer.clock.advance(60_000);
    await arrive({ name: 'Bob' });
    await browsers.disconnect(ann.client);
    const again = await arrive({ identity: ann.identity });
    expect([again.identity, again.document]).toEqual([ann.identity, ann.document]);
    await heard(3);
    foyer.clock.advance(10 * 60_000);
    expect(await list()).toEqual([...before, expect.objectContaining({ name: 'Bob' })]);
  });

  test('who was away for longer, and never connected at all, is back on entering again', async () => {
    const { identity } = await enter({ name: 'Ann' });
    const before = await list();
    expect(before).toMatchObject([{ name: 'Ann' }]);
    foyer.clock.advance(61_000);
    expect(await list()).toEqual([]);
    await arrive({ identity });
    expect(await list()).toEqual(before);
  });
});
