/** Remembers who sits where from one look at the call to the next, and plans the tiles by it. */
import { arrange, type Arrangement, type Box } from './arrange';
import { keepInSight, keepPlaces, turn } from './places';
import { tileOf } from './large';

/** Tile ids of who and what is there. */
export interface Present {
  readonly screens: readonly string[];
  readonly people: readonly string[];
  readonly large: readonly string[];
  readonly speaker: string | undefined;
}

export interface Plan {
  /** Of every tile in sight, by its id. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** Where there is a place that stands for others. */
  readonly more: Box | undefined;
  readonly hidden: readonly string[];
  readonly isCornered: boolean;
}

export interface Seating {
  plan(present: Present, width: number, height: number, gap: number): Plan;
  /** Lets others be in sight, in turn. */
  turn(): void;
}

export function createSeating(): Seating {
  let all: readonly string[] = [];
  let rest: readonly string[] = [];
  let sight: readonly string[] = [];
  let spoken: readonly string[] = [];
  let wasLarge = false;
  let room = 0;

  /** Those who are not large. When another one becomes large, the two change places, and nobody else does. */
  const seat = (large: ReadonlySet<string>): void => {
    const now = all.filter((id) => !large.has(id));
    rest = wasLarge && large.size > 0 ? keepPlaces(rest, now) : now;
    wasLarge = large.size > 0;
  };

  return {
    plan({ screens, people, large, speaker }, width, height, gap) {
      all = keepPlaces(all, people);
      const isLarge = new Set(large);
      seat(isLarge);
      // A screen that is not large is beside the others, before them.
      const seated = [...screens.filter((id) => !isLarge.has(id)), ...rest];
      const self = isLarge.has(tileOf.self) ? [] : [tileOf.self];
      const crowd = { large: large.length, rest: seated.length + self.length };
      const arrangement = arrange(crowd, width, height, gap);
      room = arrangement.rest.length - self.length;
      // Who speaks comes into sight when that begins, not all the while: people may look away.
      const isNew = speaker !== undefined && speaker !== spoken[0];
      sight = keepInSight(sight, { all: seated, room, speaker: isNew ? speaker : undefined, spoken });
      if (isNew) spoken = [speaker, ...spoken.filter((id) => id !== speaker)];
      return planOf(arrangement, large, [...sight, ...self], seated);
    },
    turn() {
      sight = turn(sight, { all: rest, room });
    },
  };
}

function planOf(
  { large: places, rest: seats, more, isCornered }: Arrangement,
  large: readonly string[],
  inSight: readonly string[],
  seated: readonly string[],
): Plan {
  const boxes = new Map<string, Box>();
  for (const [ids, into] of [
    [large, places],
    [inSight, seats],
  ] as const) {
    for (const [index, id] of ids.entries()) {
      const box = into[index];
      if (box) boxes.set(id, box);
    }
  }
  return { boxes, more, hidden: seated.filter((id) => !boxes.has(id)), isCornered };
}
