/** Calls that nobody took here, newest first: kept in the browser, the same in all its tabs. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { CallResponse, UserEntry } from '../../api/calls';
import { keptInBrowser, keyOf } from '../keep/kept';

const MOST = 30;

export interface MissedCall {
  readonly callId: string;
  readonly caller: UserEntry;
  /** ISO 8601. */
  readonly at: string;
}

export interface MissedCalls {
  readonly all: ReadonlySignal<readonly MissedCall[]>;
  /** Again is fine. @returns whether it is news */
  readonly add: (call: CallResponse) => boolean;
  readonly remove: (callId: string) => void;
  readonly clear: () => void;
}

/** @param userId whose they are: others who use this browser have their own */
export function createMissedCalls(userId: string): MissedCalls {
  const name = `missed.${userId}`;
  const store = keptInBrowser(name);
  const all = signal<readonly MissedCall[]>(readIn(store.read()));
  addEventListener('storage', ({ key, newValue }) => {
    if (key === keyOf(name)) all.value = readIn(newValue ?? undefined);
  });
  const keep = (next: readonly MissedCall[]): void => {
    all.value = next;
    if (next.length > 0) store.keep(JSON.stringify(next));
    else store.forget();
  };
  return {
    all,
    add({ id: callId, caller, placedAt: at }) {
      // Another tab may have been faster.
      const now = readIn(store.read());
      if (now.some((one) => one.callId === callId)) return false;
      keep([{ callId, caller, at }, ...now].slice(0, MOST));
      return true;
    },
    remove: (callId) => keep(all.value.filter((one) => one.callId !== callId)),
    clear: () => keep([]),
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
