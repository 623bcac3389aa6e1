/** The life of rooms and participants in time, without any transport. */
import { ManualClock } from '../../emulator/twilio/clock';
import type { RoomEvent } from '../../emulator/twilio-video/events';
import type { Participant, RoomSettings, TrackState } from '../../emulator/twilio-video/room';
import { readRoomSettings } from '../../emulator/twilio-video/room-settings';
import { VideoState } from '../../emulator/twilio-video/state';

const MINUTE_MS = 60_000;

let clock: ManualClock;
let state: VideoState;
let told: string[];
let log: string[];

beforeEach(() => {
  clock = new ManualClock();
  told = [];
  log = [];
  state = new VideoState({ clock, sessionTimeoutSeconds: 30, log: (line) => log.push(line) });
  state.listen((event) => told.push(describeEvent(event)));
});

function describeEvent(event: RoomEvent): string {
  if (!('participant' in event)) return event.type;
  const track = 'track' in event ? ` ${event.track.id}` : '';
  const reason = event.type === 'participant-disconnected' ? ` ${event.participant.reason}` : '';
  return `${event.type} ${event.participant.identity}${track}${reason}`;
}

const settings = (fields: Record<string, string> = {}): RoomSettings =>
  readRoomSettings(new URLSearchParams(fields));

const track = (id: string, changes: Partial<TrackState> = {}): TrackState => ({
  id,
  kind: 'video',
  name: id,
  enabled: true,
  priority: 'standard',
  ...changes,
});

function refusal(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return (error as { code?: number }).code;
  }
  return undefined;
}

describe('a room', () => {
  test('that somebody joined is not completed by the unused-room timeout', () => {
    const room = state.createRoom(settings({ UnusedRoomTimeout: '1' }));
    state.connect(room, 'alice');
    clock.advance(30 * MINUTE_MS);
    expect(room.status).toBe('in-progress');
  });

  test('that all have left is completed after the empty-room timeout, counted from the last to leave', () => {
    const room = state.createRoom(settings({ EmptyRoomTimeout: '2' }));
    const alice = state.connect(room, 'alice');
    const bob = state.connect(room, 'bob');
    state.disconnect(alice, 'left');
    clock.advance(10 * MINUTE_MS);
    expect(room.status).toBe('in-progress');
    state.disconnect(bob, 'left');
    clock.advance(2 * MINUTE_MS - 1);
    expect(room.status).toBe('in-progress');
    clock.advance(1);
    expect(room.status).toBe('completed');
  });

  test('stays open if somebody comes back in time', () => {
    const room = state.createRoom(settings({ EmptyRoomTimeout: '1' }));
    state.disconnect(state.connect(room, 'alice'), 'left');
    clock.advance(MINUTE_MS / 2);
    state.connect(room, 'bob');
    clock.advance(10 * MINUTE_MS);
    expect(room.status).toBe('in-progress');
  });

  test('ends after a day, whoever is in it', () => {
    const room = state.createRoom(settings({ MaxParticipantDuration: '86400' }));
    clock.advance(MINUTE_MS);
    state.connect(room, 'alice');
    clock.advance(24 * 60 * MINUTE_MS);
    expect(room.status).toBe('completed');
  });

  test('that is completed sends everybody out first, takes nobody in, and is completed once', () => {
    const room = state.createRoom(settings());
    state.connect(room, 'alice');
    state.loseSocket(state.connect(room, 'bob'));
    told = [];
    state.complete(room);
    expect(told).toEqual([
      'participant-disconnected alice room-completed',
      'participant-disconnected bob room-completed',
      'room-ended',
    ]);
    expect(refusal(() => state.connect(room, 'carol'))).toBe(53118);
    expect(refusal(() => state.complete(room))).toBe(53112);
    clock.advance(48 * 60 * MINUTE_MS);
    expect(told).toHaveLength(3);
  });
});

describe('a place in a room', () => {
  test('is refused beyond MaxParticipants', () => {
    const room = state.createRoom(settings({ MaxParticipants: '2' }));
    state.connect(room, 'alice');
    const bob = state.connect(room, 'bob');
    expect(refusal(() => state.connect(room, 'carol'))).toBe(53105);
    state.disconnect(bob, 'left');
    expect(state.connect(room, 'carol').status).toBe('connected');
  });

  test('is refused to a seventh, because everybody sends to everybody; the log says so', () => {
    const room = state.createRoom(settings({ UniqueName: 'crowd' }));
    for (let i = 0; i < 6; i += 1) state.connect(room, `guest-${i}`);
    expect(refusal(() => state.connect(room, 'guest-6'))).toBe(53105);
    expect(log).toEqual([expect.stringMatching(/crowd.*53105.*allows 50.*no media server.*ends at 6/)]);
  });

  test('is kept for one whose socket broke, and then lost', () => {
    const room = state.createRoom(settings({ MaxParticipants: '1' }));
    const alice = state.connect(room, 'alice');
    state.loseSocket(alice);
    expect(refusal(() => state.connect(room, 'bob'))).toBe(53105);
    clock.advance(29_999);
    expect(alice.status).toBe('reconnecting');
    clock.advance(1);
    expect(alice).toMatchObject({ status: 'disconnected', reason: 'session-expired' });
    expect(refusal(() => state.resume(alice))).toBe(53204);
  });

  test('is kept for good by one who came back in time', () => {
    const alice = state.connect(state.createRoom(settings()), 'alice');
    state.loseSocket(alice);
    clock.advance(29_000);
    state.resume(alice);
    clock.advance(10 * MINUTE_MS);
    expect(alice.status).toBe('connected');
  });

  test('goes to the newer of two with the same identity, even in a full room', () => {
    const room = state.createRoom(settings({ MaxParticipants: '1' }));
    const older = state.connect(room, 'alice');
    const newer = state.connect(room, 'alice');
    expect(older).toMatchObject({ status: 'disconnected', reason: 'duplicate-identity' });
    expect(newer.status).toBe('connected');
    clock.advance(30 * MINUTE_MS);
    expect(room.status).toBe('in-progress');
  });

  test('is lost after MaxParticipantDuration, reconnecting or not', () => {
    const room = state.createRoom(settings({ MaxParticipantDuration: '600' }));
    const alice = state.connect(room, 'alice');
    clock.advance(9 * MINUTE_MS);
    state.loseSocket(alice);
    state.resume(alice);
    clock.advance(MINUTE_MS);
    expect(alice.reason).toBe('duration-exceeded');
  });

  test('is left once, whatever else is said afterwards', () => {
    const alice = state.connect(state.createRoom(settings()), 'alice');
    state.disconnect(alice, 'removed');
    const after: Array<(participant: Participant) => void> = [
      (participant) => state.disconnect(participant, 'left'),
      (participant) => state.loseSocket(participant),
    ];
    for (const act of after) act(alice);
    clock.advance(5 * MINUTE_MS - 1);
    expect(alice.reason).toBe('removed');
    expect(told.filter((event) => event.startsWith('participant-'))).toEqual([
      'participant-connected alice',
      'participant-disconnected alice removed',
    ]);
  });
});

describe('tracks', () => {
  test('are told when they come, go, and are muted and unmuted, and keep their SID meanwhile', () => {
    const alice = state.connect(state.createRoom(settings()), 'alice');
    told = [];
    state.publish(alice, [track('camera'), track('chat', { kind: 'data' })]);
    const { sid } = alice.tracks.get('camera')!;
    expect(sid).toMatch(/^MT[0-9a-f]{32}$/);
    state.publish(alice, [track('camera', { enabled: false }), track('chat', { kind: 'data' })]);
    state.publish(alice, [track('camera')]);
    expect(alice.tracks.get('camera')!.sid).toBe(sid);
    expect(told).toEqual([
      'track-added alice camera',
      'track-added alice chat',
      'participant-updated alice',
      'track-disabled alice camera',
      'participant-updated alice',
      'track-enabled alice camera',
      'track-removed alice chat',
      'participant-updated alice',
    ]);
  });

  test('that did not change are not told', () => {
    const alice = state.connect(state.createRoom(settings()), 'alice');
    state.publish(alice, [track('camera')]);
    told = [];
    state.publish(alice, [track('camera')]);
    expect(told).toEqual([]);
    state.publish(alice, [track('camera', { priority: 'high' })]);
    expect(told).toEqual(['participant-updated alice']);
  });
});

test('a reset tells nobody and leaves no timer behind', () => {
  const room = state.createRoom(settings());
  state.loseSocket(state.connect(room, 'alice'));
  told = [];
  state.reset();
  clock.advance(48 * 60 * MINUTE_MS);
  expect(told).toEqual([]);
  expect(state.rooms).toEqual([]);
});
