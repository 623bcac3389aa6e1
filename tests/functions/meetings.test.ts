/** The waiting room over HTTP: what each route takes and answers, to the letter. */
import { dropTimers, seen, SyncClients } from '../support/sync-clients';
import { type Calling, type Runtime, startRuntime } from '../support/runtime';

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

const ROOM_SID = /^RM[0-9a-f]{32}$/;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const text = expect.any(String);
const socketOptions = () => ({ twilsock: { uri: `ws://${foyer.host}/v3/wsconnect` } });
const videoOptions = () => ({ wsServer: `ws://${foyer.host}/signaling`, insights: false, iceServers: [] });

const create = async (options: object = {}): Promise<number> =>
  (await foyer.ok('/admin/create', { ...options })).meeting_id;
const enter = (meeting_id: number, more: object = {}) =>
  foyer.ok('/user/enter-waiting-room', { meeting_id, ...more });
const list = async (meeting_id: number) => (await foyer.ok('/admin/waiting-room', { meeting_id })).guests;

describe('/admin/create', () => {
  test('answers a meeting number of the usual length, as a number', async () => {
    const { meeting_id, ...rest } = await foyer.ok('/admin/create');
    expect(typeof meeting_id).toBe('number');
    expect(String(meeting_id)).toMatch(/^[1-9]\d{5}$/);
    expect(rest).toEqual({ admission: 'auto', expires_at: expect.stringMatching(ISO) });
  });

  test.each([4, 9, 15])('takes a length of %i digits', async (n_digits) => {
    expect(String(await create({ n_digits }))).toHaveLength(n_digits);
  });

  test('has a length from MEETING_ID_DIGITS', async () => {
    foyer.environment['MEETING_ID_DIGITS'] = '11';
    expect(String(await create())).toHaveLength(11);
  });

  test.each([1, 24, 168])('lasts for %i hours when asked to', async (ttl_hours) => {
    const { expires_at } = await foyer.ok('/admin/create', { ttl_hours });
    const minutesOff = Math.abs(Date.parse(expires_at) - Date.now() - ttl_hours * 3_600_000) / 60_000;
    expect(minutesOff).toBeLessThan(1);
  });

  test('gives the room as many places as asked for, and fifty otherwise', async () => {
    for (const [max_participants, places] of [
      [2, 2],
      [undefined, 50],
    ] as const) {
      const meeting_id = await create({ max_participants });
      const { room_id } = await foyer.ok('/admin/join', { meeting_id });
      expect(await room(room_id)).toMatchObject({ max_participants: places });
    }
  });
});

test('a meeting that admits everybody: guests wait, the host joins, guests join', async () => {
  const meeting_id = await create();
  const guest = await enter(meeting_id);
  expect(guest).toEqual({
    document: expect.stringMatching(/^ET[0-9a-f]{32}$/),
    identity: text,
    token: text,
    connect_options: socketOptions(),
    admission: 'auto',
  });
  const document = await browsers.document(guest);
  expect(document.data).toEqual({ state: 'waiting' });

  const host = await foyer.ok('/admin/join', { meeting_id, name: 'Dr. Åsa 李' });
  expect(host).toEqual({
    room_id: expect.stringMatching(ROOM_SID),
    identity: expect.stringMatching(/:Dr\. Åsa 李$/),
    token: text,
    provider: 'twilio',
    connect_options: videoOptions(),
  });
  const { room_id } = host;
  expect(await seen(document, ({ state }) => state !== 'waiting')).toEqual({ state: 'admitted', room_id });

  const joined = await foyer.ok('/user/join', { meeting_id, room_id, identity: guest.identity });
  expect(joined).toEqual({
    room_id,
    identity: text,
    token: text,
    provider: 'twilio',
    connect_options: videoOptions(),
  });
  expect(joined.identity).not.toBe(guest.identity);
  expect(await foyer.ok('/admin/end', { meeting_id })).toEqual({ meeting_id, state: 'ended' });
  expect(await seen(document, ({ state }) => state === 'ended')).toMatchObject({ state: 'ended' });
});

test('a meeting with manual admission: the host sees who waits and decides on each', async () => {
  const meeting_id = await create({ admission: 'manual' });
  const ann = await enter(meeting_id, { name: 'Ann' });
  const annsDocument = await browsers.document(ann);
  expect(annsDocument.data).toEqual({ state: 'waiting' });

  const waitingRoom = await foyer.ok('/admin/waiting-room', { meeting_id });
  const [{ guest_id }] = waitingRoom.guests;
  const entry = (state: string, name = 'Ann') => ({
    guest_id: text,
    name,
    state,
    entered_at: expect.stringMatching(ISO),
  });
  expect(waitingRoom).toEqual({
    admission: 'manual',
    guests: [entry('waiting')],
    map: expect.stringMatching(/^MP[0-9a-f]{32}$/),
    identity: text,
    token: text,
    connect_options: socketOptions(),
    text_messages: true,
  });
  const map = await browsers.map(waitingRoom);
  expect((await map.get(guest_id)).data).toEqual({ ...waitingRoom.guests[0], place: 1 });

  await enter(meeting_id, { name: 'Bob' });
  const bob = (await list(meeting_id)).find(({ name }: { name: string }) => name === 'Bob');
  expect(await foyer.ok('/admin/explain', { meeting_id, guest_id })).toEqual({
    guest_id,
    state: 'waiting',
    explanation: expect.stringMatching(/^This guest has been waiting since \d{4}-[^.]+\.$/),
  });
  expect(await foyer.ok('/admin/admit', { meeting_id, guest_id })).toEqual({
    guests: [entry('admitted'), entry('waiting', 'Bob')],
  });
  const { room_id } = await foyer.ok('/admin/join', { meeting_id });
  expect(await seen(annsDocument, (data) => 'room_id' in data)).toEqual({ state: 'admitted', room_id });
  expect(await foyer.ok('/admin/deny', { meeting_id, guest_id: bob.guest_id })).toEqual({
    guests: [entry('admitted'), entry('denied', 'Bob')],
  });
  expect(await foyer.ok('/user/join', { meeting_id, room_id, identity: ann.identity })).toMatchObject({
    room_id,
  });
  expect(await foyer.ok('/admin/remove', { meeting_id, guest_id })).toEqual({
    guests: [entry('removed'), entry('denied', 'Bob')],
  });
  expect(await seen(annsDocument, ({ state }) => state === 'denied')).toEqual({ state: 'denied' });
});

test('a guest who leaves is told the meeting number and is off the list', async () => {
  const meeting_id = await create({ admission: 'manual' });
  const { identity } = await enter(meeting_id, { name: 'Ann' });
  expect(await foyer.ok('/user/leave-waiting-room', { meeting_id, identity })).toEqual({ meeting_id });
  expect(await list(meeting_id)).toEqual([]);
});

test('"all: true" decides on everybody who waits', async () => {
  const meeting_id = await create({ admission: 'manual' });
  for (const name of ['Ann', 'Bob']) await enter(meeting_id, { name });
  const { guests } = await foyer.ok('/admin/deny', { meeting_id, all: true });
  expect(guests.map(({ state }: { state: string }) => state)).toEqual(['denied', 'denied']);
});

describe('whichever way the parameters travel', () => {
  const ways: Calling[] = [
    { as: 'json' },
    { as: 'form' },
    { as: 'query' },
    { as: 'json', via: 'functions' },
    { as: 'form', via: 'functions' },
    { as: 'query', via: 'functions' },
  ];
  test.each(ways)('every route understands them: %o', async (way) => {
    if (way.via === 'functions') delete foyer.environment['FRONT_PORT_SECRET'];
    const ok = (path: string, parameters: Record<string, unknown>) => foyer.ok(path, parameters, way);
    const options = { n_digits: 8, admission: 'manual', max_participants: 3, ttl_hours: 2 };
    const { meeting_id, admission } = await ok('/admin/create', options);
    expect([String(meeting_id).length, admission]).toEqual([8, 'manual']);
    const ann = await ok('/user/enter-waiting-room', { meeting_id, name: 'Ann & Bob=ü' });
    const again = await ok('/user/enter-waiting-room', { meeting_id, identity: ann.identity });
    expect(again.document).toBe(ann.document);
    const { room_id } = await ok('/admin/join', { meeting_id, name: 'Host' });
    const { guests } = await ok('/admin/waiting-room', { meeting_id });
    expect(guests).toMatchObject([{ name: 'Ann & Bob=ü' }]);
    const [{ guest_id }] = guests;
    await ok('/admin/deny', { meeting_id, guest_id });
    await ok('/admin/admit', { meeting_id, guest_id });
    await ok('/user/join', { meeting_id, room_id, identity: ann.identity });
    expect(await ok('/admin/remove', { meeting_id, all: true })).toMatchObject({
      guests: [{ state: 'removed' }],
    });
    const { identity } = await ok('/user/enter-waiting-room', { meeting_id });
    await ok('/user/leave-waiting-room', { meeting_id, identity });
    await ok('/admin/end', { meeting_id });
  });

  test('a meeting number is a number or a string of digits, also of fifteen', async () => {
    const meeting_id = await create({ n_digits: 15 });
    for (const written of [meeting_id, String(meeting_id)]) {
      expect(await list(written as number)).toEqual([]);
    }
    for (const written of [meeting_id, String(meeting_id)]) {
      expect(await foyer.ok('/admin/end', { meeting_id: written })).toEqual({ meeting_id, state: 'ended' });
    }
  });

  test('the body wins over the query, and unknown parameters are ignored', async () => {
    const reply = await foyer.ok('/admin/create?n_digits=9&utm_source=x', { n_digits: 5, color: 'red' });
    expect(String(reply.meeting_id)).toHaveLength(5);
  });
});

describe('every answer', () => {
  const answers = [
    ['a success', '/admin/create', {}, 200, 'application/json; charset=utf-8'],
    ['a refusal', '/admin/end', { meeting_id: 'x' }, 400, 'text/plain; charset=utf-8'],
    ['a webhook refused', '/webhooks/sync', {}, 403, 'application/json; charset=utf-8'],
  ] as const;

  test.each(answers)('%s can be read by any page, is not kept, and says what it is', async (...row) => {
    const [, path, parameters, status, type] = row;
    for (const via of ['front', 'functions'] as const) {
      if (via === 'functions') delete foyer.environment['FRONT_PORT_SECRET'];
      const reply = await foyer.call(path, parameters, { via });
      expect([reply.status, reply.headers['content-type']]).toEqual([status, type]);
      expect(reply.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': expect.stringContaining('x-request-id'),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.stringMatching(/^[\w.:-]{1,100}$/),
      });
    }
  });

  test('carries the request id that the client gave, unless it could forge a log line', async () => {
    const idOf = async (given: string, via: 'front' | 'functions') =>
      (await foyer.call('/admin/create', {}, { headers: { 'x-request-id': given }, via })).headers[
        'x-request-id'
      ];
    expect(await idOf('trace-1.a:b', 'front')).toBe('trace-1.a:b');
    delete foyer.environment['FRONT_PORT_SECRET'];
    expect(await idOf('trace-1.a:b', 'functions')).toBe('trace-1.a:b');
    for (const bad of ['a b', '{"status":200}', 'x'.repeat(101)]) {
      expect(await idOf(bad, 'functions')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('names sockets at the address by which the browser came', async () => {
    const meeting_id = await create();
    const optionsFor = async (headers: Record<string, string>, path = '/user/enter-waiting-room') =>
      (await foyer.ok(path, { meeting_id }, { headers })).connect_options;
    const lan = { host: '192.0.2.10:3000' };
    expect(await optionsFor(lan)).toEqual({ twilsock: { uri: 'ws://192.0.2.10:3000/v3/wsconnect' } });
    const tunnel = { 'x-forwarded-host': 'meet.example', 'x-forwarded-proto': 'https' };
    expect(await optionsFor(tunnel)).toEqual({ twilsock: { uri: 'wss://meet.example/v3/wsconnect' } });
    expect(await optionsFor(tunnel, '/admin/join')).toMatchObject({
      wsServer: 'wss://meet.example/signaling',
    });
    expect(await optionsFor(tunnel, '/admin/waiting-room')).toEqual({
      twilsock: { uri: 'wss://meet.example/v3/wsconnect' },
    });
  });

  test('leaves the sockets to the vendor when nothing is emulated', async () => {
    const meeting_id = await create();
    const { identity } = await enter(meeting_id);
    const { room_id } = await foyer.ok('/admin/join', { meeting_id });
    // Joining asks nothing of Twilio Video, so that nobody notices that it is not there.
    foyer.environment['VIDEO_API_URL'] = '';
    const { connect_options } = await foyer.ok('/user/join', { meeting_id, room_id, identity });
    expect(connect_options).toEqual({});
  });
});

/** The video room as the vendor's API has it. */
async function room(sid: string): Promise<unknown> {
  const { ACCOUNT_SID, AUTH_TOKEN } = foyer.environment;
  const authorization = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;
  return (await fetch(`${foyer.videoOrigin}/v1/Rooms/${sid}`, { headers: { authorization } })).json();
}
