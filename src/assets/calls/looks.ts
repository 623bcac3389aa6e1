/**
 * When to look at a live call again: at its deadline, which nobody need keep but whoever looks, and from time to time
 * where nobody would tell us that the other side has vanished.
 */
import type { CallResponse } from '../../api/calls';

/** A gateway looks by itself, and tells. */
const PROMPT_LOOK_MS = 60_000;
const LOOK_MS = 10_000;
/** Past a deadline that is not felt yet: clocks differ. */
const DUE_LOOK_MS = 1_500;
/** The server's clock has to be past it, too. */
const LEEWAY_MS = 300;

export interface Looks {
  /** @param call as it stands by now; undefined when there is none to look at */
  follow(call: CallResponse | undefined): void;
  /** Resolves when the answer is there, or there is none. Never rejects. */
  now(): Promise<void>;
}

export interface LooksOptions {
  readonly look: (call: CallResponse) => Promise<void>;
  readonly isPrompt: () => boolean;
}

export function createLooks({ look, isPrompt }: LooksOptions): Looks {
  let current: CallResponse | undefined;
  let dueAt = Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const schedule = (): void => {
    clearTimeout(timer);
    if (!current) return;
    const usual = isPrompt() ? PROMPT_LOOK_MS : LOOK_MS;
    const untilDue = dueAt - Date.now();
    const ms = untilDue > 0 ? Math.min(usual, untilDue) : current.status === 'DIALLING' ? DUE_LOOK_MS : usual;
    timer = setTimeout(() => void now(), ms);
  };

  const now = async (): Promise<void> => {
    clearTimeout(timer);
    if (current) await look(current).catch(() => undefined);
    schedule();
  };

  return {
    now,
    follow(call) {
      if (call?.id === current?.id && call?.status === current?.status) return;
      current = call;
      dueAt = call ? Date.now() + ringsFor(call) + LEEWAY_MS : Infinity;
      schedule();
    },
  };
}

/** ms. By this machine's clock, which may be wrong, but never longer than calls ring. */
function ringsFor({ placedAt, expiresAt }: CallResponse): number {
  if (expiresAt === undefined) return Infinity;
  const deadline = Date.parse(expiresAt);
  return Math.min(deadline - Date.now(), deadline - Date.parse(placedAt));
}
