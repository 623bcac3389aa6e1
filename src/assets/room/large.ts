/** Which tiles of a call are large. Pure. */

/** Everybody the same size, or whoever speaks large. */
export type Layout = 'tiles' | 'speaker';

/** Ids of tiles. Nobody's own id can be taken for one of them. */
export const tileOf = {
  self: 'self/',
  person: (id: string): string => `person/${id}`,
  screen: (id: string): string => `screen/${id}`,
};

export interface Shown {
  /** Tile ids of screens, and of the others. */
  readonly screens: readonly string[];
  readonly people: readonly string[];
  readonly pinned: string | undefined;
  readonly layout: Layout;
  /** Tile id of who speaks, or was the last to. */
  readonly speaker: string | undefined;
}

/** What is shown large. With one other and nothing else, nothing is: the two have a layout of their own. */
export function largeOf({ screens, people, pinned, layout, speaker }: Shown): readonly string[] {
  if (people.length + screens.length < 2) return [];
  if (pinned !== undefined && [tileOf.self, ...screens, ...people].includes(pinned)) return [pinned];
  if (screens.length > 0) return screens;
  if (layout === 'tiles' || people.length < 2) return [];
  return [speaker !== undefined && people.includes(speaker) ? speaker : (people[0] ?? tileOf.self)];
}
