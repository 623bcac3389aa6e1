/** Whichever colour a brand has, everybody can read the pages: WCAG's AA, light and dark. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, constantFrom, integer, oneof, property } from 'fast-check';
import { colourOf, contrast, hexOf } from '../../scripts/build/brand/colour';
import { type Palette, paletteFor, rulesOf, tokensIn } from '../../scripts/build/brand/palette';

const base = tokensIn(readFileSync(join(__dirname, '../../src/assets/design/tokens.css'), 'utf8'));
const RUNS = { numRuns: Number(process.env['FUZZ_RUNS'] ?? 400) };

const anyHex = oneof(
  integer({ min: 0, max: 0xffffff }).map((all) => `#${all.toString(16).padStart(6, '0')}`),
  integer({ min: 0, max: 0xfff }).map((all) => `#${all.toString(16).padStart(3, '0')}`),
  constantFrom('#fff', '#000', '#ffff00', '#00ff00', '#FF00FF', '#0000ff', '#808080'),
);

/** Everything that is written on anything. */
const PAIRS = [
  ...['ink', 'ink-soft', 'accent', 'danger'].flatMap((ink) =>
    ['ground', 'surface', 'surface-sunk'].map((behind) => [ink, behind] as const),
  ),
  ...['ink', 'ink-soft', 'accent'].map((ink) => [ink, 'accent-wash'] as const),
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-strong'],
  ['accent-strong', 'ground'],
  ['accent-strong', 'surface'],
  ['tile-ink', 'tile'],
  ['danger', 'danger-wash'],
  ['danger-ink', 'danger'],
  ['danger-ink', 'danger-strong'],
  ['warn-ink', 'warn-wash'],
] as const;

/** Edges of fields, which are to be found rather than read. */
const EDGES = [
  ['line-strong', 'surface'],
  ['line-strong', 'ground'],
] as const;

function unreadable(palette: Palette): string[] {
  return (['light', 'dark'] as const).flatMap((light) => {
    const of = (name: string): string => palette[light][name] ?? base[light][name] ?? '';
    const below = (pairs: readonly (readonly [string, string])[], ratio: number): string[] =>
      pairs
        .filter(([front, back]) => contrast(of(front), of(back)) < ratio)
        .map(([front, back]) => `${light}: ${front} ${of(front)} on ${back} ${of(back)}`);
    return [...below(PAIRS, 4.5), ...below(EDGES, 3)];
  });
}

test('the pages as they are', () => {
  expect(unreadable(base)).toEqual([]);
});

test('the pages in any colour', () => {
  assert(
    property(anyHex, (hex) => {
      expect(unreadable(paletteFor(hex, base))).toEqual([]);
    }),
    RUNS,
  );
});

test('a colour that can be read is taken as it is, another keeps its hue', () => {
  expect(paletteFor('#0057b8', base).light['accent']).toBe('#0057b8');
  expect(paletteFor('#05B', base).light['accent']).toBe('#0055bb');
  const moved = colourOf(paletteFor('#ffb000', base).light['accent'] ?? '');
  expect(moved.hue).toBeCloseTo(colourOf('#ffb000').hue, 1);
  expect(moved.lightness).toBeLessThan(colourOf('#ffb000').lightness);
});

test('a grey brand colours nothing', () => {
  const { light, dark } = paletteFor('#777777', base);
  for (const hex of [...Object.values(light), ...Object.values(dark)]) {
    expect(colourOf(hex).chroma).toBeLessThan(0.01);
  }
});

test('a colour comes back from its lightness, chroma and hue as it was', () => {
  assert(
    property(integer({ min: 0, max: 0xffffff }), (all) => {
      const hex = `#${all.toString(16).padStart(6, '0')}`;
      expect(hexOf(colourOf(hex))).toBe(hex);
    }),
    RUNS,
  );
  // What no screen shows is not an error.
  expect(hexOf({ lightness: 0.9, chroma: 0.4, hue: 4.6 })).toMatch(/^#[0-9a-f]{6}$/);
});

test('contrast is what WCAG says it is', () => {
  expect(contrast('#000', '#fff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  expect(contrast('#ffffff', '#777777')).toBe(contrast('#777777', '#ffffff'));
});

test('the rules for it set the same tokens as the stylesheet, in both lights', () => {
  const rules = tokensIn(rulesOf(paletteFor('#7b2d8e', base)));
  expect(Object.keys(base.light)).toEqual(expect.arrayContaining(Object.keys(rules.light)));
  expect(rules.dark['accent']).not.toBe(rules.light['accent']);
});
