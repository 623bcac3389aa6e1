/** What is to be heard of a call that rings: here, and at the one who calls. Browsers allow it once the page was touched. */
import { effect, signal } from '@preact/signals';
import { playThroughSpeaker } from '../devices/speaker';
import { keptInBrowser } from '../keep/kept';

const choice = keptInBrowser('ring-sound');

export const isRingHeard = signal(choice.read() !== 'no');
/** The browser holds sound back until somebody touches the page. */
export const isRingHeldBack = signal(true);

export function setRingHeard(heard: boolean): void {
  isRingHeard.value = heard;
  choice.keep(heard ? 'yes' : 'no');
}

export type Tone = 'ring' | 'ringBack';

interface Note {
  readonly hertz: readonly number[];
  /** Seconds, from the beginning of the tone. */
  readonly from: number;
  readonly to: number;
}

/** Two rising calls, and a pause; where one has called, the long tone that everybody knows. */
const TONES: Readonly<Record<Tone, { everyMs: number; loudness: number; notes: readonly Note[] }>> = {
  ring: {
    everyMs: 3_000,
    loudness: 0.16,
    notes: [0, 0.7].flatMap((at) => [
      { hertz: [587.3, 880], from: at, to: at + 0.18 },
      { hertz: [784, 1174.7], from: at + 0.2, to: at + 0.5 },
    ]),
  },
  ringBack: { everyMs: 4_000, loudness: 0.05, notes: [{ hertz: [425], from: 0, to: 1 }] },
};

/** Phones in trousers. */
const VIBRATION = [400, 200, 400];

/** Like sound: not before the page was touched. */
function vibrate(pattern: number | number[]): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern);
}

let context: AudioContext | undefined;

/** To be called once: from the first press on, sound is possible; where the browser trusts the page, at once. */
export function prepareTones(): void {
  if (typeof AudioContext !== 'function') return;
  const told = (): void => {
    isRingHeldBack.value = context?.state !== 'running';
  };
  const wake = (): void => {
    if (!context) {
      context = new AudioContext();
      playThroughSpeaker(context);
      context.addEventListener('statechange', told);
    }
    told();
    if (context.state !== 'running') void context.resume().catch(() => undefined);
  };
  addEventListener('pointerdown', wake);
  addEventListener('keydown', wake);
}

/** @returns silences it */
export function play(tone: Tone): () => void {
  const { everyMs, notes, loudness } = TONES[tone];
  let sounding: OscillatorNode[] = [];
  const silence = (): void => {
    for (const note of sounding.splice(0)) note.stop();
    if (tone === 'ring') vibrate(0);
  };
  const once = (): void => {
    sounding = [];
    if (tone === 'ring') vibrate(VIBRATION);
    if (context?.state !== 'running') return;
    const now = context.currentTime;
    for (const { hertz, from, to } of notes) {
      for (const pitch of hertz) sounding.push(sound(context, pitch, now + from, now + to, loudness));
    }
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  // Also when the browser lets it sound only now, or the choice is another.
  const stop = effect(() => {
    clearInterval(timer);
    silence();
    if (tone === 'ring' && !isRingHeard.value) return;
    void isRingHeldBack.value;
    once();
    timer = setInterval(once, everyMs);
  });
  return () => {
    stop();
    clearInterval(timer);
    silence();
  };
}

function sound(
  audio: AudioContext,
  hertz: number,
  from: number,
  to: number,
  loudness: number,
): OscillatorNode {
  const note = audio.createOscillator();
  const volume = audio.createGain();
  note.frequency.value = hertz;
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(loudness, from + 0.03);
  volume.gain.setValueAtTime(loudness, to - 0.06);
  volume.gain.linearRampToValueAtTime(0, to);
  note.connect(volume).connect(audio.destination);
  note.start(from);
  note.stop(to);
  return note;
}
