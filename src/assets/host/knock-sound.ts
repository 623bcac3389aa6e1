/** Two soft notes when somebody asks to be let in. Browsers allow sound once the page has been touched. */
import { signal } from '@preact/signals';
import { kept } from '../keep/kept';

const choice = kept('knock-sound');

export const isKnockHeard = signal(choice.read() !== 'no');

export function setKnockHeard(heard: boolean): void {
  isKnockHeard.value = heard;
  choice.keep(heard ? 'yes' : 'no');
  if (heard) playKnock();
}

let context: AudioContext | undefined;

/** To be called once: from the first press on, sound is possible. */
export function prepareKnock(): void {
  const wake = (): void => {
    if (typeof AudioContext !== 'function') return;
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
  };
  addEventListener('pointerdown', wake);
  addEventListener('keydown', wake);
}

const NOTES_HZ = [587.3, 784];
const NOTE_SECONDS = 0.16;
const LOUDNESS = 0.12;

export function playKnock(): void {
  if (!isKnockHeard.value || context?.state !== 'running') return;
  for (const [index, hertz] of NOTES_HZ.entries()) {
    const start = context.currentTime + index * NOTE_SECONDS;
    const note = context.createOscillator();
    const volume = context.createGain();
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 3 * NOTE_SECONDS);
    note.connect(volume).connect(context.destination);
    note.start(start);
    note.stop(start + 3 * NOTE_SECONDS);
  }
}
