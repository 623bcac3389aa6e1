/** The brand's logo, wherever it is: a file, an address, or in the variable itself. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { BuildError } from '../build-error';
import { sizeOfPng } from './png';

export interface Logo {
  /** URL path, with a hash of what it holds. */
  readonly path: string;
  readonly type: 'image/svg+xml' | 'image/png';
  readonly bytes: Buffer;
  /** In pixels of its own. */
  readonly width: number;
  readonly height: number;
}

const PATIENCE_MS = 10_000;
/** Every page loads it. */
const LARGEST_BYTES = 256 * 1024;

/** Would run, or call elsewhere, for whoever opens the file by its own address. */
const ALIVE =
  /<script|<foreignObject|<iframe|<!ENTITY|\son\w+\s*=|javascript:|(?:href|src)\s*=\s*["']?\s*(?!#|data:image\/(?:png|jpeg|webp))[^\s"'>]|@import|url\(\s*["']?(?!#|data:)/i;

/**
 * @param value of `BRAND_LOGO`: a path from `root`, an https address or a data URL
 * @throws BuildError
 */
export async function readLogo(root: string, value: string): Promise<Logo> {
  const bytes = await contentOf(root, value);
  if (bytes.length > LARGEST_BYTES)
    throw fault(`has ${bytes.length} bytes, and ${LARGEST_BYTES} are the most`);
  const png = sizeOfPng(bytes);
  if (png) return { ...png, ...named(bytes, 'png'), type: 'image/png', bytes };
  const text = bytes.toString('utf8');
  const [tag] = /<svg\b[^>]*>/i.exec(text) ?? [];
  if (tag === undefined) throw fault('is neither an SVG nor a PNG');
  if (ALIVE.test(text)) {
    throw fault('is an SVG that runs or loads something. Export it as a plain picture');
  }
  return { ...sizeOfSvg(tag), ...named(bytes, 'svg'), type: 'image/svg+xml', bytes };
}

async function contentOf(root: string, value: string): Promise<Buffer> {
  try {
    if (!/^(?:https|data):/i.test(value)) return readFileSync(resolve(root, value));
    const response = await fetch(value, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw new Error(`the answer was ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw fault(`cannot be read: ${(error as Error).message}`);
  }
}

function sizeOfSvg(tag: string): { readonly width: number; readonly height: number } {
  const lengthOf = (name: string): number =>
    Number(new RegExp(`\\s${name}\\s*=\\s*["']([\\d.]+)(?:px)?["']`).exec(tag)?.[1]);
  const [, box = ''] = /\sviewBox\s*=\s*["']([^"']+)["']/.exec(tag) ?? [];
  const [, , boxWidth = 1, boxHeight = 1] = box
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = [lengthOf('width') || boxWidth || 1, lengthOf('height') || boxHeight || 1];
  return { width, height };
}

const named = (bytes: Buffer, extension: string): { readonly path: string } => ({
  path: `/app/logo-${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}.${extension}`,
});

const fault = (what: string): BuildError => new BuildError([`BRAND_LOGO ${what}`]);
