/** A few soft notes. Browsers allow sound once the page has been touched. */
import { playThroughSpeaker } from '../devices/speaker';

let context: AudioContext | undefined;

/** To be called once: from the first press on, sound is possible. */
export function prepareChime(): void {
  const wake = (): void => {
    if (typeof AudioContext !== 'function') return;
    if (!context) {
      context = new AudioContext();
      playThroughSpeaker(context);
    }
    if (context.state !== 'running') void context.resume().catch(() => undefined);
  };
  addEventListener('pointerdown', wake);
  addEventListener('keydown', wake);
}

const NOTE_SECONDS = 0.16;
/** Struck softly, and fading like a bell. */
const ATTACK_SECONDS = 0.02;
const FADE_SECONDS = 0.9;

/** @param loudness of 1, which is as loud as the device is set */
export function chime(notes: readonly number[], loudness: number): void {
  if (context?.state !== 'running') return;
  for (const [index, hertz] of notes.entries()) strike(context, hertz, index * NOTE_SECONDS, loudness);
}

function strike(audio: AudioContext, hertz: number, after: number, loudness: number): void {
  const start = audio.currentTime + after;
  // The octave above, faintly: a bare sine sounds like a machine.
  for (const [pitch, share] of [
    [hertz, 1],
    [hertz * 2, 0.2],
  ] as const) {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(loudness * share, start + ATTACK_SECONDS);
    volume.gain.exponentialRampToValueAtTime(0.0005, start + FADE_SECONDS);
    note.connect(volume).connect(audio.destination);
    note.start(start);
    note.stop(start + FADE_SECONDS);
  }
}

/** Like sound: not before the page was touched. */
export function vibrate(pattern: number | number[]): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern);
}
