/** Calls that nobody took here, newest first: kept in the browser, the same in all its tabs. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { CallResponse, UserEntry } from '../../api/calls';
import { keptInBrowser, keyOf } from '../keep/kept';

const MOST = 30;

export interface MissedCall {
  readonly callId: string;
  readonly caller: UserEntry;
  /** ISO 8601. */
  readonly at: string;
  /** Called back, or cleared. It is kept all the same: news of it may come once more. */
  readonly isDone?: boolean;
}

export interface MissedCalls {
  readonly all: ReadonlySignal<readonly MissedCall[]>;
  /** Again is fine. */
  readonly add: (call: CallResponse) => void;
  readonly remove: (callId: string) => void;
  readonly clear: () => void;
}

/** @param userId whose they are: others who use this browser have their own */
export function createMissedCalls(userId: string): MissedCalls {
  const name = `missed.${userId}`;
  const store = keptInBrowser(name);
  const known = signal(readIn(store.read()));
  addEventListener('storage', ({ key, newValue }) => {
    if (key === keyOf(name)) known.value = readIn(newValue ?? undefined);
  });
  /** Another tab may have been faster, so it is begun from what is kept. */
  const change = (next: (now: readonly MissedCall[]) => readonly MissedCall[]): void => {
    known.value = next(readIn(store.read()));
    store.keep(JSON.stringify(known.value));
  };
  const put = (isMeant: (one: MissedCall) => boolean): void =>
    change((now) => now.map((one) => (isMeant(one) ? { ...one, isDone: true } : one)));
  return {
    all: computed(() => known.value.filter(({ isDone }) => !isDone)),
    add: ({ id: callId, caller, placedAt: at }) =>
      change((now) =>
        now.some((one) => one.callId === callId) ? now : [{ callId, caller, at }, ...now].slice(0, MOST),
      ),
    remove: (callId) => put((one) => one.callId === callId),
    clear: () => put(() => true),
  };
}

function readIn(text: string | undefined): readonly MissedCall[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? (kept as MissedCall[]).filter((one) => one?.caller?.id && one.callId) : [];
  } catch {
    return [];
  }
}
