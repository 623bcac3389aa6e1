/** How a call came out for one of its two sides, as far as that side has to be told. */
import type { CallResponse, UserEntry } from '../../api/calls';

export type OutcomeKind =
  /** It rang here, and nobody answered, or the caller thought better of it. */
  | 'missed'
  /** The other side was called, and did not answer. */
  | 'unanswered'
  | 'declined'
  | 'declinedElsewhere'
  | 'cancelled'
  | 'ended'
  /** The other side is in another call; {@link OutcomeKind} `selfBusy`: this side is. */
  | 'busy'
  | 'selfBusy'
  | 'offline'
  | 'selfOffline'
  | 'failed';

export interface Outcome {
  readonly kind: OutcomeKind;
  readonly callId: string;
  readonly other: UserEntry;
}

export const isLive = ({ status }: CallResponse): boolean => status === 'DIALLING' || status === 'ONGOING';

export const isReceiver = ({ receiver }: CallResponse, me: string): boolean => receiver.id === me;

export const otherOf = (call: CallResponse, me: string): UserEntry =>
  isReceiver(call, me) ? call.caller : call.receiver;

/** The server speaks in sentences; a test holds these against the server's own. */
const FAILURES: readonly (readonly [RegExp, OutcomeKind])[] = [
  [/the other side is offline/, 'offline'],
  [/the other side is in another call/, 'busy'],
  [/you are in another call/, 'selfBusy'],
  [/you are not connected/, 'selfOffline'],
];

/** @param wasAnswered whether the two were in the call before */
export function outcomeOf(call: CallResponse, me: string, wasAnswered: boolean): Outcome {
  return { kind: kindOf(call, me, wasAnswered), callId: call.id, other: otherOf(call, me) };
}

function kindOf(call: CallResponse, me: string, wasAnswered: boolean): OutcomeKind {
  const { status, errMsg = '' } = call;
  if (status === 'ERROR') return FAILURES.find(([words]) => words.test(errMsg))?.[1] ?? 'failed';
  if (wasAnswered) return 'ended';
  if (isReceiver(call, me)) return status === 'DECLINED' ? 'declinedElsewhere' : 'missed';
  if (status === 'DECLINED') return 'declined';
  return status === 'MISSED' ? 'unanswered' : 'cancelled';
}
