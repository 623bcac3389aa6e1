/**
 * Three people join, leave, publish, break off and come back at random, without waiting for each other. Whatever
 * they did: at the end all agree on who is there and what they send, and nothing was told twice or not at all.
 * For a longer run: `RUNS=3000 npx jest twilio-video-random`.
 */
import * as fc from 'fast-check';
import { ManualClock } from '../../emulator/twilio/clock';
import { accessToken, startEmulator, type Emulated } from './twilio-video-account';
import { startReceiver, type Receiver } from './twilio-video-receiver';
import { settle, Tab } from './twilio-video-tab';

const PEOPLE = ['alice', 'bob', 'carol'] as const;
type Person = (typeof PEOPLE)[number];

const ACTS = [
  'join',
  'join again elsewhere',
  'leave',
  'be removed',
  'vanish',
  'be cut off',
  'lose the socket',
  'come back',
  'publish',
  'unpublish',
  'mute',
  'lose a connection',
  'wait',
] as const;

let video: Emulated;
let receiver: Receiver;
let clock: ManualClock;

beforeAll(async () => {
  receiver = await startReceiver();
});

afterAll(() => receiver.close());

class Party {
  readonly roomSid: string;
  readonly here = new Map<Person, Tab>();
  /** Everybody who ever joined. */
  readonly all: Tab[] = [];
  readonly gone: Tab[] = [];
  /** Those who lost a socket once may have missed who came and went meanwhile. */
  readonly wasAway = new Set<Tab>();
  #names = 0;

  constructor(roomSid: string) {
    this.roomSid = roomSid;
  }

  async act(person: Person, act: (typeof ACTS)[number]): Promise<void> {
    const tab = this.here.get(person);
    if (act === 'join again elsewhere' || (act === 'join' && !tab)) return this.#join(person);
    if (!tab) return;
    switch (act) {
      case 'leave':
        if (tab.phase === 'connected' && !tab.isCutOff) this.#forget(person, tab).leave();
        return;
      case 'be removed':
        this.#forget(person, tab);
        await video.rooms(this.roomSid).participants(tab.sid).update({ status: 'disconnected' });
        return;
      case 'vanish':
        this.gone.push(this.#forget(person, tab));
        return tab.close();
      case 'be cut off':
        return tab.cutOff();
      case 'lose the socket':
        return this.#drop(tab);
      case 'come back':
        return this.#comeBack(tab);
      case 'publish':
        this.#names += 1;
        return tab.publish([...tab.tracks, { id: `${person}-${this.#names}` }]);
      case 'unpublish':
        return tab.publish(tab.tracks.slice(1));
      case 'mute':
        return tab.publish(tab.tracks.map((track) => ({ ...track, enabled: track.enabled === false })));
      case 'lose a connection': {
        const [peer] = tab.peers.values();
        if (peer) tab.giveUp(peer);
        return;
      }
      case 'wait':
        return settle([...this.here.values()]);
      default:
    }
  }

  /** Everybody who still wants to is back, and those who vanished are noticed. */
  async finish(): Promise<void> {
    for (const tab of this.here.values()) await this.#comeBack(tab);
    await settle([...this.here.values()]);
    const { participants } = video.rooms(this.roomSid);
    for (let away = 1; away > 0;) {
      // The server hears of a broken socket when it does; here it must have before the time passes.
      const connected = await participants.list({ status: 'connected' });
      away = connected.length - this.here.size;
    }
    clock.advance(30_000);
    await settle([...this.here.values()]);
  }

  async #join(person: Person): Promise<void> {
    const token = accessToken(person, this.roomSid);
    const tab = await Tab.join(video.origin, { token, tracks: [{ id: `${person}-first` }] });
    expect(tab.ending).toBeUndefined();
    this.here.set(person, tab);
    this.all.push(tab);
  }

  async #comeBack(tab: Tab): Promise<void> {
    if (tab.isCutOff) this.#drop(tab);
    if (tab.phase !== 'syncing') return;
    await tab.open();
    await tab.until(() => tab.phase !== 'syncing');
    expect(tab.ending).toBeUndefined();
  }

  #drop(tab: Tab): void {
    this.wasAway.add(tab);
    tab.drop();
  }

  #forget(person: Person, tab: Tab): Tab {
    this.here.delete(person);
    return tab;
  }
}

function expectAgreement(here: readonly Tab[]): void {
  for (const tab of here) {
    const others = here.filter((other) => other !== tab);
    const shown = [...tab.participants.values()].map(({ sid, state, tracks }) => ({
      sid,
      state,
      tracks: tracks.map(({ id, enabled }) => `${id} ${enabled}`),
    }));
    const bySid = (a: { sid: string }, b: { sid: string }): number => a.sid.localeCompare(b.sid);
    const actual = others.map(({ sid, tracks }) => ({
      sid,
      state: 'connected',
      tracks: tracks.map(({ id, enabled = true }) => `${id} ${enabled}`),
    }));
    expect(shown.toSorted(bySid)).toEqual(actual.toSorted(bySid));
    const sent = others.flatMap(({ published }) => [...published].map(([id, sid]) => `${sid} ${id}`));
    expect([...tab.subscribed].map(([sid, id]) => `${sid} ${id}`).toSorted()).toEqual(sent.toSorted());
    expect([...tab.published.keys()]).toEqual(tab.tracks.map(({ id }) => id));
    // One connection with each, on which everything that the other sends was negotiated.
    const isUp = [...tab.peers.values()].map((peer) => peer.isStable && peer.hasCandidates);
    expect(isUp).toEqual(others.map(() => true));
    const isLive = [...tab.subscribed.keys()].map((sid) => tab.attached.get(sid)?.isClosed === false);
    expect(isLive).toEqual(sent.map(() => true));
    const heard = [...tab.peers.values()].map(({ remoteTracks }) => remoteTracks.join(' '));
    const offered = others.map(({ tracks }) => tracks.map(({ id }) => id).join(' '));
    expect(heard.toSorted()).toEqual(offered.toSorted());
  }
}

function expectNothingTwice(tab: Tab): void {
  const counts = new Map<string, number>();
  for (const event of tab.events) counts.set(event, (counts.get(event) ?? 0) + 1);
  for (const sid of tab.participants.keys()) expect(counts.get(`connected ${sid}`)).toBe(1);
  for (const [event, count] of counts) {
    if (/^(connected|disconnected) /.test(event)) expect(`${event}: ${count}`).toBe(`${event}: 1`);
    const ended = tab.events.indexOf(event.replace(/^connected /, 'disconnected '));
    if (event.startsWith('connected ') && ended >= 0) expect(tab.events.indexOf(event)).toBeLessThan(ended);
  }
}

type Callback = Readonly<Record<string, string>>;

const of = (callbacks: readonly Callback[], event: string): string[] =>
  callbacks
    .filter((params) => params['StatusCallbackEvent'] === event)
    .map((params) => params['ParticipantSid'] ?? '');

/** A tab that stayed to the end and never lost its socket was told of everybody who was there with it. */
function expectNothingMissed(tab: Tab, callbacks: readonly Callback[]): void {
  const since = callbacks.findIndex(
    (params) =>
      params['StatusCallbackEvent'] === 'participant-connected' && params['ParticipantSid'] === tab.sid,
  );
  const left = new Set(of(callbacks.slice(0, since), 'participant-disconnected'));
  const came = of(callbacks, 'participant-connected').filter((sid) => sid !== tab.sid && !left.has(sid));
  const went = of(callbacks.slice(since), 'participant-disconnected').filter((sid) => sid !== tab.sid);
  const told = (what: string): string[] =>
    tab.events.filter((event) => event.startsWith(`${what} `)).map((event) => event.slice(what.length + 1));
  expect(told('connected').toSorted()).toEqual(came.toSorted());
  expect(told('disconnected').toSorted()).toEqual(went.toSorted());
}

function expectOrderly(callbacks: readonly Callback[], party: Party): void {
  expect(callbacks.map((params) => params['SequenceNumber'])).toEqual(callbacks.map((_, i) => String(i)));
  const sids = party.all.map(({ sid }) => sid).toSorted();
  expect(of(callbacks, 'participant-connected').toSorted()).toEqual(sids);
  const still = new Set([...party.here.values()].map(({ sid }) => sid));
  expect(of(callbacks, 'participant-disconnected').toSorted()).toEqual(sids.filter((sid) => !still.has(sid)));
}

async function playOut(steps: ReadonlyArray<readonly [Person, (typeof ACTS)[number]]>): Promise<void> {
  clock = new ManualClock();
  video = await startEmulator({ clock });
  const { sid } = await video.rooms.create({ statusCallback: receiver.url });
  const party = new Party(sid);
  try {
    for (const [person, act] of steps) await party.act(person, act);
    await party.finish();
    const here = [...party.here.values()];
    expectAgreement(here);
    for (const tab of party.all) expectNothingTwice(tab);
    await video.rooms(sid).update({ status: 'completed' });
    const mine = (): Callback[] =>
      receiver.received.map(({ params }) => params).filter((params) => params['RoomSid'] === sid);
    await receiver.until(() => mine().some((params) => params['StatusCallbackEvent'] === 'room-ended'));
    const callbacks = mine().slice(0, -1 - here.length);
    expectOrderly(callbacks, party);
    for (const tab of here) if (!party.wasAway.has(tab)) expectNothingMissed(tab, callbacks);
  } finally {
    for (const tab of party.all) tab.close();
    await video.emulator.close();
  }
}

test('three people who come and go at random are never told anything twice or not at all', async () => {
  const step = fc.tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(...ACTS));
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), playOut), {
    numRuns: Number(process.env['RUNS'] ?? 100),
  });
}, 1_000_000);
