/** How much of what is behind the person the others get to see: as chosen in this browser, until chosen otherwise. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { keptInBrowser } from '../../keep/kept';

export const STRENGTHS = ['off', 'slight', 'strong'] as const;
export type Strength = (typeof STRENGTHS)[number];

const choice = keptInBrowser('background');
const strength = signal<Strength>(STRENGTHS.find((one) => one === choice.read()) ?? 'off');

export const backgroundStrength: ReadonlySignal<Strength> = strength;

export function chooseBackground(wanted: Strength): void {
  strength.value = wanted;
  choice.keep(wanted);
}
