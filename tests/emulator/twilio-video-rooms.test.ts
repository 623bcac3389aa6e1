/** The Rooms resource as the `twilio` SDK and plain HTTP see it. */
import { ManualClock } from '../../emulator/twilio/clock';
import { CREDENTIALS, restClient, startEmulator, type Emulated } from './twilio-video-account';

const MINUTE_MS = 60_000;

let clock: ManualClock;
let video: Emulated;

beforeEach(async () => {
  clock = new ManualClock();
  video = await startEmulator({ clock });
});

afterEach(() => video.emulator.close());

const BASIC = Buffer.from(`${CREDENTIALS.accountSid}:${CREDENTIALS.authToken}`).toString('base64');

const http = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${video.origin}${path}`, { ...init, headers: { authorization: `Basic ${BASIC}` } });

const post = (path: string, form: Record<string, string>): Promise<Response> =>
  http(path, { method: 'POST', body: new URLSearchParams(form) });

const refused = (status: number, code: number): Record<string, unknown> =>
  expect.objectContaining({ status, code });

describe('a room that is created', () => {
  test('has the fields, formats and defaults of the published API description', async () => {
    const response = await post('/v1/Rooms', { UniqueName: 'standup' });
    expect(response.status).toBe(201);
    const room = (await response.json()) as Record<string, unknown>;
    const now = new Date(clock.now()).toISOString().replace(/\.\d+/, '');
    const url = `${video.origin}/v1/Rooms/${String(room['sid'])}`;
    expect(room).toEqual({
      sid: expect.stringMatching(/^RM[0-9a-f]{32}$/),
      account_sid: CREDENTIALS.accountSid,
      unique_name: 'standup',
      status: 'in-progress',
      type: 'group',
      date_created: now,
      date_updated: now,
      end_time: null,
      duration: null,
      max_participants: 50,
      max_participant_duration: 14_400,
      max_concurrent_published_tracks: 170,
      empty_room_timeout: 5,
      unused_room_timeout: 5,
      status_callback: null,
      status_callback_method: 'POST',
      record_participants_on_connect: false,
      video_codecs: ['H264', 'VP8'],
      media_region: 'us1',
      audio_only: false,
      large_room: false,
      enable_turn: true,
      url,
      links: {
        participants: `${url}/Participants`,
        recordings: `${url}/Recordings`,
        recording_rules: `${url}/RecordingRules`,
        transcriptions: `${url}/Transcriptions`,
      },
    });
  });

  test('keeps what its creator chose', async () => {
    const chosen = {
      uniqueName: 'board',
      type: 'group',
      maxParticipants: 3,
      emptyRoomTimeout: 1,
      unusedRoomTimeout: 60,
      maxParticipantDuration: 600,
      statusCallback: 'https://example.com/hook',
      statusCallbackMethod: 'GET',
      videoCodecs: ['VP8'],
      mediaRegion: 'de1',
    } as const;
    const room = await video.rooms.create({ ...chosen, videoCodecs: ['VP8'] });
    expect(await video.rooms(room.sid).fetch()).toMatchObject(chosen);
  });

  test('is named by its SID if nobody named it', async () => {
    const room = await video.rooms.create();
    expect(room.uniqueName).toBe(room.sid);
  });
});

test.each([
  [53101, { UniqueName: 'x'.repeat(129) }],
  [53102, { UniqueName: 'two\nlines' }],
  [53107, { MaxParticipants: '0' }],
  [53107, { MaxParticipants: '51' }],
  [53107, { MaxParticipants: '1e1' }],
  [53107, { MaxParticipants: '-1' }],
  [53108, { Type: 'cinema' }],
  [53109, { EmptyRoomTimeout: '61' }],
  [53109, { UnusedRoomTimeout: '0' }],
  [53109, { UnusedRoomTimeout: '1.5' }],
  [53110, { StatusCallbackMethod: 'PUT' }],
  [53111, { StatusCallback: 'not a url' }],
  [53111, { StatusCallback: 'ftp://example.com/' }],
  [53115, { MediaRegion: 'moon1' }],
  [53123, { MaxParticipantDuration: '599' }],
  [53123, { MaxParticipantDuration: '86401' }],
  [53126, { Type: 'peer-to-peer' }],
  [53126, { Type: 'go' }],
  [53126, { Type: 'group-small' }],
  [20001, { AudioOnly: 'perhaps' }],
  [20001, { VideoCodecs: 'AV1' }],
  [20001, { RecordingRules: '{' }],
])('answers %i to %j and creates nothing', async (code, form) => {
  const response = await post('/v1/Rooms', form);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({
    code,
    message: expect.any(String),
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status: 400,
  });
  expect(await video.rooms.list()).toEqual([]);
});

describe('a unique name', () => {
  test('is refused to a second room while the first is in progress, however many ask at once', async () => {
    const asked = Array.from({ length: 10 }, () => video.rooms.create({ uniqueName: 'standup' }));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refused(400, 53113));
    }
  });

  test('is free again once its room is completed', async () => {
    const first = await video.rooms.create({ uniqueName: 'standup' });
    await video.rooms('standup').update({ status: 'completed' });
    const second = await video.rooms.create({ uniqueName: 'standup' });
    expect(second.sid).not.toBe(first.sid);
    expect((await video.rooms('standup').fetch()).sid).toBe(second.sid);
    expect((await video.rooms(first.sid).fetch()).status).toBe('completed');
  });

  test('finds its room only while the room is in progress', async () => {
    const room = await video.rooms.create({ uniqueName: 'a name with spaces & ümläuts' });
    expect((await video.rooms('a name with spaces & ümläuts').fetch()).sid).toBe(room.sid);
    await video.rooms(room.sid).update({ status: 'completed' });
    await expect(video.rooms('a name with spaces & ümläuts').fetch()).rejects.toEqual(refused(404, 20404));
  });
});

describe('completing a room', () => {
  test('is accepted with 202, and shows when and after how long it ended', async () => {
    const { sid } = await video.rooms.create();
    clock.advance(90_000);
    const response = await post(`/v1/Rooms/${sid}`, { Status: 'completed' });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ status: 'completed', duration: 90 });
    expect((await video.rooms(sid).fetch()).endTime.getTime()).toBe(Math.floor(clock.now() / 1000) * 1000);
  });

  test('a second time is refused, as is any other status', async () => {
    const { sid } = await video.rooms.create();
    expect(await (await post(`/v1/Rooms/${sid}`, { Status: 'paused' })).json()).toEqual(refused(400, 53112));
    expect(await (await post(`/v1/Rooms/${sid}`, {})).json()).toEqual(refused(400, 53112));
    await video.rooms(sid).update({ status: 'completed' });
    await expect(video.rooms(sid).update({ status: 'completed' })).rejects.toEqual(refused(400, 53112));
  });
});

describe('a room that nobody joins', () => {
  test('is completed after its unused-room timeout, not before', async () => {
    const { sid } = await video.rooms.create({ unusedRoomTimeout: 2 });
    clock.advance(2 * MINUTE_MS - 1);
    expect((await video.rooms(sid).fetch()).status).toBe('in-progress');
    clock.advance(1);
    expect(await video.rooms(sid).fetch()).toMatchObject({ status: 'completed', duration: 120 });
  });
});

describe('the list of rooms', () => {
  test('shows rooms in progress, newest first, unless asked for others', async () => {
    const older = await video.rooms.create({ uniqueName: 'older' });
    const newer = await video.rooms.create({ uniqueName: 'newer' });
    const ended = await video.rooms.create({ uniqueName: 'ended' });
    await video.rooms(ended.sid).update({ status: 'completed' });
    const sids = async (filter: Parameters<typeof video.rooms.list>[0] = {}): Promise<string[]> =>
      (await video.rooms.list(filter)).map(({ sid }) => sid);
    expect(await sids()).toEqual([newer.sid, older.sid]);
    expect(await sids({ status: 'completed' })).toEqual([ended.sid]);
    expect(await sids({ uniqueName: 'older' })).toEqual([older.sid]);
    expect(await sids({ uniqueName: 'ended', status: 'completed' })).toEqual([ended.sid]);
    expect(await sids({ status: 'failed' })).toEqual([]);
  });

  test('can be cut by date', async () => {
    const before = await video.rooms.create({ unusedRoomTimeout: 60 });
    clock.advance(10 * MINUTE_MS);
    const cut = new Date(clock.now());
    const after = await video.rooms.create();
    expect((await video.rooms.list({ dateCreatedBefore: cut })).map(({ sid }) => sid)).toEqual([before.sid]);
    expect((await video.rooms.list({ dateCreatedAfter: cut })).map(({ sid }) => sid)).toEqual([after.sid]);
  });

  test('comes in pages that the SDK can follow', async () => {
    for (let i = 0; i < 7; i += 1) await video.rooms.create({ uniqueName: `room-${i}` });
    const listed = await video.rooms.list({ pageSize: 3 });
    expect(listed.map(({ uniqueName }) => uniqueName)).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `room-${i}`));
    expect(video.emulator.stats).toEqual({ 'POST /Rooms': 7, 'GET /Rooms': 3 });
  });

  test.each(['Status=open', 'DateCreatedAfter=yesterday', 'PageSize=0', 'PageToken=nonsense'])(
    'refuses the filter %s',
    async (filter) => {
      const response = await http(`/v1/Rooms?${filter}`);
      expect(response.status).toBe(400);
    },
  );
});

describe('what is not there, or not allowed', () => {
  test.each([
    ['GET', '/v1/Rooms/nowhere', 404, 20404],
    ['POST', '/v1/Rooms/nowhere', 404, 20404],
    ['GET', '/v1/Rooms/nowhere/Participants', 404, 20404],
    ['GET', '/v1/Halls', 404, 20404],
    ['GET', '/v2/Rooms', 404, 20404],
    ['GET', '/v1/Rooms/%E0%A4%A/Participants', 404, 20404],
    ['GET', '/v1/Rooms/constructor', 404, 20404],
    ['DELETE', '/v1/Rooms', 405, 20004],
    ['PUT', '/v1/Rooms', 405, 20004],
  ])('%s %s answers %i with %i', async (method, path, status, code) => {
    const response = await http(path, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(refused(status, code));
  });

  test('wrong credentials are refused before anything else', async () => {
    await expect(restClient(video.origin, 'wrong').list()).rejects.toEqual(refused(401, 20003));
  });
});

test('a reset forgets every room', async () => {
  const { sid } = await video.rooms.create({ uniqueName: 'standup' });
  expect((await fetch(`${video.origin}/_emulator/reset`, { method: 'POST' })).status).toBe(204);
  await expect(video.rooms(sid).fetch()).rejects.toEqual(refused(404, 20404));
  await video.rooms.create({ uniqueName: 'standup' });
  expect(video.emulator.stats).toEqual({ 'GET /Rooms/{Sid}': 1, 'POST /Rooms': 1 });
});
