/** Nothing that anybody sends makes the emulator answer 5xx, fall over, or harm those who behave. */
import * as fc from 'fast-check';
import { accessToken, CREDENTIALS, startEmulator, type Emulated } from './twilio-video-account';
import { settle, Tab } from './twilio-video-tab';

const BASIC = Buffer.from(`${CREDENTIALS.accountSid}:${CREDENTIALS.authToken}`).toString('base64');

let video: Emulated;

beforeEach(async () => {
  video = await startEmulator();
  await video.rooms.create({ uniqueName: 'standup' });
});

afterEach(() => video.emulator.close());

const FIELDS =
  'UniqueName Type MaxParticipants EmptyRoomTimeout UnusedRoomTimeout Status Identity MaxParticipantDuration ' +
  'StatusCallback StatusCallbackMethod VideoCodecs AudioOnly RecordingRules MediaRegion Page PageSize PageToken ' +
  'DateCreatedAfter DateCreatedBefore __proto__ request';
const field = fc.constantFrom(...FIELDS.split(' '));
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '1e400',
    '-1',
    '0',
    'null',
    '[]',
    '{}',
    'in-progress',
    'completed',
    'disconnected',
    'PA',
    'true',
  ),
  fc.integer().map(String),
  fc.string({ minLength: 200, maxLength: 2000 }),
);
const path = fc
  .array(
    fc.oneof(fc.constantFrom('v1', 'Rooms', 'standup', 'Participants', '%', '..', '%00'), fc.webSegment()),
    {
      maxLength: 7,
    },
  )
  .map((parts) => `/${parts.join('/')}`);
const rooms = fc.constantFrom('/v1/Rooms', '/v1/Rooms/standup', '/v1/Rooms/standup/Participants');

test('no request is answered with 5xx, and every refusal has the vendor’s shape', async () => {
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH'),
    path: fc.oneof(path, rooms),
    fields: fc.array(fc.tuple(field, value), { maxLength: 6 }).map((pairs) => new URLSearchParams(pairs)),
  });
  const check = async (sent: { method: string; path: string; fields: URLSearchParams }): Promise<void> => {
    const isPost = sent.method === 'POST';
    const url = `${video.origin}${sent.path}${isPost ? '' : `?${sent.fields.toString()}`}`;
    const response = await fetch(url, {
      method: sent.method,
      headers: { authorization: `Basic ${BASIC}` },
      ...(isPost && { body: sent.fields }),
    });
    expect(response.status).toBeLessThan(500);
    const body: unknown = await response.json();
    if (!response.ok) {
      expect(body).toEqual({
        code: expect.any(Number),
        message: expect.any(String),
        more_info: expect.any(String),
        status: response.status,
      });
    }
  };
  await fc.assert(fc.asyncProperty(request, check), { numRuns: 400 });
  expect(video.log).toEqual([]);
});

test('no message on a socket harms those who behave', async () => {
  const alice = await Tab.join(video.origin, {
    token: accessToken('alice'),
    name: 'standup',
    tracks: [{ id: 'cam' }],
  });
  const body = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        type: fc.constantFrom('connect', 'sync', 'update', 'disconnect', 'ice', 'hello', 'toString'),
        token: fc.oneof(fc.string(), fc.constant(accessToken('mallory'))),
        session: fc.oneof(fc.string(), fc.constant(alice.session)),
        name: fc.oneof(fc.string(), fc.constant('standup')),
        participant: fc.oneof(
          fc.jsonValue(),
          fc.constant({ revision: 5, tracks: [{ id: 'x', kind: 'audio', name: '' }] }),
        ),
        peer_connections: fc.oneof(
          fc.jsonValue(),
          fc.array(
            fc
              .constantFrom(...alice.peers.keys(), 'x')
              .map((id) => ({ id, description: { type: 'offer', revision: 2 } })),
          ),
        ),
      },
      { requiredKeys: ['type'] },
    ),
  );
  const check = async (bodies: unknown[]): Promise<void> => {
    const mallory = await Tab.join(video.origin, { token: accessToken('mallory'), name: 'standup' });
    for (const sent of bodies) mallory.raw(JSON.stringify({ type: 'msg', body: sent }));
    await settle([mallory, alice]);
    mallory.close();
    expect(alice.phase).toBe('connected');
  };
  await fc.assert(fc.asyncProperty(fc.array(body, { maxLength: 8 }), check), { numRuns: 100 });
  expect(video.log.filter((line) => line.includes('bug'))).toEqual([]);
  alice.close();
});
