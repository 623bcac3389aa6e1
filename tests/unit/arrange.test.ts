/** Tiles in a call, for crowds of one to twelve on a phone, a tablet and a desktop. */
import { arrange, type Box } from '../../src/assets/room/arrange';

const GAP = 12;
const WINDOWS = [
  ['a phone', 366, 730],
  ['a phone on its side', 820, 300],
  ['a tablet', 740, 900],
  ['a desktop', 1256, 690],
] as const;
const crowds = Array.from({ length: 12 }, (_, others) => others);

const overlap = (a: Box, b: Box): boolean =>
  a.x + a.width > b.x + 0.01 &&
  b.x + b.width > a.x + 0.01 &&
  a.y + a.height > b.y + 0.01 &&
  b.y + b.height > a.y + 0.01;

describe.each(WINDOWS)('on %s', (_, width, height) => {
  it.each(crowds)('%i others: every tile is inside, none covers another', (others) => {
    for (const hasScreen of [false, true]) {
      const { screen, others: boxes, self } = arrange({ others, hasScreen }, width, height, GAP);
      expect(boxes).toHaveLength(others);
      expect(screen !== undefined).toBe(hasScreen);
      const all = [...(screen ? [screen] : []), ...boxes, self];
      for (const box of all) {
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(-0.01);
        expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
        expect(box.y + box.height).toBeLessThanOrEqual(height + 0.01);
        expect(Math.min(box.width, box.height)).toBeGreaterThan(15);
      }
      // With one other, oneself is meant to be in a corner of the other's picture.
      const apart = others === 1 && !hasScreen ? boxes : all;
      for (const [index, box] of apart.entries()) {
        expect(apart.slice(index + 1).some((other) => overlap(box, other))).toBe(false);
      }
    }
  });

  it('no face is cut to a strip', () => {
    for (const others of crowds) {
      const { others: boxes } = arrange({ others, hasScreen: false }, width, height, GAP);
      for (const { width: wide, height: high } of boxes) expect(high / wide).toBeLessThanOrEqual(1.301);
    }
  });
});

it('two columns for four on a desktop, and three for nine', () => {
  const columns = (others: number): number =>
    new Set(arrange({ others, hasScreen: false }, 1256, 690, GAP).others.map(({ x }) => Math.round(x))).size;
  expect(columns(3)).toBe(2);
  expect(columns(8)).toBe(3);
});
