/** A test of the connection before a meeting: who may have one, and what its token opens, which is nothing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Runtime, startRuntime } from '../support/runtime';

let foyer: Runtime;
beforeAll(async () => {
  foyer = await startRuntime();
});
afterEach(() => foyer.restore());
afterAll(() => foyer.close());

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown> & {
    readonly iat: number;
    readonly exp: number;
  };
const create = async (): Promise<number> =>
  (await foyer.ok('/admin/create', { admission: 'manual' })).meeting_id;
const from = (client: number) => ({ headers: { 'x-forwarded-for': `198.51.100.${client}` } });
const tries = (meeting_id: unknown, client = 1) =>
  foyer.call('/user/test-connection', { meeting_id }, from(client));

test('needs no ticket, and the host need not be there', async () => {
  const meeting_id = await create();
  const { status, text } = await tries(meeting_id);
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({
    provider: 'twilio',
    room_id: expect.stringMatching(/^RM[0-9a-f]{32}$/),
    identity: expect.stringMatching(/^test-[0-9a-f]{32}$/),
    connect_options: expect.any(Object),
  });
});

test('makes no room and nobody waits: the vendor’s rooms are not asked at all', async () => {
  const meeting_id = await create();
  const before = JSON.stringify(foyer.video.stats);
  await tries(meeting_id);
  expect(JSON.stringify(foyer.video.stats)).toBe(before);
  expect((await foyer.ok('/admin/waiting-room', { meeting_id })).guests).toEqual([]);
});

test('its token is for two minutes and one identity, and names no room that is there', async () => {
  const meeting_id = await create();
  const { room_id: meetingRoom } = await foyer.ok('/admin/join', { meeting_id });
  const [one, other] = await Promise.all([tries(meeting_id), tries(meeting_id)]);
  const passes = [one, other].map(({ text }) => JSON.parse(text));
  for (const { token, room_id, identity } of passes) {
    const { grants, iat, exp } = claimsOf(token);
    expect(grants).toEqual({ identity, video: { room: room_id } });
    expect(exp - iat).toBe(120);
    expect(room_id).not.toBe(meetingRoom);
  }
  expect(passes[0].room_id).not.toBe(passes[1].room_id);
  expect(passes[0].identity).not.toBe(passes[1].identity);
});

test('wrong numbers count as guesses, as they do in the waiting room', async () => {
  for (let count = 0; count < 22; count += 1) {
    await foyer.call('/user/enter-waiting-room', { meeting_id: 987_654_320 + count }, from(77));
  }
  // An instance looks a client up once it has seen it miss itself.
  expect(await tries(987_654_300, 77)).toMatchObject({ status: 404 });
  expect(await tries(987_654_301, 77)).toMatchObject({
    status: 429,
    text: expect.stringContaining('too many wrong meeting numbers'),
  });
  expect((await tries(987_654_300, 78)).status).toBe(404);
});

test('one client tests ten times and waits then; others do not', async () => {
  const meeting_id = await create();
  for (let count = 0; count < 10; count += 1) expect((await tries(meeting_id, 5)).status).toBe(200);
  const { status, text, headers } = await tries(meeting_id, 5);
  expect({ status, text }).toMatchObject({
    status: 429,
    text: expect.stringMatching(/^Error: too many tests of the connection\. Try again in \d+ seconds\.$/),
  });
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect((await tries(meeting_id, 6)).status).toBe(200);
});

test('is over with the meeting', async () => {
  const meeting_id = await create();
  await foyer.ok('/admin/end', { meeting_id });
  expect(await tries(meeting_id, 8)).toMatchObject({ status: 403, text: expect.stringMatching(/^Error: /) });
});

test('at LiveKit it opens a room of its own for one, to send to and nothing else, for two minutes', async () => {
  Object.assign(foyer.environment, { MEETINGS_PROVIDER: 'livekit' });
  const meeting_id = await create();
  const pass = (await tries(meeting_id, 9)).json;
  expect(pass).toMatchObject({ provider: 'livekit', livekit_url: expect.any(String) });
  const { video, exp, sub, roomConfig } = claimsOf(pass.token);
  expect(pass.room_id).toMatch(/^test-[0-9a-f]{32}$/);
  expect(sub).toBe(pass.identity);
  expect(video).toEqual({
    room: pass.room_id,
    roomJoin: true,
    canPublish: true,
    canSubscribe: false,
    canPublishData: false,
  });
  expect(roomConfig).toMatchObject({ maxParticipants: 1, departureTimeout: 1 });
  expect(exp - Date.now() / 1000).toBeLessThanOrEqual(120);
  foyer.livekit.join(pass.token);
  // A second one, with the same token, takes the first one's place: there are never two.
  foyer.livekit.join(pass.token);
});

describe('at 100ms', () => {
  const at100ms = { MEETINGS_PROVIDER: '100ms' };

  test('it is the room that 100ms keeps for tests, and nothing of the account or the meeting', async () => {
    Object.assign(foyer.environment, at100ms);
    const meeting_id = await create();
    const { room_id: meetingRoom } = await foyer.ok('/admin/join', { meeting_id });
    const { status, json: pass } = await tries(meeting_id, 10);
    expect(status).toBe(200);
    const { room_id, user_id, access_key } = claimsOf(pass.token);
    expect(pass).toMatchObject({ provider: '100ms', room_id, identity: user_id });
    expect(pass.connect_options).toEqual({ initEndpoint: expect.any(String) });
    expect(room_id).not.toBe(meetingRoom);
    expect(access_key).not.toBe(foyer.environment['HMS_ACCESS_KEY']);
    expect(foyer.hms.stats['GET /diagnostics/token']).toBe(1);
  });

  test.each([
    ['has no such room', 404, { code: 404, message: 'path not found' }, 403],
    ['answers something else', 200, { token: 'not one' }, 403],
    ['fails', 500, {}, 503],
  ] as const)('where 100ms %s, people are told so, and no more', async (_, said, body, status) => {
    const credentials: unknown[] = [];
    const broken = createServer((request, response) => {
      credentials.push(request.headers.authorization);
      response.writeHead(said, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    try {
      await new Promise((listening) => broken.once('listening', listening));
      const { port } = broken.address() as AddressInfo;
      Object.assign(foyer.environment, at100ms, { HMS_API_URL: `http://127.0.0.1:${port}/v2` });
      const meeting_id = await create();
      const answer = await tries(meeting_id, 11 + said);
      expect(answer).toMatchObject({ status, text: expect.stringMatching(/^Error: /) });
      expect(answer.text).not.toMatch(/not one|path not found/);
      expect(new Set(credentials)).toEqual(new Set([undefined]));
    } finally {
      broken.close();
    }
  });
});
