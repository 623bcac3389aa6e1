/** Two soft notes when somebody asks to be let in, and again, softer, when somebody waits long and nobody looks. */
import { signal } from '@preact/signals';
import { kept } from '../keep/kept';
import { chime } from '../live/chime';

const choice = kept('knock-sound');

export const isKnockHeard = signal(choice.read() !== 'no');

export function setKnockHeard(heard: boolean): void {
  isKnockHeard.value = heard;
  choice.keep(heard ? 'yes' : 'no');
  if (heard) playKnock();
}

const NOTES_HZ = [587.3, 784];
const LOUDNESS = 0.12;
const REMINDER_LOUDNESS = 0.07;

export function playKnock(): void {
  if (isKnockHeard.value) chime(NOTES_HZ, LOUDNESS);
}

export function playReminder(): void {
  if (isKnockHeard.value) chime(NOTES_HZ.toReversed(), REMINDER_LOUDNESS);
}
