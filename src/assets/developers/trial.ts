/** One run of an example against this server: step by step, with what was asked, what came back and what changed. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Awaited, Example, News, Step } from './example';
import { createActs } from './acts';
import { stepsOf } from './code/code';

/** Slow enough for the eye to follow. */
const PACE_MS = 250;
const NEWS_MS = 15_000;

/** One thing that happened. */
export interface Entry {
  readonly step: Step;
  /** `POST /admin/create`; of news, the socket or page that was told. */
  readonly line: string;
  readonly isNews?: boolean;
  /** What was sent, in full: it is for whoever shows it to hide what is secret. */
  readonly sent?: unknown;
  /** Undefined while it is under way. */
  readonly answer?: unknown;
  readonly status?: number;
  readonly ms?: number;
}

export interface Trial {
  readonly state: ReadonlySignal<'idle' | 'running' | 'done' | 'failed'>;
  /** The step that is being done. */
  readonly active: ReadonlySignal<Step | undefined>;
  readonly entries: ReadonlySignal<readonly Entry[]>;
  /** What each row has shown so far. */
  readonly rows: ReadonlySignal<ReadonlyMap<string, readonly string[]>>;
  readonly run: () => Promise<void>;
  /** Goes no further, and tidies up. */
  readonly stop: () => void;
}

/** The example cannot go on; why is in the entries. */
export class TrialFailed extends Error {
  override readonly name = 'TrialFailed';
}

export function createTrial(example: Example): Trial {
  const state = signal<'idle' | 'running' | 'done' | 'failed'>('idle');
  const active = signal<Step>();
  const entries = signal<readonly Entry[]>([]);
  const rows = signal<ReadonlyMap<string, readonly string[]>>(new Map());
  let isStopped = false;

  const put = (entry: Entry): ((more: Partial<Entry>) => void) => {
    let current = entry;
    entries.value = [...entries.value, current];
    return (more) => {
      const before = current;
      current = { ...current, ...more };
      entries.value = entries.value.map((one) => (one === before ? current : one));
    };
  };

  const show = ({ row, value }: News): void => {
    const before = rows.value.get(row) ?? [];
    if (before.at(-1) !== value) rows.value = new Map(rows.value).set(row, [...before, value]);
  };

  /** @returns asks whether it has been seen since now */
  const awaited = ({ row, value }: Awaited): (() => boolean) => {
    const before = rows.value.get(row);
    return () => {
      const now = rows.value.get(row);
      return value === undefined ? now !== before : now?.at(-1) === value;
    };
  };

  const run = async (): Promise<void> => {
    if (state.value === 'running') return;
    isStopped = false;
    state.value = 'running';
    entries.value = [];
    rows.value = new Map();
    const acts = createActs({ put, show });
    const done = new Set<Step>();
    const doStep = async (step: Step): Promise<void> => {
      active.value = step;
      const news = (step.brings ?? []).map(awaited);
      await acts.act(step);
      done.add(step);
      const hasCome = await comes(() => news.every((hasCome) => hasCome()));
      if (!hasCome) throw new TrialFailed();
      await pause(PACE_MS);
    };
    let hasFailed = false;
    try {
      for (const step of example.steps) if (!isStopped) await doStep(step);
    } catch {
      hasFailed = true;
    }
    for (const step of example.cleanup) {
      if (acts.isPossible(step)) await doStep(step).catch(() => (hasFailed = true));
    }
    acts.close();
    active.value = undefined;
    state.value = isStopped ? 'idle' : hasFailed || done.size < stepsOf(example).length ? 'failed' : 'done';
  };

  return { state, active, entries, rows, run, stop: () => (isStopped = true) };
}

/** @returns whether it came to be so in time */
async function comes(isSo: () => boolean): Promise<boolean> {
  const deadline = Date.now() + NEWS_MS;
  while (!isSo()) {
    if (Date.now() > deadline) return false;
    await pause(50);
  }
  return true;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
