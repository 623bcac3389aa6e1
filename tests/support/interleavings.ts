/**
 * All the orders in which actors that share a world may take their turns: every one is tried, but whatever leads
 * to a state that was seen before is followed no further. Actors may also die between two turns.
 */
import { createHash } from 'node:crypto';
import type { Turns } from './turns';

/** A world that has just begun. */
export interface Run {
  readonly turns: Turns;
  /** All that the actors share, and nothing that is random. */
  state(): string;
  /** @throws when something is wrong in this state. */
  check(): void;
  /** @throws when something is wrong at the end, when nobody has anything left to do. */
  finish(): Promise<void>;
}

export interface Explored {
  readonly states: number;
  /** Turns in the longest run. */
  readonly longest: number;
  /** In how many orders turns can be taken, up to the depth. */
  readonly interleavings: number;
}

export interface Exploration {
  /** Actors of whom one may die at any time. */
  readonly mortals?: readonly string[] | undefined;
  /** So many turns are taken in every order, and those that follow in one; default all. */
  readonly depth?: number | undefined;
}

/** A choice, after others. */
interface Path {
  readonly before: Path | undefined;
  readonly choice: number;
  /** The state in which it was made. */
  readonly from: string;
}

const instant = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Until everybody waits for a turn, or for something that is not so. */
async function quiet(run: Run): Promise<void> {
  await instant();
  for (;;) {
    run.check();
    const { ready } = run.turns;
    if (ready.length === 0) return;
    for (const turn of ready) run.turns.give(turn);
    await instant();
  }
}

const choicesOf = (path: Path | undefined): number[] => {
  const choices: number[] = [];
  for (let at = path; at; at = at.before) choices.push(at.choice);
  return choices.toReversed();
};

const stateOf = (run: Run): string =>
  createHash('sha1').update(run.state()).update(run.turns.state).digest('base64');

/** @throws what a check throws, with the choices that lead there */
export async function explore(
  begin: () => Promise<Run>,
  { mortals = [], depth = Infinity }: Exploration = {},
): Promise<Explored> {
  const next = new Map<string, Set<string>>();
  const open: (Path | undefined)[] = [undefined];
  let first = '';
  let longest = 0;
  while (open.length > 0) {
    let path = open.pop();
    try {
      const run = await begin();
      await quiet(run);
      const choices = choicesOf(path);
      for (const choice of choices) await choose(run, mortals, choice);
      for (let length = choices.length; ; length += 1) {
        longest = Math.max(longest, length);
        const count = countChoices(run, mortals);
        if (length <= depth) {
          const state = stateOf(run);
          if (path) next.get(path.from)?.add(state);
          else first = state;
          // However it is come to, a state has taken the same number of turns.
          if (next.has(state)) break;
          next.set(state, new Set());
          const choices = length < depth ? count : 0;
          for (let choice = 1; choice < choices; choice += 1)
            open.push({ before: path, choice, from: state });
          path = { before: path, choice: 0, from: state };
        }
        if (count === 0) {
          await run.finish();
          break;
        }
        await choose(run, mortals, 0);
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`after the choices ${choicesOf(path).join(' ')}: ${message}`, { cause: error });
    }
  }
  return { states: next.size, longest, interleavings: pathsFrom(first, next) };
}

/** Only somebody who has something left to do can be missed, and only one dies. */
const mortalsIn = ({ turns }: Run, mortals: readonly string[]): readonly string[] =>
  turns.hasKilled ? [] : mortals.filter((actor) => turns.possible.some((turn) => turn.actor === actor));

function countChoices(run: Run, mortals: readonly string[]): number {
  const turns = run.turns.possible.length;
  return turns === 0 ? 0 : turns + mortalsIn(run, mortals).length;
}

async function choose(run: Run, mortals: readonly string[], choice: number): Promise<void> {
  const { possible } = run.turns;
  const turn = possible[choice];
  if (turn) run.turns.give(turn);
  else run.turns.kill(mortalsIn(run, mortals)[choice - possible.length] ?? 'nobody');
  await quiet(run);
}

/**
 * One run, in an order that is drawn. Somebody dies once in a while.
 * @returns how many turns were taken @throws what a check throws, with the choices that lead there
 */
export async function walk(
  begin: () => Promise<Run>,
  draw: (below: number) => number,
  mortals: readonly string[] = [],
): Promise<number> {
  const choices: number[] = [];
  try {
    const run = await begin();
    await quiet(run);
    for (;;) {
      const turns = run.turns.possible.length;
      if (turns === 0) {
        await run.finish();
        return choices.length;
      }
      const choice = draw(draw(RARELY) === 0 ? countChoices(run, mortals) : turns);
      choices.push(choice);
      await choose(run, mortals, choice);
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`after the choices ${choices.join(' ')}: ${message}`, { cause: error });
  }
}

/** One choice in so many may be a death. */
const RARELY = 8;

/** Numbers that are the same each time: a linear congruential generator (Numerical Recipes). */
export function drawing(seed: number): (below: number) => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pathsFrom(first: string, next: ReadonlyMap<string, ReadonlySet<string>>): number {
  const known = new Map<string, number>();
  const stack = [first];
  for (let at = stack.at(-1); at !== undefined; at = stack.at(-1)) {
    const after = [...(next.get(at) ?? [])];
    const unknown = after.filter((state) => !known.has(state));
    if (unknown.length > 0) {
      stack.push(...unknown);
      continue;
    }
    stack.pop();
    const count = after.reduce((sum, state) => sum + (known.get(state) ?? 0), 0);
    known.set(at, after.length === 0 ? 1 : count);
  }
  return known.get(first) ?? 0;
}
