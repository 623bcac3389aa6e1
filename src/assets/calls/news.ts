/** What is known of calls. News may come late, twice and by several ways; a call only ever goes forward. */
import type { CallResponse, CallStatus } from '../../api/calls';

const ORDER: Readonly<Record<CallStatus, number>> = {
  DIALLING: 1,
  ONGOING: 2,
  ENDED: 3,
  DECLINED: 3,
  MISSED: 3,
  ERROR: 3,
};

/** How many calls are remembered. */
const MOST = 32;

export interface CallNews {
  /** @returns what was known before, or `old` when this is no news */
  note(call: CallResponse): CallResponse | undefined | 'old';
  /** The call as far as it has come: an answer may be overtaken by what became of the call meanwhile. */
  latest(call: CallResponse): CallResponse;
  /** Nothing more is to be heard of this call, but its end. */
  leave(callId: string): void;
  /** Something is, after all. */
  comeBack(callId: string): void;
  /** Calls that go on, as far as is known, and were not left. */
  live(): readonly CallResponse[];
}

export function createCallNews(): CallNews {
  const known = new Map<string, CallResponse>();
  const left = new Set<string>();
  const isOver = ({ status }: CallResponse): boolean => ORDER[status] === 3;
  return {
    note(call) {
      const before = known.get(call.id);
      if (before && ORDER[before.status] >= ORDER[call.status]) return 'old';
      known.delete(call.id);
      known.set(call.id, call);
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) {
        known.delete(oldest);
        left.delete(oldest);
      }
      return left.has(call.id) && !isOver(call) ? 'old' : before;
    },
    latest: (call) => known.get(call.id) ?? call,
    leave: (callId) => void left.add(callId),
    comeBack: (callId) => void left.delete(callId),
    live: () => [...known.values()].filter((call) => !isOver(call) && !left.has(call.id)),
  };
}
