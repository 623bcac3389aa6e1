/** The call that a tab was in before it was loaded again. */
import type { CallResponse } from '../../api/calls';
import { reasonOf } from '../api/refusal';
import { lookAtCall } from '../api/user-calls';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/**
 * Asks until the server is there to say how the call stands.
 * @returns undefined when it knows of none, or nobody wants to know any more
 */
export async function findAgain(
  callId: string,
  me: string,
  isWanted: () => boolean,
): Promise<CallResponse | undefined> {
  for (let ms = FIRST_RETRY_MS; isWanted(); ms = Math.min(ms * 2, LAST_RETRY_MS)) {
    try {
      return await lookAtCall(callId, me);
    } catch (error) {
      const reason = reasonOf(error);
      if (reason !== 'offline' && reason !== 'busy') return undefined;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
  return undefined;
}
