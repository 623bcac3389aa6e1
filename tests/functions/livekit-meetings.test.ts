/** Persistent LiveKit meetings (seed 004) over HTTP, at the seed's own addresses. */
import { createHash } from 'node:crypto';
import { TokenVerifier } from 'livekit-server-sdk';
import { signToken } from '../../emulator/livekit/tokens';
import { type Reply, send } from '../support/http';
import { type Parameters, type Runtime, startRuntime } from '../support/runtime';
import { Wire } from '../support/wire';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const BASE = '/api/v1/meetings';
const ID = /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/;
const SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const create = async (parameters: Parameters = {}): Promise<string> =>
  (await foyer.ok(`${BASE}/create`, parameters)).meeting_id;
const join = (id: string, user_name = 'Ann'): Promise<Reply['json']> =>
  foyer.ok(`${BASE}/${id}/join`, { user_name });
const read = async (id: string, what: 'info' | 'exists' | 'participants'): Promise<Reply['json']> =>
  (await foyer.verb('GET', `${BASE}/${id}/${what}`)).json;
const remove = (id: string): Promise<Reply> => foyer.verb('DELETE', `${BASE}/${id}`);
const said = ({ status, json }: Reply) => [status, json];
const NOT_FOUND = [404, { detail: 'Meeting not found' }];

/** Asks until it is so: the vendor tells us a moment later. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 3000; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`still not so: ${isSo.toString()}`);
}

function claimsOf(token: string) {
  const { LIVEKIT_API_KEY = '', LIVEKIT_API_SECRET = '' } = foyer.environment;
  return new TokenVerifier(LIVEKIT_API_KEY, LIVEKIT_API_SECRET).verify(token);
}

test('the meeting API, from creating to deleting, in the order and the words of the seed', async () => {
  const livekit_url = foyer.environment['LIVEKIT_URL']?.replace('http', 'ws');
  const created = await foyer.ok(`${BASE}/create`);
  const { meeting_id, created_at } = created;
  expect(created).toEqual({
    meeting_id: expect.stringMatching(ID),
    meeting_link: `${foyer.origin}/meeting/${meeting_id}`,
    created_at: expect.stringMatching(SECONDS),
    livekit_url,
  });

  const joined = await join(meeting_id, 'John Doe');
  expect(joined).toEqual({
    provider: 'livekit',
    token: expect.any(String),
    meeting_id,
    user_name: 'John Doe',
    livekit_url,
    user_id: expect.stringMatching(/^john_doe_[0-9a-f]{8}$/),
    connect_options: {},
  });
  const john = foyer.livekit.join(joined.token);

  expect(await read(meeting_id, 'info')).toEqual({
    meeting_id,
    exists: true,
    num_participants: 1,
    created_at,
    max_participants: 50,
  });
  expect(await read(meeting_id, 'exists')).toEqual({ exists: true, meeting_id });
  const { participants, ...rest } = await read(meeting_id, 'participants');
  expect(rest).toEqual({ meeting_id, count: 1 });
  expect(participants).toEqual([
    {
      sid: john.sid,
      identity: joined.user_id,
      name: 'John Doe',
      state: 'ACTIVE',
      joined_at: expect.any(Number),
    },
  ]);
  expect(Math.abs(participants[0].joined_at - Date.now() / 1000)).toBeLessThan(60);

  expect(said(await remove(meeting_id))).toEqual([
    200,
    { success: true, message: 'Meeting deleted successfully', meeting_id },
  ]);
  expect(john.reason).toBeDefined();
  expect(await read(meeting_id, 'exists')).toEqual({ exists: false, meeting_id });
  expect(said(await foyer.verb('GET', `${BASE}/${meeting_id}/info`))).toEqual(NOT_FOUND);
  expect(said(await foyer.verb('GET', `${BASE}/${meeting_id}/participants`))).toEqual(NOT_FOUND);
  expect(said(await foyer.call(`${BASE}/${meeting_id}/join`, { user_name: 'John Doe' }))).toEqual(NOT_FOUND);
  expect(said(await remove(meeting_id))).toEqual(NOT_FOUND);
});

test('as plain functions, with meeting_id as a parameter, by JSON, form or query', async () => {
  const meeting_id = await create();
  for (const as of ['json', 'form', 'query'] as const) {
    const { user_id } = await foyer.ok(`${BASE}/join`, { meeting_id, user_name: 'Ann' }, { as });
    expect(user_id).toMatch(/^ann_/);
    for (const what of ['info', 'exists', 'participants'])
      expect(await foyer.ok(`${BASE}/${what}`, { meeting_id }, { as })).toMatchObject({ meeting_id });
  }
  expect((await foyer.verb('GET', `${BASE}/exists?meeting_id=${meeting_id}`)).json.exists).toBe(true);
  expect(await foyer.ok(`${BASE}/delete`, { meeting_id })).toMatchObject({ success: true });
});

test('the address cannot be contradicted by a parameter', async () => {
  const [one, other] = [await create(), await create()];
  const reply = await foyer.call(`${BASE}/${one}/join`, { user_name: 'Ann', meeting_id: other });
  expect(said(reply)).toEqual([
    400,
    { detail: expect.stringMatching(/meeting_id is in the address already/) },
  ]);
  const query = await foyer.verb('DELETE', `${BASE}/${one}?meeting_id=${other}`);
  expect(query.status).toBe(400);
  expect((await read(one, 'exists')).exists && (await read(other, 'exists')).exists).toBe(true);
});

test('a wrong verb, or an address that is none, is said in the shape of the family', async () => {
  const id = await create();
  for (const [verb, path, allow] of [
    ['GET', `/${id}/join`, 'POST, OPTIONS'],
    ['POST', `/${id}/info`, 'GET, OPTIONS'],
    ['PUT', `/${id}`, 'DELETE, OPTIONS'],
    ['GET', '/create', 'POST, OPTIONS'],
    ['DELETE', '/info', 'GET, POST, OPTIONS'],
  ] as const) {
    const reply = await foyer.verb(verb, BASE + path);
    expect([path, reply.status, reply.headers['allow']]).toEqual([path, 405, allow]);
    expect(reply.json).toEqual({ detail: expect.stringContaining(verb) });
  }
  const preflight = await foyer.verb('OPTIONS', `${BASE}/${id}`);
  expect([preflight.status, preflight.headers['access-control-allow-methods']]).toEqual([
    204,
    'DELETE, OPTIONS',
  ]);
});

test('what is no meeting is not found, and only "exists" says so with a 200', async () => {
  for (const id of ['abc-defg-hij', 'nonexistent', 'ABC-DEFG-HIJ', '%C3%A5', '1', 'x'.repeat(64)]) {
    for (const what of ['info', 'participants'])
      expect(said(await foyer.verb('GET', `${BASE}/${id}/${what}`))).toEqual(NOT_FOUND);
    expect(said(await foyer.call(`${BASE}/${id}/join`, { user_name: 'Ann' }))).toEqual(NOT_FOUND);
    expect(said(await remove(id))).toEqual(NOT_FOUND);
    expect(await read(id, 'exists')).toEqual({ exists: false, meeting_id: decodeURIComponent(id) });
  }
  expect((await foyer.verb('GET', `${BASE}/${'x'.repeat(65)}/exists`)).status).toBe(400);
});

test.each([
  ['John Doe', /^john_doe_/],
  ['  Åsa\t Öberg ', /^asa_oberg_/, 'Åsa Öberg'],
  ['李小龍', /^user_/],
  ['محمد', /^user_/],
  ['👩‍👩‍👧‍👦', /^user_/],
  ['__--__', /^user_/],
  ["Robert'); DROP TABLE--", /^robert_drop_table_/],
  ['x', /^x_/],
  ['x'.repeat(200), /^x{40}_/],
  ['🎥'.repeat(200), /^user_/],
])('somebody called %s joins', async (name, user, shown = name) => {
  const { token, user_name, user_id } = await join(await create(), name);
  expect(user_name).toBe(shown);
  expect(user_id).toMatch(new RegExp(`${user.source}[0-9a-f]{8}$`));
  const { sub, name: carried = '', video } = await claimsOf(token);
  expect(sub).toBe(user_id);
  expect(shown.startsWith(carried) && carried !== '').toBe(true);
  expect(video).toEqual({
    room: expect.any(String),
    roomJoin: true,
    canPublish: true,
    canSubscribe: true,
    canPublishData: true,
  });
});

test('two people of one name are two', async () => {
  const id = await create();
  const tokens = [(await join(id)).token, (await join(id)).token];
  for (const token of tokens) foyer.livekit.join(token);
  const { participants } = await read(id, 'participants');
  expect(participants.map(({ name }: { name: string }) => name)).toEqual(['Ann', 'Ann']);
  expect(new Set(participants.map(({ identity }: { identity: string }) => identity)).size).toBe(2);
});

test('fifty people find a place, and the fifty-first is told that there is none', async () => {
  const id = await create();
  const everybody = await Promise.all(Array.from({ length: 51 }, (_, i) => join(id, `Guest ${i}`)));
  const present = everybody.slice(0, 50).map(({ token }) => foyer.livekit.join(token));
  expect(await read(id, 'info')).toMatchObject({ num_participants: 50, max_participants: 50 });
  // Who was given a token while there was still a place is turned away by LiveKit itself.
  expect(() => foyer.livekit.join(everybody[50].token)).toThrow();
  const late = await foyer.call(`${BASE}/${id}/join`, { user_name: 'Late' });
  expect(said(late)).toEqual([
    403,
    { detail: expect.stringMatching(/^this meeting is full: it has 50 places/) },
  ]);
  present[0]?.leave();
  foyer.livekit.join((await join(id, 'Late')).token);
});

test('the number of places is chosen when creating', async () => {
  const id = await create({ max_participants: 2 });
  foyer.livekit.join((await join(id)).token);
  foyer.livekit.join((await join(id)).token);
  expect((await foyer.call(`${BASE}/${id}/join`, { user_name: 'Late' })).status).toBe(403);
  expect(await read(id, 'info')).toMatchObject({ max_participants: 2, num_participants: 2 });
});

test('a meeting outlives its room, which is made anew', async () => {
  const id = await create({ max_participants: 3 });
  const { token } = await join(id);
  foyer.livekit.join(token).leave();
  foyer.clock.advance(24 * 3_600_000);
  expect(await read(id, 'info')).toMatchObject({ exists: true, num_participants: 0 });
  const [ann, bob] = [await join(id, 'Ann'), await join(id, 'Bob')];
  for (const guest of [ann, bob]) foyer.livekit.join(guest.token);
  expect(await read(id, 'info')).toMatchObject({ num_participants: 2, max_participants: 3 });
});

test('a token from before a deletion brings no meeting back: whoever uses it is put out', async () => {
  const id = await create();
  const { token } = await join(id);
  await remove(id);
  const back = foyer.livekit.join(token);
  await until(() => back.reason !== undefined);
  await until(() => (foyer.livekit.stats['DeleteRoom'] ?? 0) > 0);
});

test('links lead to FRONTEND_URL, or to where the caller came by; there is a page there', async () => {
  const through = { 'x-forwarded-host': 'meet.example', 'x-forwarded-proto': 'https' };
  const link = async () => (await foyer.ok(`${BASE}/create`, {}, { headers: through })).meeting_link;
  expect(await link()).toMatch(/^https:\/\/meet\.example\/meeting\/[a-z-]{12}$/);
  for (const url of ['https://app.example', 'https://app.example/', 'https://app.example//']) {
    foyer.environment['FRONTEND_URL'] = url;
    expect(await link()).toMatch(/^https:\/\/app\.example\/meeting\/[a-z-]{12}$/);
  }
});

test('without a front port, which alone has addresses with ids, links lead to the page itself', async () => {
  // As deployed.
  delete foyer.environment['FRONT_PORT_SECRET'];
  const link = async () => (await foyer.ok(`${BASE}/create`, {}, { via: 'functions' })).meeting_link;
  expect(await link()).toMatch(/^http:\/\/[^/]+\/livekit-meeting\.html#[a-z-]{12}$/);
  foyer.environment['FRONTEND_URL'] = 'https://app.example';
  expect(await link()).toMatch(/^https:\/\/app\.example\/meeting\/[a-z-]{12}$/);
});

test('operators alone create and delete; whoever has the link joins and looks', async () => {
  const id = await create();
  foyer.environment['ADMIN_API_KEY'] = 'right-key';
  for (const reply of [await foyer.call(`${BASE}/create`), await remove(id)])
    expect(said(reply)).toEqual([401, { detail: expect.stringMatching(/^this is for operators/) }]);
  await join(id);
  for (const what of ['info', 'exists', 'participants'] as const)
    expect(await read(id, what)).toMatchObject({ meeting_id: id });
  const authorization = 'Bearer right-key';
  expect((await foyer.verb('DELETE', `${BASE}/${id}`, { authorization })).status).toBe(200);
});

test('200 meetings created at once are 200 meetings', async () => {
  const ids = await Promise.all(Array.from({ length: 200 }, () => create()));
  expect(new Set(ids).size).toBe(200);
}, 30_000);

describe('when LiveKit', () => {
  test('has another key, the answer is an error of ours in the words of the seed', async () => {
    const id = await create();
    foyer.environment['LIVEKIT_API_SECRET'] = 'another secret of at least thirty-two characters';
    const reply = await foyer.call(`${BASE}/${id}/join`, { user_name: 'Ann' });
    expect(said(reply)).toEqual([
      500,
      { detail: expect.stringMatching(/^Failed to join meeting: something/) },
    ]);
    expect((await read(id, 'exists')).exists).toBe(true);
  });

  test('is not configured, creating says what is missing', async () => {
    for (const name of ['LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET', 'LIVEKIT_URL']) foyer.environment[name] = '';
    const reply = await foyer.call(`${BASE}/create`);
    expect(said(reply)).toEqual([
      500,
      { detail: expect.stringMatching(/^Failed to create meeting: .*LIVEKIT_API_KEY.*missing/) },
    ]);
  });

  test('is down, trying again helps, and a deletion begun is finished then', async () => {
    const id = await create();
    const { token } = await join(id);
    const ann = foyer.livekit.join(token);
    const wire = new Wire();
    foyer.environment['LIVEKIT_URL'] = await wire.to(foyer.environment['LIVEKIT_URL'] ?? '');
    wire.fail({ fault: 503, moment: 'before', from: 1, to: 1000 });
    const again = [503, { detail: expect.stringMatching(/try again/i) }];
    expect(said(await foyer.call(`${BASE}/${id}/join`, { user_name: 'Bob' }))).toEqual(again);
    expect(said(await foyer.verb('GET', `${BASE}/${id}/info`))).toEqual(again);
    expect((await read(id, 'exists')).exists).toBe(true);
    expect(said(await remove(id))).toEqual(again);
    expect((await read(id, 'exists')).exists).toBe(false);
    expect(ann.reason).toBeUndefined();
    wire.clear();
    expect((await remove(id)).status).toBe(200);
    expect(ann.reason).toBeDefined();
    expect(said(await remove(id))).toEqual(NOT_FOUND);
    await wire.close();
  }, 60_000);
});

describe('POST /webhooks/livekit', () => {
  /** Tells of an event, signed as LiveKit signs. */
  function tell(event: object): Promise<Reply> {
    const { LIVEKIT_API_KEY = '', LIVEKIT_API_SECRET = '' } = foyer.environment;
    const body = JSON.stringify(event);
    const sha256 = createHash('sha256').update(body).digest('base64');
    const claims = { iss: LIVEKIT_API_KEY, exp: Math.floor(Date.now() / 1000) + 300, sha256 };
    const authorization = signToken(claims, LIVEKIT_API_SECRET);
    const headers = { authorization, 'content-type': 'application/webhook+json' };
    return send(`${foyer.origin}/webhooks/livekit`, { headers, body });
  }
  const handedOn = (): number =>
    foyer.printed().filter((line) => line.includes('"route":"/webhooks/livekit-event"')).length;

  test('is told once, however often an event comes, unless it could not be dealt with', async () => {
    const event = { event: 'room_started', room: { name: 'abc-defg-hij-1' }, id: 'EV_twice' };
    foyer.printed();
    const replies = await Promise.all([tell(event), tell(event), tell(event)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(handedOn()).toBe(1);

    foyer.environment['SYNC_SERVICE_SID'] = '';
    const failed = { ...event, id: 'EV_failed' };
    expect((await tell(failed)).status).toBe(500);
    foyer.restore();
    expect((await tell(failed)).status).toBe(200);
    expect(handedOn()).toBe(2);
  });

  test('takes whatever else LiveKit tells of, in any order, and lets it be', async () => {
    const room = { name: 'daily', sid: 'RM_x', numParticipants: 3 };
    for (const event of [
      { event: 'room_finished', room },
      { event: 'participant_left', room, participant: { sid: 'PA_x', identity: 'ann' } },
      { event: 'participant_joined', room, participant: { sid: 'PA_x', identity: 'ann' } },
      { event: 'track_published', room, track: {} },
      { event: 'egress_ended', egressInfo: {} },
      { event: 'of a later version' },
      { event: 'room_started' },
    ]) {
      expect(said(await tell(event))).toEqual([200, {}]);
    }
  });

  test('is LiveKit’s alone, and so is the function behind it', async () => {
    for (const path of ['/webhooks/livekit', '/webhooks/livekit-event']) {
      const headers = { 'x-foyer-signed-by': 'livekit' };
      const reply = await foyer.call(path, { event: 'room_started', room_name: 'x' }, { headers });
      expect(said(reply)).toEqual([403, { message: 'this request is not signed by LiveKit.' }]);
    }
    delete foyer.environment['FRONT_PORT_SECRET'];
    const headers = { 'x-foyer-signed-by': 'livekit' };
    const direct = await foyer.call('/webhooks/livekit-event', { event: 'x' }, { via: 'functions', headers });
    expect(direct.status).toBe(403);
  });
});
