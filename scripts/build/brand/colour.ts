/**
 * Colours by lightness, chroma and hue as eyes judge them (OKLCH, https://bottosson.github.io/posts/oklab/), and how
 * well one is read on another (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
 */

export interface Colour {
  /** 0 to 1. */
  readonly lightness: number;
  /** 0 is grey; about 0.3 is the most that screens show. */
  readonly chroma: number;
  /** Radians. */
  readonly hue: number;
}

type Triple = readonly [number, number, number];

/** @param hex `#rgb` or `#rrggbb` */
export function colourOf(hex: string): Colour {
  const [r, g, b] = linear(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(a, bb),
    hue: Math.atan2(bb, a),
  };
}

/** `#FA0` → `#ffaa00`. */
export const sixDigits = (hex: string): string => hex.toLowerCase().replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');

/** Red, green and blue, 0 to 255. */
export function channelsOf(hex: string): Triple {
  const all = Number.parseInt(sixDigits(hex).slice(1), 16);
  return [(all >> 16) & 255, (all >> 8) & 255, all & 255];
}

/** `#rrggbb`; what no screen shows is made greyer until one does. */
export function hexOf(colour: Colour): string {
  if (isShown(rgbOf(colour))) return written(rgbOf(colour));
  let [low, high] = [0, colour.chroma];
  for (let step = 0; step < 20; step += 1) {
    const middle = (low + high) / 2;
    if (isShown(rgbOf({ ...colour, chroma: middle }))) low = middle;
    else high = middle;
  }
  return written(rgbOf({ ...colour, chroma: low }));
}

/** 1 to 21; small text wants 4.5. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Red, green and blue as light adds up. */
function linear(hex: string): Triple {
  const [r, g, b] = channelsOf(hex).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r ?? 0, g ?? 0, b ?? 0];
}

function rgbOf({ lightness, chroma, hue }: Colour): Triple {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Rounding to whole numbers forgives a little. */
const isShown = (rgb: Triple): boolean => rgb.every((value) => value >= -0.0005 && value <= 1.0005);

function written(rgb: Triple): string {
  const channels = rgb.map((value) => {
    const clipped = Math.min(1, Math.max(0, value));
    const shown = clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(shown * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
