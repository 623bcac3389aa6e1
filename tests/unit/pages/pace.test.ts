/** When blurring keeps up with a camera, when with a smaller picture only, and when not at all. */
import { createPace } from '../../../src/assets/devices/background/pace';

/** What is said of so many pictures that took so long each. */
const after = (isSmall: boolean, ...runs: readonly (readonly [count: number, ms: number])[]): string[] => {
  const pace = createPace(isSmall);
  const verdicts = runs.flatMap(([count, ms]) => Array.from({ length: count }, () => pace.note(ms)));
  return verdicts.filter((verdict) => verdict !== 'fine');
};

test('a device that keeps up is left alone', () => {
  expect(after(false, [1_000, 20])).toEqual([]);
  expect(after(true, [1_000, 120])).toEqual([]);
});

test('the first pictures, which take long, do not count', () => {
  expect(after(false, [6, 2_000], [1_000, 20])).toEqual([]);
});

test('one that falls behind works on a smaller picture before anything else', () => {
  expect(after(false, [30, 80])).toEqual(['smaller']);
  expect(after(false, [30, 900])).toEqual(['smaller']);
});

test('one that is hopeless even then is told after two windows, not for one busy moment', () => {
  expect(after(true, [30, 400], [24, 50], [24, 400], [24, 50])).toEqual([]);
  expect(after(true, [54, 400])).toEqual(['tooSlow']);
});

test('single pictures that take long do no harm: the median counts', () => {
  const pace = createPace(true);
  const verdicts = Array.from({ length: 600 }, (_, index) => pace.note(index % 3 === 0 ? 3_000 : 40));
  expect(new Set(verdicts)).toEqual(new Set(['fine']));
});
