/** What the others hear beside a voice: as chosen in this browser, until chosen otherwise. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { keptInBrowser } from '../../keep/kept';

export const REDUCTIONS = [
  /** What comes from the microphone, for music: only echoes are taken out. */
  'original',
  /** The browser's own. */
  'standard',
  /** Also typing, fans, traffic, dogs: a model trained on voices. */
  'strong',
] as const;
export type Reduction = (typeof REDUCTIONS)[number];

const choice = keptInBrowser('noise');
const reduction = signal<Reduction>(REDUCTIONS.find((one) => one === choice.read()) ?? 'standard');

export const noiseReduction: ReadonlySignal<Reduction> = reduction;

export function chooseNoise(wanted: Reduction): void {
  reduction.value = wanted;
  choice.keep(wanted);
}
