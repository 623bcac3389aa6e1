/** The signalling as clients live it: joining, meeting, muting, breaking off and being put out. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { ManualClock } from '../../emulator/twilio/clock';
import { accessToken, startEmulator, type Emulated, type TokenOptions } from './twilio-video-account';
import { settle, Tab, type TabOptions } from './twilio-video-tab';

const MINUTE_MS = 60_000;

let clock: ManualClock;
let video: Emulated;
let tabs: Tab[];

beforeEach(async () => {
  clock = new ManualClock();
  video = await startEmulator({ clock });
  tabs = [];
  await video.rooms.create({ uniqueName: 'standup', maxParticipantDuration: 600 });
});

afterEach(async () => {
  for (const tab of tabs) tab.close();
  await video.emulator.close();
});

async function join(identity: string, options: Partial<TabOptions> = {}): Promise<Tab> {
  const token = accessToken(identity);
  const tab = await Tab.join(video.origin, { token, name: 'standup', ...options });
  tabs.push(tab);
  return tab;
}

const seen = (tab: Tab): string[] =>
  [...tab.participants.values()].map(({ identity }) => identity).toSorted();

/** `connected bob`, with names instead of SIDs. */
const told = (tab: Tab, others: readonly Tab[], names: readonly string[]): string[] =>
  tab.events.map((event) => others.reduce((text, { sid }, i) => text.replace(sid, names[i] ?? ''), event));

describe('joining', () => {
  test('shows each who is there, and everybody the newcomer, with tracks and their SIDs', async () => {
    const alice = await join('alice', {
      tracks: [{ id: 'a-cam' }, { id: 'a-mic', kind: 'audio', enabled: false }],
    });
    const bob = await join('bob', { tracks: [{ id: 'b-cam' }] });
    await settle(tabs);
    expect(seen(alice)).toEqual(['bob']);
    expect(seen(bob)).toEqual(['alice']);
    expect(bob.participants.get(alice.sid)).toMatchObject({
      state: 'connected',
      tracks: [
        { id: 'a-cam', kind: 'video', name: 'a-cam', enabled: true, sid: alice.published.get('a-cam') },
        { id: 'a-mic', kind: 'audio', name: 'a-mic', enabled: false, sid: alice.published.get('a-mic') },
      ],
    });
    expect([...bob.subscribed.values()].toSorted()).toEqual(['a-cam', 'a-mic']);
    expect([...alice.subscribed.values()]).toEqual(['b-cam']);
  });

  test('makes one peer connection with each other, on which both have heard of all tracks', async () => {
    const alice = await join('alice', { tracks: [{ id: 'a-cam' }, { id: 'a-mic' }, { id: 'a-screen' }] });
    const bob = await join('bob', { tracks: [{ id: 'b-cam' }] });
    const carol = await join('carol', { tracks: [] });
    await settle(tabs);
    const heard = (tab: Tab): string[][] => [...tab.peers.values()].map(({ remoteTracks }) => remoteTracks);
    for (const tab of tabs) expect([...tab.peers.values()].every((peer) => peer.isStable)).toBe(true);
    expect(heard(alice)).toEqual([['b-cam'], []]);
    expect(heard(bob)).toEqual([['a-cam', 'a-mic', 'a-screen'], []]);
    expect(heard(carol)).toEqual([['a-cam', 'a-mic', 'a-screen'], ['b-cam']]);
  });

  test('shows up in the participants over REST, where it is found by SID and by identity', async () => {
    const alice = await join('alice');
    await join('bob');
    const participants = video.rooms('standup').participants;
    const listed = await participants.list();
    expect(listed.map(({ identity, status }) => [identity, status])).toEqual([
      ['alice', 'connected'],
      ['bob', 'connected'],
    ]);
    expect((await participants('alice').fetch()).sid).toBe(alice.sid);
    expect((await participants(alice.sid).fetch()).identity).toBe('alice');
    expect((await participants.list({ identity: 'bob' })).map(({ identity }) => identity)).toEqual(['bob']);
    await expect(participants('carol').fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  test('without wanting tracks gets none', async () => {
    await join('alice', { tracks: [{ id: 'a-cam' }] });
    const bob = await join('bob', { subscribe: false });
    expect(bob.subscribed.size).toBe(0);
    expect(seen(bob)).toEqual(['alice']);
  });

  test('finds the room by the name in the token if the client names none', async () => {
    const alice = await Tab.join(video.origin, { token: accessToken('alice', 'standup') });
    tabs.push(alice);
    expect(alice.phase).toBe('connected');
  });
});

describe('a token', () => {
  const { sid: elsewhere } = { sid: `RM${'0'.repeat(32)}` };
  const cases: Array<[string, number, string | undefined, string, TokenOptions]> = [
    ['with a wrong signature', 20107, 'standup', 'standup', { secret: 'wrong' }],
    ['that has expired', 20104, 'standup', 'standup', { ttl: -5 }],
    ['without a video grant', 20106, undefined, 'standup', { video: false }],
    ['for another room', 20106, 'retro', 'standup', {}],
    ['for a room of another SID', 20106, elsewhere, 'standup', {}],
    ['for a name that no room has', 53103, 'retro', 'retro', {}],
    ['for a SID that no room has', 53106, elsewhere, elsewhere, {}],
  ];

  test.each(cases)('%s is refused with %i', async (_what, code, granted, name, options) => {
    const tab = await join('alice', { token: accessToken('alice', granted, options), name });
    expect(tab.ending).toEqual({ code });
    expect(await video.rooms('standup').participants.list()).toEqual([]);
  });

  test('that is no token is refused with 20101', async () => {
    expect((await join('alice', { token: 'nonsense' })).ending).toEqual({ code: 20101 });
  });

  test('for the SID of a room also opens it by name, and the other way round', async () => {
    const { sid } = await video.rooms('standup').fetch();
    expect((await join('alice', { token: accessToken('alice', sid), name: 'standup' })).phase).toBe(
      'connected',
    );
    expect((await join('bob', { token: accessToken('bob', 'standup'), name: sid })).phase).toBe('connected');
  });

  test('that expired meanwhile does not bring a client back', async () => {
    const alice = await join('alice', { token: accessToken('alice', 'standup', { ttl: 20 }) });
    alice.drop();
    clock.advance(21_000);
    await alice.open();
    await alice.until(() => alice.phase === 'disconnected');
    expect(alice.ending).toEqual({ code: 20104 });
  });

  test('for the SID of a completed room is refused with 53118', async () => {
    const { sid } = await video.rooms('standup').update({ status: 'completed' });
    expect((await join('alice', { name: sid })).ending).toEqual({ code: 53118 });
  });
});

describe('publishing', () => {
  test('muting and unmuting reach the others', async () => {
    const alice = await join('alice', { tracks: [{ id: 'mic', kind: 'audio' }] });
    const bob = await join('bob');
    const isOn = (): boolean | undefined => bob.participants.get(alice.sid)?.tracks[0]?.enabled;
    expect(isOn()).toBe(true);
    alice.publish([{ id: 'mic', kind: 'audio', enabled: false }]);
    await settle(tabs);
    expect(isOn()).toBe(false);
    alice.publish([{ id: 'mic', kind: 'audio' }]);
    await settle(tabs);
    expect(isOn()).toBe(true);
  });

  test('a screen and a data track come and go; the publisher learns their SIDs', async () => {
    const alice = await join('alice', { tracks: [{ id: 'cam' }] });
    const bob = await join('bob');
    alice.publish([{ id: 'cam' }, { id: 'screen' }, { id: 'chat', kind: 'data' }]);
    await settle(tabs);
    expect([...alice.published.keys()]).toEqual(['cam', 'screen', 'chat']);
    expect([...bob.subscribed.entries()]).toEqual(
      [...alice.published.entries()].map(([id, sid]) => [sid, id]),
    );
    alice.publish([{ id: 'cam' }]);
    await settle(tabs);
    expect([...bob.subscribed.values()]).toEqual(['cam']);
  });

  test('all at once ends with everybody having heard of everything', async () => {
    for (const name of ['alice', 'bob', 'carol']) await join(name, { tracks: [{ id: `${name}-cam` }] });
    for (const tab of tabs) tab.publish([...tab.tracks, { id: `${tab.sid}-screen` }]);
    await settle(tabs);
    for (const tab of tabs) {
      const heard = [...tab.peers.values()].flatMap(({ remoteTracks }) => remoteTracks).toSorted();
      const sent = tabs.filter((other) => other !== tab).flatMap(({ tracks }) => tracks.map(({ id }) => id));
      expect(heard).toEqual(sent.toSorted());
    }
  });
});

describe('a lost socket', () => {
  test('is shown to the others as reconnecting, and healed by sync', async () => {
    const alice = await join('alice', { tracks: [{ id: 'a-cam' }] });
    const bob = await join('bob', { tracks: [{ id: 'b-cam' }] });
    const names = ['alice', 'bob'];
    bob.drop();
    await alice.until(() => alice.participants.get(bob.sid)?.state === 'reconnecting');
    const [restBob] = await video.rooms('standup').participants.list({ status: 'reconnecting' });
    expect(restBob?.identity).toBe('bob');
    alice.publish([{ id: 'a-cam', enabled: false }, { id: 'a-screen' }]);
    const carol = await join('carol', { tracks: [{ id: 'c-cam' }] });
    await bob.open();
    await bob.until(() => bob.phase === 'connected');
    await settle(tabs);
    expect(told(alice, [alice, bob, carol], [...names, 'carol'])).toEqual([
      'connected bob',
      'reconnecting bob',
      'connected carol',
      'reconnected bob',
    ]);
    expect(seen(bob)).toEqual(['alice', 'carol']);
    expect(bob.participants.get(alice.sid)?.tracks.map(({ id, enabled }) => [id, enabled])).toEqual([
      ['a-cam', false],
      ['a-screen', true],
    ]);
    expect([...bob.peers.values()].map(({ remoteTracks }) => remoteTracks)).toEqual([
      ['a-cam', 'a-screen'],
      ['c-cam'],
    ]);
  });

  test('of everybody at once is healed too', async () => {
    for (const name of ['alice', 'bob', 'carol']) await join(name, { tracks: [{ id: `${name}-cam` }] });
    video.emulator.killConnections();
    await Promise.all(tabs.map((tab) => tab.until(() => tab.phase === 'syncing')));
    await Promise.all(tabs.map((tab) => tab.open()));
    await Promise.all(tabs.map((tab) => tab.until(() => tab.phase === 'connected')));
    await settle(tabs);
    for (const tab of tabs) {
      expect(tab.participants.size).toBe(2);
      expect([...tab.peers.values()].every((peer) => peer.isStable)).toBe(true);
    }
  });

  test('that nobody heals ends after the session timeout, and the one who comes later is told 53204', async () => {
    const alice = await join('alice');
    const bob = await join('bob');
    bob.drop();
    await alice.until(() => alice.participants.get(bob.sid)?.state === 'reconnecting');
    clock.advance(30_000);
    await alice.until(() => alice.participants.size === 0);
    await bob.open();
    await bob.until(() => bob.phase === 'disconnected');
    expect(bob.ending).toEqual({ code: 53204 });
    expect((await video.rooms('standup').participants('bob').fetch()).status).toBe('disconnected');
  });

  test('is noticed by silence even if it looks open', async () => {
    const alice = await join('alice');
    const socket = new WebSocket(`${video.origin.replace('http', 'ws')}/signaling`);
    await once(socket, 'open');
    const body = {
      type: 'connect',
      token: accessToken('bob'),
      name: 'standup',
      participant: { revision: 1, tracks: [] },
    };
    socket.send(JSON.stringify({ type: 'hello', id: 'h', timeout: 50, version: 2, body }));
    await once(socket, 'close');
    await alice.until(() => [...alice.participants.values()][0]?.state === 'reconnecting');
  });

  test('is replaced at once by a client that came back before the loss was noticed', async () => {
    const alice = await join('alice');
    const bob = await join('bob');
    await bob.open();
    await settle(tabs);
    expect(told(alice, [bob], ['bob'])).toEqual(['connected bob']);
    expect(seen(bob)).toEqual(['alice']);
  });

  test('and a connection that failed meanwhile are both healed', async () => {
    const alice = await join('alice', { tracks: [{ id: 'a-cam' }] });
    const bob = await join('bob', { tracks: [{ id: 'b-cam' }] });
    await settle(tabs);
    const [before] = bob.peers.keys();
    bob.drop();
    bob.giveUp([...bob.peers.values()][0]!);
    await bob.open();
    await bob.until(() => bob.phase === 'connected');
    await settle(tabs);
    for (const tab of [alice, bob]) {
      expect(tab.peers.size).toBe(1);
      expect(tab.peers.has(before!)).toBe(false);
      expect([...tab.peers.values()][0]).toMatchObject({ isStable: true });
    }
  });
});

test('a connection that failed is made anew', async () => {
  const alice = await join('alice', { tracks: [{ id: 'a-cam' }] });
  const bob = await join('bob', { tracks: [{ id: 'b-cam' }] });
  await settle(tabs);
  const [before] = alice.peers.keys();
  alice.giveUp([...alice.peers.values()][0]!);
  await settle(tabs);
  for (const tab of [alice, bob]) expect([...tab.peers.keys()]).toEqual([expect.not.stringMatching(before!)]);
  expect([...bob.peers.values()][0]!.remoteTracks).toEqual(['a-cam']);
});

describe('leaving', () => {
  test('is told to the others once, and closes their ends', async () => {
    const alice = await join('alice');
    const bob = await join('bob');
    bob.leave();
    await alice.until(() => alice.participants.size === 0);
    await settle([alice]);
    expect(told(alice, [bob], ['bob'])).toEqual(['connected bob', 'disconnected bob']);
    expect(alice.peers.size).toBe(0);
    expect(await video.rooms('standup').participants('bob').fetch()).toMatchObject({
      status: 'disconnected',
    });
  });

  test('by removal is told to the one removed without an error, and answered with 202', async () => {
    const alice = await join('alice');
    const bob = await join('bob');
    clock.advance(7000);
    const removed = await video.rooms('standup').participants('bob').update({ status: 'disconnected' });
    expect(removed).toMatchObject({ status: 'disconnected', duration: 7 });
    await bob.until(() => bob.phase === 'disconnected');
    expect(bob.ending).toEqual({});
    await alice.until(() => alice.participants.size === 0);
    await expect(
      video.rooms('standup').participants('bob').update({ status: 'disconnected' }),
    ).rejects.toMatchObject({ status: 400, code: 53209 });
  });

  test('because the room is completed is told to everybody, those without a socket too', async () => {
    const alice = await join('alice');
    const bob = await join('bob');
    bob.drop();
    await alice.until(() => alice.participants.get(bob.sid)?.state === 'reconnecting');
    await video.rooms('standup').update({ status: 'completed' });
    await alice.until(() => alice.phase === 'disconnected');
    await bob.open();
    await bob.until(() => bob.phase === 'disconnected');
    expect([alice.ending, bob.ending]).toEqual([{ status: 'completed' }, { status: 'completed' }]);
    const { sid } = (await video.rooms.list({ status: 'completed' }))[0]!;
    const left = await video.rooms(sid).participants.list();
    expect(left.map(({ status }) => status)).toEqual(['disconnected', 'disconnected']);
  });

  test('because the time is up is told with 53216', async () => {
    const alice = await join('alice');
    clock.advance(10 * MINUTE_MS);
    await alice.until(() => alice.phase === 'disconnected');
    expect(alice.ending).toEqual({ code: 53216 });
  });

  test('because one joined elsewhere is told with 53205 to the older', async () => {
    const older = await join('alice');
    const bob = await join('bob');
    const newer = await join('alice');
    await older.until(() => older.phase === 'disconnected');
    await settle(tabs);
    expect(older.ending).toEqual({ code: 53205 });
    expect(newer.phase).toBe('connected');
    expect(told(bob, [older, newer], ['older', 'newer'])).toEqual([
      'connected older',
      'disconnected older',
      'connected newer',
    ]);
    older.leave();
    await settle(tabs);
    expect(seen(bob)).toEqual(['alice']);
  });
});

describe('a full room', () => {
  test('refuses one more with 53105', async () => {
    await video.rooms.create({ uniqueName: 'booth', maxParticipants: 2 });
    await join('alice', { name: 'booth' });
    await join('bob', { name: 'booth' });
    expect((await join('carol', { name: 'booth' })).ending).toEqual({ code: 53105 });
  });

  test('is full with six, because the mesh ends there, and the log says why', async () => {
    for (let i = 0; i < 6; i += 1) await join(`guest-${i}`);
    expect((await join('guest-6')).ending).toEqual({ code: 53105 });
    expect(video.log).toContainEqual(expect.stringMatching(/standup.*53105.*no media server/));
  });
});

test('a client that says hello twice is welcomed twice and joins once', async () => {
  const alice = await join('alice');
  const body = {
    type: 'connect',
    token: accessToken('alice'),
    name: 'standup',
    participant: { revision: 1, tracks: [] },
  };
  alice.raw(JSON.stringify({ type: 'hello', id: 'again', timeout: 5000, version: 2, body }));
  await settle([alice]);
  expect(alice.phase).toBe('connected');
  expect(await video.rooms('standup').participants.list()).toHaveLength(1);
});

describe('what no client should send', () => {
  test.each(['nonsense', '{}', '{"type":"msg"}', '{"type":"hello","timeout":"soon"}', '[]', 'null'])(
    '%s is called bad and changes nothing',
    async (text) => {
      const socket = new WebSocket(`${video.origin.replace('http', 'ws')}/signaling`);
      await once(socket, 'open');
      socket.send(text);
      const [data] = (await once(socket, 'message')) as [Buffer];
      expect(JSON.parse(data.toString())).toMatchObject({ type: 'bad' });
      socket.terminate();
    },
  );

  test.each([
    { type: 'dance' },
    { type: 'connect', token: 'x' },
    { type: 'update', participant: { revision: 'new', tracks: [] } },
    { type: 'sync', session: 1 },
    { type: 'connect', token: '', name: '__proto__', participant: { revision: 1, tracks: [] } },
  ])('%j is refused and nobody else is harmed', async (body) => {
    const alice = await join('alice');
    const mallory = await join('mallory');
    mallory.raw(JSON.stringify({ type: 'msg', body }));
    await mallory.until(() => mallory.phase === 'disconnected');
    expect(mallory.ending?.code).toBe(53004);
    await settle([alice]);
    expect(alice.phase).toBe('connected');
  });

  test('a session of somebody else is not taken over', async () => {
    const alice = await join('alice');
    const mallory = new Tab(video.origin, { token: accessToken('mallory') });
    mallory.phase = 'syncing';
    mallory.session = alice.session;
    await mallory.open();
    await mallory.until(() => mallory.phase === 'disconnected');
    expect(mallory.ending).toEqual({ code: 53204 });
    await settle([alice]);
    expect(alice.phase).toBe('connected');
  });

  test('another path is not a socket', async () => {
    const socket = new WebSocket(`${video.origin.replace('http', 'ws')}/elsewhere`);
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('404');
  });
});

test('a reset hangs up, and nobody comes back', async () => {
  const alice = await join('alice');
  video.emulator.reset();
  await alice.until(() => alice.phase === 'syncing');
  await alice.open();
  await alice.until(() => alice.phase === 'disconnected');
  expect(alice.ending).toEqual({ code: 53204 });
});
