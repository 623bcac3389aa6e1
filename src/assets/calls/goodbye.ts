/** Hanging up and declining: the view is gone at once, and the server is told for as long as it takes. */
import type { CallResponse } from '../../api/calls';
import { type Refusal, reasonOf } from '../api/refusal';
import { answerCall, endCall } from '../api/user-calls';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;
/** By then the other side's device has missed us. */
const MAX_TRIES = 20;

/**
 * @returns the call as it stands afterwards; undefined when the server was not to be reached, or says that this is
 *   no call of ours
 */
export async function sayGoodbye(
  call: CallResponse,
  me: string,
  how: 'decline' | 'hangUp',
): Promise<CallResponse | undefined> {
  for (let tries = 1, ms = FIRST_RETRY_MS; tries <= MAX_TRIES; tries += 1) {
    try {
      return await (how === 'decline' ? answerCall(call.id, 'DECLINE', me) : endCall(call.id, me));
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === 'conflict') return callIn(error);
      if (reason !== 'offline' && reason !== 'busy') return undefined;
      await new Promise((resolve) => setTimeout(resolve, ms));
      ms = Math.min(ms * 2, LAST_RETRY_MS);
    }
  }
  return undefined;
}

/** The call that a refused change leaves as it is. */
export function callIn(error: unknown): CallResponse | undefined {
  try {
    const { answer = '' } = error as Refusal;
    return (JSON.parse(answer) as { call?: CallResponse }).call;
  } catch {
    return undefined;
  }
}
