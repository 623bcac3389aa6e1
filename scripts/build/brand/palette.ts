/**
 * The pages' colours for a brand: those of `design/tokens.css`, turned to the brand's hue, light and dark. The
 * brand's own colour is taken as it is where everybody can read it, and else made darker or lighter until they can.
 */
import { type Colour, colourOf, contrast, hexOf, sixDigits } from './colour';

/** By token, without the dashes before it: `accent` → `#0f665a`. */
export type Tokens = Readonly<Record<string, string>>;

export interface Palette {
  readonly light: Tokens;
  readonly dark: Tokens;
}

/** WCAG's AA for text. */
export const READABLE = 4.5;
/** Between what touches the threshold and what is comfortable on a dark screen. */
const COMFORTABLE = 7;
/** More glows in the dark. */
const CALM = 0.115;
const STEP = 0.005;

/** Greys with a touch of the brand in them, and what stands beside the accent. */
const TURNED = [
  'ground',
  'surface',
  'surface-sunk',
  'line',
  'line-strong',
  'ink',
  'ink-soft',
  'tile',
  'tile-ink',
  'speaking',
  'accent-wash',
  'accent-ink',
];

/** What the accent is read on. */
export const BEHIND_ACCENT = ['surface', 'ground', 'surface-sunk', 'accent-wash'] as const;

/** @param base the tokens as the stylesheet has them */
export function paletteFor(chosen: string, { light, dark }: Palette): Palette {
  const hex = sixDigits(chosen);
  const brand = colourOf(hex);
  return {
    light: turned(light, brand, (tokens) => darkEnough(hex, tokens)),
    dark: turned(dark, brand, (tokens) => lightEnough(brand, dark, tokens)),
  };
}

function turned(base: Tokens, brand: Colour, accentOn: (tokens: Tokens) => string): Tokens {
  const tokens: Record<string, string> = {};
  for (const name of TURNED) {
    const value = base[name];
    if (value === undefined) continue;
    const { lightness, chroma } = colourOf(value);
    // A grey brand has no hue to lend.
    tokens[name] = hexOf({ lightness, chroma: Math.min(chroma, brand.chroma), hue: brand.hue });
  }
  const accent = accentOn(tokens);
  const further = (of: string): number => colourOf(base[of] ?? '#000000').lightness;
  const { lightness, chroma, hue } = colourOf(accent);
  const hover = lightness + further('accent-strong') - further('accent');
  return {
    ...tokens,
    accent,
    'accent-strong': hexOf({ lightness: Math.min(1, Math.max(0, hover)), chroma, hue }),
  };
}

const isReadOn = (hex: string, tokens: Tokens, ratio: number): boolean =>
  [...BEHIND_ACCENT, 'accent-ink'].every((name) => contrast(hex, tokens[name] ?? hex) >= ratio);

/** The brand's own, or the nearest below it in lightness that is read on light ground, and carries light text. */
function darkEnough(hex: string, tokens: Tokens): string {
  if (isReadOn(hex, tokens, READABLE)) return hex;
  const { lightness, chroma, hue } = colourOf(hex);
  for (let lower = lightness - STEP; lower > 0; lower -= STEP) {
    const darker = hexOf({ lightness: lower, chroma, hue });
    if (isReadOn(darker, tokens, READABLE)) return darker;
  }
  return '#000000';
}

/** As light as the stylesheet's own for the dark, at least. */
function lightEnough({ lightness, chroma, hue }: Colour, base: Tokens, tokens: Tokens): string {
  const own = colourOf(base['accent'] ?? '#ffffff');
  for (let higher = Math.max(own.lightness, lightness); higher < 1; higher += STEP) {
    const lighter = hexOf({ lightness: higher, chroma: Math.min(chroma, CALM), hue });
    if (isReadOn(lighter, tokens, READABLE) && contrast(lighter, tokens['surface'] ?? lighter) >= COMFORTABLE)
      return lighter;
  }
  return '#ffffff';
}

const TOKEN = /--([\w-]+):\s*(#[0-9a-f]{3,6});/gi;
const DARK = '@media (prefers-color-scheme: dark)';

/** The colours that a stylesheet gives to tokens. */
export function tokensIn(css: string): Palette {
  const [before = '', after = ''] = css.split(DARK);
  const read = (part: string): Tokens =>
    Object.fromEntries([...part.matchAll(TOKEN)].map(([, name = '', value = '']) => [name, value]));
  const light = read(before);
  return { light, dark: { ...light, ...read(after) } };
}

/** The same as rules that come after those of the stylesheet. */
export function rulesOf({ light, dark }: Palette): string {
  const declared = (tokens: Tokens): string =>
    Object.entries(tokens)
      .map(([name, value]) => `--${name}: ${value};`)
      .join(' ');
  return `:root { ${declared(light)} }\n${DARK} { :root { ${declared(dark)} } }\n`;
}
