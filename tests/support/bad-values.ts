/** Values that no parameter of a kind may have. */

/** Written into the JSON as it stands; JavaScript reads it as Infinity. */
export const HUGE = '@1e400@';
export const jsonOf = (parameters: object): string =>
  JSON.stringify(parameters).replaceAll(`"${HUGE}"`, '1e400');

export const NOT_SCALARS = [[], {}, [1], ['x'], { $gt: '' }, [[]], null];
export const NOT_NUMBERS = [
  ...NOT_SCALARS,
  '',
  ' ',
  'x',
  true,
  -1,
  '-1',
  0,
  1.5,
  '6.0',
  '6e0',
  '0x6',
  '٦',
  HUGE,
  1e21,
];
/** Nobody could be called by these: there is nothing to see, or what follows is turned round. */
export const NO_NAMES = [
  '\u200b',
  '\u200d \u2060',
  '\u3164',
  '\u2800\u0301',
  'Ann\u202egro.rotcod',
  '\u2066Ann\u2069',
];
export const NOT_TEXT = [...NOT_SCALARS, '', 5, true, HUGE, 'a\u0000b', '\u001B[31m', 'x\uD800'];
