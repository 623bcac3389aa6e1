/**
 * Tabs of a real Chromium, running the unmodified twilio-video, meet through the emulator. Needs `/usr/bin/chromium`;
 * cameras and microphones are Chromium's own fakes.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { accessToken, startEmulator, type Emulated } from '../emulator/twilio-video-account';
import { launchChromium } from '../support/chromium';

/** What the page below does for the test. */
interface Stage {
  readonly events: readonly string[];
  join(token: string, options: object): Promise<void>;
  mute(isMuted: boolean): void;
  say(text: string): void;
  share(): Promise<void>;
  /** Shown so far, by remote video. */
  frames(): Record<string, number>;
  /** Of the remote voice that brought the fewest. */
  audioPackets(): Promise<number>;
}

const PAGE = `<!doctype html><title>stage</title><script src="/twilio-video.js"></script><script>
let room, chat;
const videos = new Map();
window.events = [];
const tell = (...words) => events.push(words.join(' '));
function watch(participant) {
  const { identity } = participant;
  participant.on('trackSubscribed', (track) => {
    tell('subscribed', identity, track.name);
    if (track.kind === 'data') return track.on('message', (text) => tell('message', identity, text));
    const element = document.body.appendChild(track.attach());
    if (track.kind === 'video') videos.set(identity + ' ' + track.name, element);
  });
  participant.on('trackUnsubscribed', (track) => {
    tell('unsubscribed', identity, track.name);
    videos.delete(identity + ' ' + track.name);
  });
  participant.on('trackDisabled', (track) => tell('disabled', identity, track.trackName));
  participant.on('trackEnabled', (track) => tell('enabled', identity, track.trackName));
  participant.on('reconnected', () => tell('reconnected', identity));
}
window.join = async (token, options) => {
  videos.clear();
  const tracks = [
    ...(await Twilio.Video.createLocalTracks({
      audio: { name: 'mic' },
      video: { name: 'cam', width: 320, height: 180, frameRate: 10 },
    })),
    (chat = new Twilio.Video.LocalDataTrack({ name: 'chat' })),
  ];
  room = await Twilio.Video.connect(token, { ...options, tracks });
  room.participants.forEach(watch);
  room.on('participantConnected', (participant) => {
    tell('came', participant.identity);
    watch(participant);
  });
  room.on('participantDisconnected', ({ identity }) => tell('went', identity));
  room.on('reconnecting', () => tell('reconnecting'));
  room.on('reconnected', () => tell('back'));
  room.on('disconnected', (_, error) => tell('out', error ? error.code : 'without error'));
};
window.mute = (isMuted) =>
  room.localParticipant.audioTracks.forEach(({ track }) => (isMuted ? track.disable() : track.enable()));
window.say = (text) => chat.send(text);
window.share = async () => {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  setInterval(() => pen.fillRect(Math.random() * 100, 0, 1, 1), 50);
  const [screen] = canvas.captureStream(10).getVideoTracks();
  await room.localParticipant.publishTrack(new Twilio.Video.LocalVideoTrack(screen, { name: 'screen' }));
};
window.frames = () =>
  Object.fromEntries([...videos].map(([key, video]) => [key, video.getVideoPlaybackQuality().totalVideoFrames]));
window.audioPackets = async () => {
  const reports = await room.getStats();
  return Math.min(...reports.flatMap(({ remoteAudioTrackStats: all }) => all.map((one) => one.packetsReceived)));
};
</script>`;

let browser: Browser;
let pages: Server;
let url: string;
let video: Emulated;
let tabs: Page[];

beforeAll(async () => {
  const sdk = readFileSync(require.resolve('twilio-video/dist/twilio-video.min.js'));
  pages = createServer((request, response) => {
    const isSdk = request.url === '/twilio-video.js';
    response.setHeader('content-type', isSdk ? 'text/javascript' : 'text/html');
    response.end(isSdk ? sdk : PAGE);
  }).listen(0, '127.0.0.1');
  await once(pages, 'listening');
  url = `http://localhost:${(pages.address() as AddressInfo).port}/`;
  browser = await launchChromium('--autoplay-policy=no-user-gesture-required');
});

afterAll(async () => {
  await browser.close();
  pages.close();
});

beforeEach(async () => {
  video = await startEmulator({ sessionTimeoutSeconds: 3 });
  await video.rooms.create({ uniqueName: 'standup' });
  tabs = [];
});

afterEach(async () => {
  await Promise.all(tabs.map((tab) => tab.close()));
  await video.emulator.close();
});

/** Runs in the page, so it may use nothing but its arguments. */
const on = <Argument, Result>(
  tab: Page,
  act: (stage: Stage, argument: Argument) => Result | Promise<Result>,
  argument?: Argument,
): Promise<Result> => tab.evaluate(`(${act.toString()})(window, ${JSON.stringify(argument)})`);

/** Resolves when it holds in the page. */
async function until<Argument>(
  tab: Page,
  holds: (stage: Stage, argument: Argument) => boolean | Promise<boolean>,
  argument?: Argument,
): Promise<void> {
  await tab.waitForFunction(`(${holds.toString()})(window, ${JSON.stringify(argument)})`, undefined, {
    timeout: 60_000,
  });
}

async function join(identity: string): Promise<Page> {
  const tab = await browser.newPage();
  tabs.push(tab);
  await tab.goto(url);
  const token = accessToken(identity, 'standup');
  const wsServer = `${video.origin.replace('http', 'ws')}/signaling`;
  const options = { name: 'standup', wsServer, insights: false };
  await on(tab, (stage, given) => stage.join(given.token, given.options), { token, options });
  return tab;
}

/** Resolves when the page has told all of this, in any order. */
const told = (tab: Page, ...events: string[]): Promise<void> =>
  until(tab, (stage, wanted) => wanted.every((event) => stage.events.includes(event)), events);

/** Resolves when so many remote videos have each shown ten frames more than now, and every remote voice is heard. */
async function seesAndHears(tab: Page, videos: number): Promise<void> {
  await until(tab, (stage, wanted) => Object.keys(stage.frames()).length === wanted, videos);
  const before = await on(tab, (stage) => stage.frames());
  const grown = (stage: Stage, old: Record<string, number>): boolean =>
    Object.entries(stage.frames()).every(([key, frames]) => frames >= (old[key] ?? 0) + 10);
  await until(tab, grown, before);
  await until(tab, async (stage) => (await stage.audioPackets()) > 0);
}

test('two tabs see and hear each other, then three', async () => {
  const alice = await join('alice');
  const bob = await join('bob');
  await Promise.all([seesAndHears(alice, 1), seesAndHears(bob, 1)]);
  const carol = await join('carol');
  await Promise.all([seesAndHears(alice, 2), seesAndHears(bob, 2), seesAndHears(carol, 2)]);
});

test('muting, messages and a shared screen reach the other, whoever begins', async () => {
  const alice = await join('alice');
  const bob = await join('bob');
  await Promise.all([told(alice, 'subscribed bob chat'), told(bob, 'subscribed alice chat')]);
  await on(alice, (stage) => stage.mute(true));
  await told(bob, 'disabled alice mic');
  await on(alice, (stage) => stage.mute(false));
  await told(bob, 'enabled alice mic');
  await on(bob, (stage) => stage.say('hello'));
  await told(alice, 'message bob hello');
  await Promise.all([on(alice, (stage) => stage.share()), on(bob, (stage) => stage.share())]);
  await Promise.all([told(alice, 'subscribed bob screen'), told(bob, 'subscribed alice screen')]);
  await Promise.all([seesAndHears(alice, 2), seesAndHears(bob, 2)]);
});

test('killed sockets heal by themselves, and the picture goes on', async () => {
  const alice = await join('alice');
  const bob = await join('bob');
  await Promise.all([seesAndHears(alice, 1), seesAndHears(bob, 1)]);
  video.emulator.killConnections();
  await Promise.all([told(alice, 'reconnecting', 'back'), told(bob, 'reconnecting', 'back')]);
  await Promise.all([seesAndHears(alice, 1), seesAndHears(bob, 1)]);
  const carol = await join('carol');
  await Promise.all([seesAndHears(alice, 2), seesAndHears(bob, 2), seesAndHears(carol, 2)]);
});

test('what is said reaches everybody who is there, in order and once, and nobody who comes later', async () => {
  const said = (tab: Page): Promise<string[]> =>
    on(tab, ({ events }) => events.filter((event) => event.startsWith('message ')));
  const alice = await join('alice');
  const bob = await join('bob');
  await Promise.all([told(alice, 'subscribed bob chat'), told(bob, 'subscribed alice chat')]);
  await on(alice, (stage) => stage.say('early'));
  await told(bob, 'message alice early');
  video.emulator.killConnections();
  await Promise.all([told(alice, 'reconnecting', 'back'), told(bob, 'reconnecting', 'back')]);
  const carol = await join('carol');
  await Promise.all([
    told(alice, 'subscribed carol chat'),
    told(bob, 'subscribed carol chat'),
    told(carol, 'subscribed alice chat', 'subscribed bob chat'),
  ]);
  for (const text of ['one', 'two']) {
    for (const tab of [alice, bob, carol]) await on(tab, (stage, words) => stage.say(words), text);
  }
  await told(carol, 'message alice two', 'message bob two');
  await told(bob, 'message alice two', 'message carol two');
  await told(alice, 'message bob two', 'message carol two');
  const from = (name: string): string[] => [`message ${name} one`, `message ${name} two`];
  expect((await said(alice)).toSorted()).toEqual([...from('bob'), ...from('carol')]);
  expect((await said(bob)).toSorted()).toEqual(['message alice early', ...from('alice'), ...from('carol')]);
  expect((await said(carol)).toSorted()).toEqual([...from('alice'), ...from('bob')]);
});

test('sockets killed while a call is being set up heal too', async () => {
  const alice = await join('alice');
  const bob = await join('bob');
  video.emulator.killConnections();
  await Promise.all([told(alice, 'back'), told(bob, 'back')]);
  await Promise.all([seesAndHears(alice, 1), seesAndHears(bob, 1)]);
});

test('who is removed, doubled, gone or in a completed room is out, and the others are told', async () => {
  const alice = await join('alice');
  const bob = await join('bob');
  await video.rooms('standup').participants('bob').update({ status: 'disconnected' });
  await Promise.all([told(bob, 'out without error'), told(alice, 'went bob')]);

  const carol = await join('carol');
  const elsewhere = await join('carol');
  await told(carol, 'out 53205');
  await seesAndHears(elsewhere, 1);

  await elsewhere.close();
  await until(alice, ({ events }) => events.filter((event) => event === 'went carol').length === 2);

  await video.rooms('standup').update({ status: 'completed' });
  await told(alice, 'out 53118');
});

test('a full room is refused with the code that the SDK knows', async () => {
  await video.rooms('standup').update({ status: 'completed' });
  await video.rooms.create({ uniqueName: 'standup', maxParticipants: 1 });
  await join('alice');
  await expect(join('bob')).rejects.toThrow('Room contains too many Participants');
});
