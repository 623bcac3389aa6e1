/** Whose pages these are: name, colours, logo, language and where people get help, from variables, for one build. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sixDigits } from './colour';
import { type Logo, readLogo } from './logo';
import { SOURCE_LANGUAGE } from '../languages';
import { paletteFor, type Palette, tokensIn } from './palette';

export interface Brand {
  /** undefined: what the words call it. */
  readonly name: string | undefined;
  readonly palette: Palette;
  /** Whether the palette is another than the stylesheet's. */
  readonly isColoured: boolean;
  readonly logo: Logo | undefined;
  /** What pages are written in, for whoever's browser prefers none that there is. */
  readonly language: string;
  /** Links at the foot of every page. */
  readonly support: string | undefined;
  readonly privacy: string | undefined;
  /** What whoever chose it should know, one line each. */
  readonly remarks: readonly string[];
}

type Variables = Readonly<Record<string, string>>;

/** Where the colours are, relative to the assets folder. */
export const TOKENS = 'design/tokens.css';

/**
 * @param variables of which those are read that begin with BRAND_; their checks are the environment's
 * @throws BuildError for a logo that cannot be shown. Cost: fetches the logo if it is somewhere else.
 */
export async function readBrand(root: string, variables: Variables): Promise<Brand> {
  const { BRAND_NAME, BRAND_COLOR, BRAND_LOGO, BRAND_LANGUAGE, BRAND_SUPPORT_URL, BRAND_PRIVACY_URL } =
    variables;
  const own = ownPalette(join(root, 'src', 'assets', TOKENS));
  const palette = BRAND_COLOR === undefined ? own : paletteFor(BRAND_COLOR, own);
  return {
    name: BRAND_NAME,
    palette,
    isColoured: BRAND_COLOR !== undefined,
    logo: BRAND_LOGO === undefined ? undefined : await readLogo(root, BRAND_LOGO),
    language: BRAND_LANGUAGE ?? SOURCE_LANGUAGE,
    support: BRAND_SUPPORT_URL,
    privacy: BRAND_PRIVACY_URL,
    remarks: moved(BRAND_COLOR, palette.light['accent']),
  };
}

const ownPalette = (file: string): Palette =>
  existsSync(file) ? tokensIn(readFileSync(file, 'utf8')) : { light: {}, dark: {} };

const moved = (wanted: string | undefined, taken: string | undefined): string[] =>
  wanted === undefined || taken === undefined || sixDigits(wanted) === taken
    ? []
    : [`BRAND_COLOR ${wanted} is too light to be read on white: pages have ${taken} in its place`];
