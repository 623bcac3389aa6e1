/**
 * Raised hands: who wants to say something, without interrupting. Whoever has one up says so again and again, so that
 * who comes later learns of it, too; and one that is heard of no more goes down by itself, whatever got lost.
 */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { kept } from '../../keep/kept';
import type { RunningSideTalk, SideTalkOptions } from '../side-talk';
import { handEnvelope, readHand } from './envelope';

export interface Hands {
  /** Ids of the others whose hands are up, in the order in which they went up. */
  readonly up: ReadonlySignal<readonly string[]>;
  readonly isMineUp: ReadonlySignal<boolean>;
  raise(isUp: boolean): void;
}

export interface RunningHands extends Hands, RunningSideTalk {}

const SAID_EVERY_MS = 5_000;
/** Longer than three times that. */
const BELIEVED_FOR_MS = 16_000;
/** Nobody's hand goes up and down faster. */
const STEADY_FOR_MS = 1_000;

/** In which room one's own is up: in this tab, over a reload. */
const mine = kept('hand');

export function createHands({ room, participants, connection, sendData }: SideTalkOptions): RunningHands {
  const up = signal<readonly string[]>([]);
  const isMineUp = signal(mine.read() === room);
  const changed = new Map<string, number>();
  const beliefs = new Map<string, ReturnType<typeof setTimeout>>();
  let present: ReadonlySet<string> = new Set();
  let isStopped = false;

  const say = (): void => {
    if (isMineUp.peek()) void sendData(handEnvelope(true)).catch(() => undefined);
  };
  const again = setInterval(say, SAID_EVERY_MS);
  const forget = (id: string): void => {
    clearTimeout(beliefs.get(id));
    beliefs.delete(id);
    up.value = up.peek().filter((one) => one !== id);
  };
  const believe = (id: string, ms: number): void => {
    clearTimeout(beliefs.get(id));
    beliefs.set(
      id,
      setTimeout(() => forget(id), ms),
    );
  };
  const ends = [
    () => clearInterval(again),
    effect(() => {
      const now = new Set(participants.value.map(({ id }) => id));
      // Who comes back has lowered it, or says so.
      for (const id of beliefs.keys()) if (!now.has(id)) forget(id);
      for (const id of changed.keys()) if (!now.has(id)) changed.delete(id);
      const hasCome = [...now].some((id) => !present.has(id));
      present = now;
      if (hasCome) say();
    }),
    effect(() => {
      if (connection.value === 'connected') say();
    }),
  ];

  /** Whether a change is to be shown: a hand that flutters changes once a second. */
  const isSteady = (id: string): boolean => {
    const now = Date.now();
    // A clock that was set back lets nobody wait for it.
    if (Math.abs(now - (changed.get(id) ?? -Infinity)) < STEADY_FOR_MS) return false;
    changed.set(id, now);
    return true;
  };
  const hear = (from: string, raw: string): void => {
    const isUp = readHand(raw);
    if (isUp === undefined || isStopped || !present.has(from)) return;
    const wasUp = beliefs.has(from);
    if (!isUp && !wasUp) return;
    if (isUp === wasUp || isSteady(from)) {
      if (!isUp) return forget(from);
      if (!wasUp) up.value = [...up.peek(), from];
      believe(from, BELIEVED_FOR_MS);
    } else if (wasUp) believe(from, STEADY_FOR_MS);
  };

  return {
    up,
    isMineUp,
    hear,
    raise(isUp) {
      if (isStopped || isUp === isMineUp.peek()) return;
      isMineUp.value = isUp;
      if (isUp) mine.keep(room);
      else mine.forget();
      void sendData(handEnvelope(isUp)).catch(() => undefined);
    },
    stop(isOver) {
      if (isStopped) return;
      isStopped = true;
      for (const end of ends) end();
      for (const belief of beliefs.values()) clearTimeout(belief);
      if (isOver) mine.forget();
    },
  };
}
