/**
 * Whether somebody is at the page while they wait. Asks now and then; says so when the page goes out of sight, while it
 * still can, because a locked phone looks like a closed page from outside; and says when somebody is back.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Presence } from '../api/guest-calls';

/** After so long without a sign of anybody they are asked. */
export const ASK_AFTER_MS = 20 * 60_000;
/** Whoever has not answered by then may be away. */
export const ANSWER_WITHIN_MS = 3 * 60_000;
const TICK_MS = 5_000;
/** A clock that stood still for so long has slept; in a tab that is out of sight it ticks once a minute. */
const ASLEEP_MS = 90_000;

export interface AttentionNeeds {
  /** Tells the server. */
  readonly say: (presence: Presence) => void;
  /** The page closes while it was taken for hidden or away. */
  readonly closed: () => void;
}

export interface Attention {
  readonly isAsked: ReadonlySignal<boolean>;
  /** Waiting begins; again and again is once. */
  readonly start: () => void;
  readonly stop: () => void;
  /** Somebody has touched the page. */
  readonly touched: () => void;
  /** Somebody says that they are here. */
  readonly answer: () => void;
  readonly hidden: () => void;
  /** @param isKnown the server is being told in another way */
  readonly back: (isKnown: boolean) => void;
  /** The server may have taken us for here, because the connection was made anew. */
  readonly repeat: () => void;
  /** The page goes away, perhaps to come back. */
  readonly leaving: () => void;
}

export function createAttention({ say, closed }: AttentionNeeds): Attention {
  const isAsked = signal(false);
  let told: Presence = 'here';
  let isLeaving = false;
  let timer: ReturnType<typeof setInterval> | undefined;
  let signAt = 0;
  let askedAt = 0;
  let tickedAt = 0;

  const tell = (presence: Presence): void => {
    if (told === presence) return;
    told = presence;
    say(presence);
  };

  const sign = (): void => {
    signAt = Date.now();
    isAsked.value = false;
  };

  const tick = (): void => {
    const now = Date.now();
    const slept = now - tickedAt > ASLEEP_MS ? now - tickedAt : 0;
    tickedAt = now;
    // Asleep nobody could have answered.
    signAt += slept;
    askedAt += slept;
    if (!isAsked.value && now - signAt >= ASK_AFTER_MS) {
      isAsked.value = true;
      askedAt = now;
    }
    if (isAsked.value && now - askedAt >= ANSWER_WITHIN_MS) tell('away');
  };

  return {
    isAsked,
    start() {
      if (timer !== undefined) return;
      tickedAt = Date.now();
      sign();
      told = 'here';
      timer = setInterval(tick, TICK_MS);
    },
    stop() {
      clearInterval(timer);
      timer = undefined;
      isAsked.value = false;
    },
    touched() {
      // Whoever is asked says it with the button.
      if (!isAsked.value) signAt = Date.now();
    },
    answer() {
      sign();
      tell('here');
    },
    hidden() {
      if (timer !== undefined && !isLeaving && told !== 'away') tell('hidden');
    },
    back(isKnown) {
      isLeaving = false;
      if (timer === undefined) return;
      sign();
      tickedAt = Date.now();
      if (isKnown) told = 'here';
      else tell('here');
    },
    repeat() {
      if (timer !== undefined && told !== 'here') say(told);
    },
    leaving() {
      if (timer === undefined) return;
      isLeaving = true;
      if (told !== 'here') closed();
    },
  };
}
