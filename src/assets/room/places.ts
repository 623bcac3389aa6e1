/** Who is where: people keep their place, whoever else comes and goes. Pure. */

/**
 * Who comes takes the place of who went; else who was last does, so that only one moves.
 * @param before ids in their places
 * @param now everybody who is there, in any order
 */
export function keepPlaces(before: readonly string[], now: readonly string[]): readonly string[] {
  const there = new Set(now);
  const known = new Set(before);
  const fresh = now.filter((id) => !known.has(id));
  const places: (string | undefined)[] = before.map((id) => (there.has(id) ? id : undefined));
  for (let index = 0; index < places.length; index += 1) {
    while (places.length > index && places.at(-1) === undefined && fresh.length === 0) places.pop();
    if (index < places.length) places[index] ??= fresh.shift() ?? places.pop();
  }
  return [...places.filter((id) => id !== undefined), ...fresh];
}

export interface Sight {
  /** Everybody, in their places. */
  readonly all: readonly string[];
  /** For how many there is room. */
  readonly room: number;
  /** Who begins to speak. */
  readonly speaker: string | undefined;
  /** Who has spoken, the latest first. */
  readonly spoken: readonly string[];
}

/**
 * Who is in sight where not all can be: those who were, and who speaks now, in place of whoever has been silent for
 * longest.
 */
export function keepInSight(
  before: readonly string[],
  { all, room, speaker, spoken }: Sight,
): readonly string[] {
  if (all.length <= room) return all;
  const there = new Set(all);
  const still = before.filter((id) => there.has(id)).slice(0, room);
  const seen = new Set(still);
  const outside = all.filter((id) => !seen.has(id));
  // Places of those who went are taken by who was out of sight.
  const shown = [...keepPlaces(before.slice(0, room), [...still, ...outside.slice(0, room - still.length)])];
  if (speaker === undefined || room === 0 || !there.has(speaker) || shown.includes(speaker)) return shown;
  const silence = (id: string): number => (spoken.includes(id) ? spoken.indexOf(id) : Infinity);
  const most = Math.max(...shown.map(silence));
  const quietest = shown.findLastIndex((id) => silence(id) === most);
  shown[quietest] = speaker;
  return shown;
}

/** The next of those who are out of sight, all around. */
export function turn(
  before: readonly string[],
  { all, room }: Pick<Sight, 'all' | 'room'>,
): readonly string[] {
  const seen = new Set(before);
  const outside = all.filter((id) => !seen.has(id));
  const last = Math.max(...before.map((id) => all.indexOf(id)));
  const next = [
    ...outside.filter((id) => all.indexOf(id) > last),
    ...outside.filter((id) => all.indexOf(id) < last),
  ];
  return [...next, ...before].slice(0, room);
}
