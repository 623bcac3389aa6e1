/** How much of what is behind the person the others get to see: as chosen in this browser, until chosen otherwise. */
import { keptChoice } from '../../keep/kept-choice';

export const STRENGTHS = ['off', 'slight', 'strong'] as const;
export type Strength = (typeof STRENGTHS)[number];

export const { chosen: backgroundStrength, choose: chooseBackground } = keptChoice<Strength>(
  'background',
  STRENGTHS,
  'off',
);
