/**
 * Puts tiles where they belong. They are moved by transforms alone: everything is measured once, laid out once, and
 * then glides from where it was, so that eyes can follow.
 */
import type { Box } from './arrange';

const GLIDE_MS = 260;
const EASING = 'cubic-bezier(0.2, 0, 0, 1)';

export interface Move {
  readonly tile: HTMLElement;
  readonly box: Box;
}

/** @param isCalm puts them there without gliding, as when the window itself changes */
export function moveTiles(list: HTMLElement, moves: readonly Move[], isCalm: boolean): void {
  const side = getComputedStyle(list).direction === 'rtl' ? -1 : 1;
  const isStill = isCalm || matchMedia('(prefers-reduced-motion: reduce)').matches;
  // All that is read comes before anything that is written.
  const before = isStill ? [] : moves.map(({ tile }) => whereIs(tile));
  const origin = isStill ? undefined : list.getBoundingClientRect();
  for (const { tile, box } of moves) put(tile, box, side);
  if (!origin) return;
  for (const [index, { tile, box }] of moves.entries()) glide(tile, before[index], box, side, origin);
}

/** @returns undefined for a tile that is new here */
const whereIs = (tile: HTMLElement): DOMRect | undefined =>
  tile.style.transform ? tile.getBoundingClientRect() : undefined;

function put(tile: HTMLElement, { x, y, width, height }: Box, side: 1 | -1): void {
  Object.assign(tile.style, {
    inlineSize: `${width}px`,
    blockSize: `${height}px`,
    transform: `translate(${side * x}px, ${y}px)`,
  });
}

function glide(
  tile: HTMLElement,
  before: DOMRect | undefined,
  { x, y, width, height }: Box,
  side: 1 | -1,
  origin: DOMRect,
): void {
  const there = `translate(${side * x}px, ${y}px)`;
  const from = before
    ? { x: side === 1 ? before.left - origin.left : before.right - origin.right, y: before.top - origin.top }
    : undefined;
  if (!before || !from) {
    tile.animate(
      [
        { opacity: 0, transform: `${there} scale(0.96)` },
        { opacity: 1, transform: there },
      ],
      {
        duration: GLIDE_MS,
        easing: EASING,
      },
    );
    return;
  }
  const [wide, high] = [before.width / width, before.height / height];
  const isThere =
    Math.abs(from.x - side * x) < 1 &&
    Math.abs(from.y - y) < 1 &&
    Math.abs(wide - 1) < 0.01 &&
    Math.abs(high - 1) < 0.01;
  if (isThere) return;
  const here = `translate(${from.x}px, ${from.y}px) scale(${wide}, ${high})`;
  tile.animate([{ transform: here }, { transform: there }], { duration: GLIDE_MS, easing: EASING });
}
