/** What makes the pages an app to be installed: a manifest for each language, and icons. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Languages } from '../languages';
import type { Brand } from './brand';
import type { Logo } from './logo';
import { markAsPng, markAsSvg, type MarkColours } from './mark';

interface IconFile {
  readonly path: string;
  readonly sizes: string;
  readonly type: string;
  readonly purpose: 'any' | 'maskable';
}

const SIZES = [192, 512] as const;
const TOUCH_ICON = '/apple-touch-icon.png';
const TOUCH_SIZE = 180;

/** URL path of a language's manifest; the page's own has the name by which everybody looks for it. */
export const manifestPath = (language: string, own: string): string =>
  language === own ? '/manifest.webmanifest' : `/manifest-${language}.webmanifest`;

const MARK: Pick<Logo, 'path' | 'type'> = { path: '/icon.svg', type: 'image/svg+xml' };
/** Smaller ones make no app in Chromium. */
const SMALLEST = 192;

/** A logo that fills a square, and is large enough, is an icon as well; beside any other there is the mark. */
const logoAsIcon = ({ logo }: Brand): Logo | undefined =>
  logo && logo.width === logo.height && (logo.type === 'image/svg+xml' || logo.width >= SMALLEST)
    ? logo
    : undefined;

/** What a browser tab shows. */
export const iconOf = (brand: Brand): typeof MARK => logoAsIcon(brand) ?? MARK;

/** @param target the folder of built assets */
export function writeInstallable(target: string, brand: Brand, languages: Languages): void {
  const write: Write = (path, content) => {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  const { light } = brand.palette;
  const colours = { ground: light['accent'] ?? '#000000', ink: light['accent-ink'] ?? '#ffffff' };
  if (brand.logo) write(brand.logo.path, brand.logo.bytes);
  const logo = logoAsIcon(brand);
  const icons = logo ? writeLogo(write, logo) : writeMark(write, colours);
  for (const [language, { direction, words }] of languages) {
    const manifest = {
      id: '/',
      name: words['brand'],
      short_name: words['brand'],
      description: words['home.lead'],
      lang: language,
      dir: direction,
      start_url: '/',
      scope: '/',
      display: 'standalone',
      background_color: light['ground'],
      theme_color: light['ground'],
      categories: ['communication'],
      // A link that is followed never ends a call that is open in the app.
      launch_handler: { client_mode: 'navigate-new' },
      icons: icons.map(({ path, ...icon }) => ({ src: path, ...icon })),
      shortcuts: [
        { name: words['start.title'], url: '/host.html' },
        { name: words['calls.page'], url: '/calls.html' },
        { name: words['rooms.page'], url: '/rooms.html' },
      ],
    };
    write(manifestPath(language, brand.language), JSON.stringify(manifest));
  }
}

type Write = (path: string, content: string | Buffer) => void;

function writeLogo(write: Write, { path, type, bytes, width, height }: Logo): IconFile[] {
  if (type === 'image/png') write(TOUCH_ICON, bytes);
  const sizes = type === 'image/png' ? `${width}x${height}` : 'any';
  return [{ path, sizes, type, purpose: 'any' }];
}

function writeMark(write: Write, colours: MarkColours): IconFile[] {
  write(MARK.path, markAsSvg(colours));
  write(TOUCH_ICON, markAsPng(colours, TOUCH_SIZE, true));
  const icons: IconFile[] = [{ ...MARK, sizes: 'any', purpose: 'any' }];
  for (const size of SIZES) {
    for (const purpose of ['any', 'maskable'] as const) {
      const path = `/icon-${size}${purpose === 'any' ? '' : '-maskable'}.png`;
      write(path, markAsPng(colours, size, purpose === 'maskable'));
      icons.push({ path, sizes: `${size}x${size}`, type: 'image/png', purpose });
    }
  }
  return icons;
}
