/** Where tiles and controls are, and how they came there. */
import type { Page } from 'playwright-core';
import type { Tab } from '../pages/tab';

export interface Place {
  /** The words on it. */
  readonly words: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const readPlaces = (elements: Element[]): Place[] =>
  elements.map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { words: element.textContent ?? '', x, y, width, height };
  });

const tilesOf = (page: Page) =>
  page.getByRole('list', { name: /^(?:In the meeting|في الاجتماع)$/ }).getByRole('listitem');

export const tiles = ({ page }: Tab): Promise<Place[]> => tilesOf(page).evaluateAll(readPlaces);

export const controls = ({ page }: Tab): Promise<Place[]> =>
  page.getByRole('toolbar').getByRole('button').evaluateAll(readPlaces);

export async function tile(tab: Tab, words: string): Promise<Place> {
  const found = (await tiles(tab)).filter((one) => one.words.includes(words));
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} tiles with ${words}`);
  return found[0];
}

export const covers = (a: Place, b: Place): boolean =>
  a.x + a.width > b.x + 0.5 &&
  b.x + b.width > a.x + 0.5 &&
  a.y + a.height > b.y + 0.5 &&
  b.y + b.height > a.y + 0.5;

type Path = readonly { readonly x: number; readonly y: number }[];

/** Longer than anything glides. */
const SETTLED_MS = 700;

/** @returns for each tile that is there before and after, by its words, where it was in each frame meanwhile */
export async function pathsWhile(tab: Tab, act: () => Promise<unknown>): Promise<ReadonlyMap<string, Path>> {
  const { page } = tab;
  await page.waitForTimeout(SETTLED_MS);
  await tilesOf(page).evaluateAll((elements) => {
    const paths = elements.map((element) => ({
      element,
      words: element.textContent ?? '',
      path: [] as object[],
    }));
    const look = (): void => {
      for (const { element, path } of paths) {
        const { x, y } = element.getBoundingClientRect();
        path.push({ x: Math.round(x), y: Math.round(y) });
      }
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { paths });
  });
  await act();
  await page.waitForTimeout(SETTLED_MS);
  const seen = await page.evaluate(() =>
    (window as unknown as { paths: { element: Element; words: string; path: Path }[] }).paths
      .filter(({ element }) => element.isConnected)
      .map(({ words, path }): [string, Path] => [words, path]),
  );
  return new Map(seen);
}

/** How often it stood somewhere else than the frame before. */
export const moves = (path: Path): number =>
  path.filter(({ x, y }, index) => {
    const before = path[index - 1];
    return before !== undefined && (before.x !== x || before.y !== y);
  }).length;

/** Whether it went from where it was to where it is without a detour. */
export function isStraight(path: Path): boolean {
  const [first, last] = [path[0], path.at(-1)];
  if (!first || !last) return true;
  const between = (value: number, a: number, b: number): boolean =>
    value >= Math.min(a, b) - 1 && value <= Math.max(a, b) + 1;
  return path.every(({ x, y }) => between(x, first.x, last.x) && between(y, first.y, last.y));
}
