/** Tiles in a call, for crowds of any size on phones, tablets and desktops, upright and on their side. */
import { assert, constantFrom, integer, property, record } from 'fast-check';
import { arrange, type Arrangement, type Box, type Crowd } from '../../src/assets/room/arrange';

const GAP = 12;
const WINDOWS = [
  ['a small phone', 296, 440],
  ['a phone', 366, 730],
  ['a phone on its side', 740, 366],
  ['a tablet', 796, 1060],
  ['a tablet on its side', 1156, 700],
  ['a desktop', 1342, 737],
  ['a desktop with a side', 916, 737],
  ['a wide desktop', 2500, 1200],
] as const;

const overlap = (a: Box, b: Box): boolean =>
  a.x + a.width > b.x + 0.01 &&
  b.x + b.width > a.x + 0.01 &&
  a.y + a.height > b.y + 0.01 &&
  b.y + b.height > a.y + 0.01;

const boxesOf = ({ large, rest, more }: Arrangement): Box[] => [...large, ...rest, ...(more ? [more] : [])];

const areaOf = (boxes: readonly Box[]): number =>
  boxes.reduce((sum, { width, height }) => sum + width * height, 0);

const windows = constantFrom(...WINDOWS.map(([, width, height]) => ({ width, height })));
/** Any window, any number of people; `large` of them large. */
const crowds = record({ large: integer({ min: 0, max: 4 }), rest: integer({ min: 1, max: 60 }) });
const anySize = record({
  width: integer({ min: 240, max: 3_000 }),
  height: integer({ min: 240, max: 2_000 }),
});

function holdsFor(check: (crowd: Crowd, width: number, height: number) => void): void {
  assert(
    property(crowds, windows, (crowd, { width, height }) => check(crowd, width, height)),
    { numRuns: 150 },
  );
  assert(
    property(crowds, anySize, (crowd, { width, height }) => check(crowd, width, height)),
    { numRuns: 150 },
  );
}

it('every tile is inside the window, and none covers another', () => {
  holdsFor((crowd, width, height) => {
    const arrangement = arrange(crowd, width, height, GAP);
    const all = boxesOf(arrangement);
    for (const box of all) {
      expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(-0.01);
      expect(box.x + box.width).toBeLessThanOrEqual(width + 0.01);
      expect(box.y + box.height).toBeLessThanOrEqual(height + 0.01);
      expect(Math.min(box.width, box.height)).toBeGreaterThan(15);
    }
    // Of two, oneself is meant to be in a corner of the other's picture.
    if (arrangement.isCornered) return expect(crowd).toEqual({ large: 0, rest: 2 });
    for (const [index, box] of all.entries()) {
      expect(all.slice(index + 1).some((other) => overlap(box, other))).toBe(false);
    }
  });
});

it('everybody has a tile, or one place stands for those who have none', () => {
  holdsFor(({ large, rest }, width, height) => {
    const arrangement = arrange({ large, rest }, width, height, GAP);
    expect(arrangement.large).toHaveLength(large);
    if (arrangement.more) expect(arrangement.rest.length).toBeLessThan(rest);
    else expect(arrangement.rest).toHaveLength(rest);
    // Oneself, and at least somebody, are always in sight.
    expect(arrangement.rest.length).toBeGreaterThanOrEqual(Math.min(rest, 1));
  });
});

it('no face is cut to a strip, upright or flat', () => {
  holdsFor((crowd, width, height) => {
    const { rest, more, isCornered } = arrange(crowd, width, height, GAP);
    if (isCornered) return;
    for (const { width: wide, height: high } of [...rest, ...(more ? [more] : [])]) {
      expect(high / wide).toBeLessThanOrEqual(1.301);
      expect(wide / high).toBeLessThanOrEqual(1.901);
    }
  });
});

describe.each(WINDOWS)('on %s', (_, width, height) => {
  it.each(Array.from({ length: 12 }, (_unused, index) => index + 1))(
    'all of %i are in sight, as large and as little cut off as any columns make them',
    (count) => {
      const { rest, more } = arrange({ large: 0, rest: count }, width, height, GAP);
      expect(more).toBeUndefined();
      expect(rest).toHaveLength(count);
      if (count === 2) return;
      const [tile = rest[0]] = rest;
      expect(tile && worthOf(tile, width / height)).toBeGreaterThanOrEqual(
        0.98 * bestWorth(count, width, height),
      );
    },
  );

  it('a screen gets most of what a window of its shape can give', () => {
    for (const rest of [2, 5, 12, 30]) {
      const { large } = arrange({ large: 1, rest }, width, height, GAP);
      const [screen = { x: 0, y: 0, width: 0, height: 0 }] = large;
      const [seen, most] = [fitted(screen, 16 / 9), fitted({ x: 0, y: 0, width, height }, 16 / 9)];
      expect(areaOf([seen])).toBeGreaterThanOrEqual(0.6 * areaOf([most]));
    }
  });

  it('several screens share the room that one would have', () => {
    const [one] = arrange({ large: 1, rest: 4 }, width, height, GAP).large;
    const three = arrange({ large: 3, rest: 4 }, width, height, GAP).large;
    expect(areaOf(three)).toBeGreaterThan(0.65 * areaOf(one ? [one] : []));
    expect(areaOf(three)).toBeLessThanOrEqual(areaOf(one ? [one] : []));
  });
});

it('a phone shows four below one another, and five and more in two columns', () => {
  const columns = (count: number): number =>
    new Set(
      arrange({ large: 0, rest: count }, 366, 730, GAP)
        .rest.slice(0, 4)
        .map(({ x }) => Math.round(x)),
    ).size;
  expect([columns(3), columns(4), columns(5), columns(6), columns(8), columns(12)]).toEqual([
    1, 1, 2, 2, 2, 2,
  ]);
});

it('one who comes or goes does not change the shape of a crowd that has room', () => {
  const columns = (count: number): number =>
    new Set(arrange({ large: 0, rest: count }, 1342, 737, GAP).rest.map(({ x }) => Math.round(x))).size;
  expect([columns(4), columns(9), columns(12)]).toEqual([2, 3, 4]);
  // Two boxes of the same row and column are the same for seven, eight and nine.
  const first = (count: number) => arrange({ large: 0, rest: count }, 1342, 737, GAP).rest[0];
  expect(first(8)).toEqual(first(9));
  expect(first(7)).toEqual(first(9));
});

function fitted(box: Box, ratio: number): Box {
  const width = Math.min(box.width, box.height * ratio);
  return { ...box, width, height: width / ratio };
}

/** How much of a camera's picture is to be seen in a tile, by area; a little less for what is cut off. */
function worthOf({ width, height }: Pick<Box, 'width' | 'height'>, windowRatio: number): number {
  const ratio = width / height / (windowRatio < 1 ? 1 : 1.6);
  return width * height * Math.cbrt(Math.min(ratio, 1 / ratio));
}

/** By trying every number of columns and rows, and every shape of tile that suits faces. */
function bestWorth(count: number, width: number, height: number): number {
  let best = 0;
  for (let columns = 1; columns <= count; columns += 1) {
    for (let rows = Math.ceil(count / columns); rows <= count; rows += 1) {
      const most = {
        width: (width - GAP * (columns - 1)) / columns,
        height: (height - GAP * (rows - 1)) / rows,
      };
      if (most.width <= 0 || most.height <= 0) continue;
      for (let ratio = 1 / 1.3; ratio <= 1.9; ratio += 0.02) {
        best = Math.max(best, worthOf(fitted({ x: 0, y: 0, ...most }, ratio), width / height));
      }
    }
  }
  return best;
}
