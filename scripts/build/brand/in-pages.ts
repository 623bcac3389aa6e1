/** The brand in the pages: in their frame, in what their code knows, in their colours. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { type Brand, TOKENS } from './brand';
import { iconOf } from './installable';
import { rulesOf } from './palette';

/** Parts of the frame, as HTML: `{{page.ground}}`. Texts in them are still keys. */
export function brandParts(brand: Brand): Readonly<Record<string, string>> {
  const { logo, palette } = brand;
  const icon = iconOf(brand);
  return {
    ground: palette.light['ground'] ?? '',
    groundDark: palette.dark['ground'] ?? '',
    icon: icon.path,
    iconType: icon.type,
    // What no page names is not looked at.
    sign: logo
      ? `<img class="brand-logo" src="${logo.path}" width="${logo.width}" height="${logo.height}" alt="{{brand}}" />`
      : '',
  };
}

/** What code knows of the brand: `BRAND`, JSON. */
export const brandForCode = ({ logo, support, privacy }: Brand): string =>
  JSON.stringify({
    ...(logo && { logo: { path: logo.path, width: logo.width, height: logo.height } }),
    ...(support !== undefined && { support }),
    ...(privacy !== undefined && { privacy }),
  });

/** The brand's colours, after the stylesheet's own. */
export const inTheseColours = (source: string, brand: Brand): Plugin => ({
  name: 'in-these-colours',
  setup: (bundler) => {
    if (!brand.isColoured) return;
    bundler.onLoad({ filter: /[\\/]tokens\.css$/ }, ({ path }) =>
      path === join(source, TOKENS)
        ? { contents: `${readFileSync(path, 'utf8')}\n${rulesOf(brand.palette)}`, loader: 'css' }
        : undefined,
    );
  },
});
