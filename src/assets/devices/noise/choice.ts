/** What the others hear beside a voice: as chosen in this browser, until chosen otherwise. */
import { keptChoice } from '../../keep/kept-choice';

export const REDUCTIONS = [
  /** What comes from the microphone, for music: only echoes are taken out. */
  'original',
  /** The browser's own. */
  'standard',
  /** Also typing, fans, traffic, dogs: a model trained on voices. */
  'strong',
] as const;
export type Reduction = (typeof REDUCTIONS)[number];

export const { chosen: noiseReduction, choose: chooseNoise } = keptChoice<Reduction>(
  'noise',
  REDUCTIONS,
  'standard',
);
