/** Status callbacks as a receiver sees them. */
import { ManualClock } from '../../emulator/twilio/clock';
import { accessToken, CREDENTIALS, startEmulator, type Emulated } from './twilio-video-account';
import { startReceiver, type Receiver } from './twilio-video-receiver';
import { settle, Tab } from './twilio-video-tab';

let clock: ManualClock;
let video: Emulated;
let receiver: Receiver;

beforeEach(async () => {
  clock = new ManualClock();
  video = await startEmulator({ clock });
  receiver = await startReceiver();
});

afterEach(async () => {
  await video.emulator.close();
  receiver.close();
});

test.each(['POST', 'GET'] as const)('a room tells its life by signed %s, in order', async (method) => {
  const room = await video.rooms.create({
    uniqueName: 'standup',
    statusCallback: receiver.url,
    statusCallbackMethod: method,
  });
  clock.advance(60_000);
  await video.rooms(room.sid).update({ status: 'completed' });
  const [created, ended] = await receiver.until(({ length }) => length === 2);
  const common = {
    AccountSid: CREDENTIALS.accountSid,
    RoomSid: room.sid,
    RoomName: 'standup',
    RoomType: 'group',
    Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  };
  expect(created).toMatchObject({
    method,
    signed: true,
    params: {
      ...common,
      StatusCallbackEvent: 'room-created',
      RoomStatus: 'in-progress',
      SequenceNumber: '0',
    },
  });
  expect(ended).toMatchObject({
    method,
    signed: true,
    params: {
      ...common,
      StatusCallbackEvent: 'room-ended',
      RoomStatus: 'completed',
      RoomDuration: '60',
      SequenceNumber: '1',
    },
  });
});

test('participants and their tracks are told, each once', async () => {
  await video.rooms.create({ uniqueName: 'standup', statusCallback: receiver.url });
  const token = accessToken('alice');
  const alice = await Tab.join(video.origin, {
    token,
    name: 'standup',
    tracks: [{ id: 'mic', kind: 'audio' }],
  });
  alice.publish([{ id: 'mic', kind: 'audio', enabled: false }, { id: 'cam' }]);
  alice.publish([{ id: 'mic', kind: 'audio' }]);
  await settle([alice]);
  clock.advance(5000);
  alice.leave();
  const all = await receiver.until(({ length }) => length === 8);
  const who = { ParticipantSid: alice.sid, ParticipantIdentity: 'alice', ParticipantStatus: 'connected' };
  const mic = { ...who, TrackKind: 'audio', TrackSid: alice.published.get('mic') };
  const cam = { ...who, TrackKind: 'video', TrackSid: expect.stringMatching(/^MT[0-9a-f]{32}$/) };
  expect(all.map(({ params }) => params)).toMatchObject([
    { StatusCallbackEvent: 'room-created' },
    { StatusCallbackEvent: 'participant-connected', ...who },
    { StatusCallbackEvent: 'track-added', ...mic },
    { StatusCallbackEvent: 'track-disabled', ...mic },
    { StatusCallbackEvent: 'track-added', ...cam },
    { StatusCallbackEvent: 'track-enabled', ...mic },
    { StatusCallbackEvent: 'track-removed', ...cam },
    {
      StatusCallbackEvent: 'participant-disconnected',
      ...who,
      ParticipantStatus: 'disconnected',
      ParticipantDuration: '5',
    },
  ]);
  expect(all.map(({ params }) => params['SequenceNumber'])).toEqual(all.map((_, i) => String(i)));
  expect(all.every(({ signed }) => signed)).toBe(true);
});

test('a receiver that is slow still gets one room’s callbacks one after the other', async () => {
  let open = 0;
  let most = 0;
  receiver.delay = async () => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setTimeout(resolve, 20));
    open -= 1;
  };
  const room = await video.rooms.create({ statusCallback: receiver.url });
  await video.rooms(room.sid).update({ status: 'completed' });
  await receiver.until(({ length }) => length === 2);
  expect(most).toBe(1);
});

test('a dead receiver delays nobody, and is named in the log', async () => {
  const room = await video.rooms.create({ statusCallback: 'http://127.0.0.1:1/hook' });
  await video.rooms(room.sid).update({ status: 'completed' });
  const fresh = await video.rooms.create({ statusCallback: receiver.url });
  const [created] = await receiver.until(({ length }) => length === 1);
  expect(created?.params['RoomSid']).toBe(fresh.sid);
  expect(video.log).toContainEqual(expect.stringContaining('http://127.0.0.1:1/hook'));
});

test('a receiver that never answers does not keep the emulator from closing', async () => {
  receiver.delay = () => new Promise(() => undefined);
  await video.rooms.create({ statusCallback: receiver.url });
  await receiver.until(({ length }) => length === 1);
  await video.emulator.close();
});
