/** Whose pages they are, by variables alone: what a build makes of them, and what it refuses. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markAsPng } from '../../scripts/build/brand/mark';
import { createWholeCheckout, run } from './checkout';

const checkout = createWholeCheckout();
afterAll(() => checkout.remove());
// Whole builds in processes of their own, two in some tests.
jest.setTimeout(180_000);

const build = async (
  environment: Record<string, string>,
): Promise<{ code: number | null; out: readonly string[]; err: readonly string[] }> => {
  const { exit, out, err } = run(checkout, 'build.ts', environment);
  return { code: await exit, out, err };
};
const built = (path: string): string => readFileSync(join(checkout.root, 'dist/assets', path), 'utf8');
const named = (pattern: RegExp): string[] =>
  readdirSync(join(checkout.root, 'dist/assets/app')).filter((name) => pattern.test(name));
const code = (): string =>
  named(/\.js$/)
    .map((name) => built(`app/${name}`))
    .join('\n');
const styles = (): string =>
  named(/^site-\w+\.css$/)
    .map((name) => built(`app/${name}`))
    .join('\n');

interface Manifest {
  readonly name: string;
  readonly lang: string;
  readonly dir: string;
  readonly theme_color: string;
  readonly icons: readonly { src: string; sizes: string; type: string; purpose: string }[];
  readonly shortcuts: readonly { name: string; url: string }[];
}
const manifest = (path = 'manifest.webmanifest'): Manifest => JSON.parse(built(path)) as Manifest;

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40"/></svg>';
const HOSTILE = `"><script>alert(1)</script>{{gone}}</title>`;

describe('with nothing set', () => {
  beforeAll(async () => {
    expect(await build({})).toMatchObject({ code: 0, err: [] });
  });

  it('the pages are Foyer, in English, and say so', () => {
    expect(built('host.html')).toContain('<html lang="en" dir="ltr"');
    expect(built('host.html')).toMatch(/<title [^>]*>Host a meeting · Foyer<\/title>/);
    expect(manifest()).toMatchObject({
      name: 'Foyer',
      lang: 'en',
      dir: 'ltr',
      display: 'standalone',
      id: '/',
    });
    expect(manifest('manifest-ar.webmanifest')).toMatchObject({ lang: 'ar', dir: 'rtl', start_url: '/' });
  });

  it('every icon that a manifest names is there, as large as it says', () => {
    for (const { src, sizes, type } of manifest().icons) {
      const bytes = readFileSync(join(checkout.root, 'dist/assets', src));
      if (type !== 'image/png') continue;
      expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
    }
    expect(manifest().icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`)).toEqual(
      expect.arrayContaining(['any any', 'any 192x192', 'any 512x512', 'maskable 512x512']),
    );
    expect(existsSync(join(checkout.root, 'dist/assets/apple-touch-icon.png'))).toBe(true);
  });

  it('shortcuts lead to pages', () => {
    for (const { url, name } of manifest().shortcuts) {
      expect(name).toMatch(/\S/);
      expect(existsSync(join(checkout.root, 'dist/assets', url))).toBe(true);
    }
  });
});

describe('with a brand', () => {
  beforeAll(async () => {
    checkout.write('logo.svg', LOGO);
    const given = await build({
      BRAND_NAME: 'Praxis “Grün” & Söhne',
      BRAND_COLOR: '#ffb000',
      BRAND_LOGO: 'logo.svg',
      BRAND_LANGUAGE: 'ar',
      BRAND_SUPPORT_URL: 'mailto:help@praxis.example',
      BRAND_PRIVACY_URL: 'https://praxis.example/privacy?a=1&b=2',
    });
    expect(given).toMatchObject({ code: 0, err: [] });
    expect(given.out[0]).toMatch(
      /^BRAND_COLOR #ffb000 is too light to be read on white: pages have #[0-9a-f]{6} in its place$/,
    );
  });

  it('its name is everywhere, as text', () => {
    expect(built('host.html')).toContain('Praxis “Grün” &amp; Söhne</title>');
    expect(manifest().name).toBe('Praxis “Grün” & Söhne');
    expect(built('host.html')).not.toContain('Foyer');
  });

  it('pages are written in its language, and have the manifest of that', () => {
    expect(built('host.html')).toContain('<html lang="ar" dir="rtl"');
    expect(manifest()).toMatchObject({ lang: 'ar', dir: 'rtl' });
    expect(manifest('manifest-en.webmanifest').lang).toBe('en');
  });

  it('its colour is in the styles, light and dark, in the manifest and in the frame of the browser', () => {
    const accents = [...styles().matchAll(/--accent: ?(#[0-9a-f]{3,6})/g)].map(([, hex]) => hex);
    // The stylesheet's own, and after them the brand's.
    expect(new Set(accents).size).toBe(4);
    expect(built('host.html')).toContain(`content="${manifest().theme_color}"`);
    expect(built('icon.svg')).not.toContain('#0f665a');
  });

  it('its logo stands in place of the mark, with its name and in its shape', () => {
    const [logo = ''] = named(/^logo-\w+\.svg$/);
    expect(built(`app/${logo}`)).toBe(LOGO);
    expect(built('host.html')).toMatch(
      new RegExp(`<img class="brand-logo" src="/app/${logo}" width="120" height="40" alt="Praxis [^"]+" ?/>`),
    );
    // It is no square, so the icon is the mark in its colour.
    expect(manifest().icons[0]?.src).toBe('/icon.svg');
  });

  it('the links at the foot are in the code of the pages, and in no function', () => {
    expect(code()).toContain('mailto:help@praxis.example');
    const functions = readdirSync(join(checkout.root, 'dist/functions'), {
      recursive: true,
      withFileTypes: true,
    });
    for (const { parentPath, name } of functions.filter((entry) => entry.isFile())) {
      expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain('praxis.example');
    }
  });
});

it('a name that would be code is shown as it is', async () => {
  expect(await build({ BRAND_NAME: HOSTILE.slice(0, 40) })).toMatchObject({ code: 0, err: [] });
  for (const page of ['host.html', 'assets/index.html']) {
    expect(built(page)).toContain('&lt;script>alert(1)');
    expect(built(page)).not.toMatch(/<script>/);
  }
  expect(manifest().name).toBe(HOSTILE.slice(0, 40));
});

it('a square PNG is the icon, too', async () => {
  const png = markAsPng({ ground: '#123456', ink: '#ffffff' }, 256, false);
  expect(await build({ BRAND_LOGO: `data:image/png;base64,${png.toString('base64')}` })).toMatchObject({
    code: 0,
    err: [],
  });
  const [logo = ''] = named(/^logo-\w+\.png$/);
  expect(manifest().icons).toEqual([
    { src: `/app/${logo}`, sizes: '256x256', type: 'image/png', purpose: 'any' },
  ]);
  expect(readFileSync(join(checkout.root, 'dist/assets/apple-touch-icon.png')).equals(png)).toBe(true);
});

describe('a value that cannot be is one line, and nothing is built', () => {
  it.each([
    ['BRAND_NAME', 'x'.repeat(41), 'BRAND_NAME is not valid: expected 1 to 40 characters in one line'],
    ['BRAND_COLOR', 'teal', 'BRAND_COLOR is not valid: expected a colour like #0f665a'],
    ['BRAND_LANGUAGE', 'fr', 'BRAND_LANGUAGE is not valid: expected one of en, de, ar'],
    [
      'BRAND_SUPPORT_URL',
      'javascript:alert(1)',
      'BRAND_SUPPORT_URL is not valid: expected an https, mailto or tel address',
    ],
    ['BRAND_PRIVACY_URL', 'http://a.example', 'BRAND_PRIVACY_URL is not valid: expected an https address'],
    [
      'BRAND_LOGO',
      'http://a.example/logo.svg',
      'BRAND_LOGO is not valid: expected a path, an https address or a data URL of an SVG or a PNG',
    ],
    ['BRAND_LOGO', 'gone.svg', /^BRAND_LOGO cannot be read: ENOENT/],
  ])('%s is %p', async (name, value, line) => {
    const { code, out, err } = await build({ [name]: value });
    expect({ code, out }).toEqual({ code: 1, out: [] });
    expect(err).toEqual([typeof line === 'string' ? line : expect.stringMatching(line)]);
  });

  it('npm start says the same', async () => {
    const { exit, err } = run(checkout, 'start.ts', { BRAND_COLOR: 'teal' });
    expect(await exit).toBe(1);
    expect(err).toEqual(['BRAND_COLOR is not valid: expected a colour like #0f665a']);
  });
});
