/**
 * The real stage with a crowd that nobody has to open browsers for: people whose pictures are drawn here. They are
 * what a provider would tell of them; everything else is the product.
 */
import { signal } from '@preact/signals';
import { createOwnMedia } from '../../../src/assets/devices/own-media';
import type { Participant, Playable } from '../../../src/assets/media/media';
import { createChat } from '../../../src/assets/room/chat/chat';
import { createHands } from '../../../src/assets/room/hands/hands';
import { People } from '../../../src/assets/room/people';
import { peoplePanel } from '../../../src/assets/room/people-panel';
import type { RoomSession } from '../../../src/assets/room/session';
import { Stage } from '../../../src/assets/room/stage';
import { speakAsChosen } from '../../../src/assets/texts/language';
import { mount } from '../../../src/assets/view/mount';
import { drawnPerson, drawnScreen } from './drawings';

export interface Somebody extends Partial<Omit<Participant, 'camera' | 'screen' | 'microphone'>> {
  readonly id: string;
  /** The shape of the picture; none: the camera is off. */
  readonly camera?: 'wide' | 'upright' | 'none';
  readonly showsScreen?: boolean;
}

/** What a test does to the call. */
export interface Puppeteer {
  show(everybody: readonly Somebody[]): void;
  speak(id: string | undefined): void;
  connect(state: 'connected' | 'reconnecting'): void;
  quality(level: number | undefined): void;
  /** What somebody sends to everybody. */
  say(from: string, words: string): void;
  /** What one sends to everybody. */
  readonly sent: readonly string[];
  /** What one has pressed: `leave`. */
  readonly pressed: string[];
  end(): void;
}

const participants = signal<readonly Participant[]>([]);
const connection = signal<'connected' | 'reconnecting'>('connected');
const quality = signal<number | undefined>(5);
const speaker = signal<string>();
const screen = signal<MediaStreamTrack>();
const isOver = signal(false);
const pressed: string[] = [];
const self = { id: 'me', name: 'Jo', isHost: false };

const sent: string[] = [];
const stay = {
  room: 'stage',
  self,
  participants,
  connection,
  sendData: (words: string) => Promise.resolve(void sent.push(words)),
};
const hands = createHands(stay);

const session: RoomSession = {
  self,
  participants,
  connection,
  quality,
  speaker,
  screen,
  chat: createChat(stay),
  hands,
  shareScreen: () => {
    screen.value = drawnScreen('mine').getVideoTracks()[0];
    return Promise.resolve();
  },
  stopSharing: () => {
    screen.value?.stop();
    screen.value = undefined;
  },
  leave: () => undefined,
};

const drawn = new Map<string, Playable>();

function playable(key: string, draw: () => MediaStream): Playable {
  const known = drawn.get(key) ?? playing(draw());
  drawn.set(key, known);
  return known;
}

const playing = (stream: MediaStream): Playable => ({
  attach: (element) => {
    element.srcObject = stream;
    return () => {
      element.srcObject = null;
    };
  },
});

function participant({ camera = 'wide', showsScreen, ...who }: Somebody): Participant {
  const name = who.name ?? who.id;
  return {
    isHost: false,
    isMuted: false,
    isReconnecting: false,
    quality: 5,
    ...who,
    name,
    camera: camera === 'none' ? undefined : playable(`${who.id} ${camera}`, () => drawnPerson(name, camera)),
    screen: showsScreen ? playable(`${who.id} screen`, () => drawnScreen(name)) : undefined,
    microphone: undefined,
  };
}

const puppeteer: Puppeteer = {
  show: (everybody) => (participants.value = everybody.map(participant)),
  speak: (id) => (speaker.value = id),
  connect: (state) => (connection.value = state),
  quality: (level) => (quality.value = level),
  say: (from, words) => hands.hear(from, words),
  sent,
  pressed,
  end: () => (isOver.value = true),
};

const media = createOwnMedia();

function App() {
  if (isOver.value) return <h1>It is over</h1>;
  return (
    <Stage
      session={session}
      media={media}
      title="A call"
      onLeave={() => {
        pressed.push('leave');
        isOver.value = true;
      }}
      panels={[peoplePanel(<People session={session} self={self.name} />)]}
    />
  );
}

async function start(): Promise<void> {
  await speakAsChosen();
  if (!location.hash.includes('nobody-sees-me')) await media.openBoth();
  Object.assign(window, { puppeteer });
  mount(App);
}

void start();
