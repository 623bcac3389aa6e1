import { type CallMessage, isCallId, isLive, messageOf } from '../domain/call';
import { inParallel } from '../domain/in-parallel';
import type { Check } from './connect-socket';
import { watchCall } from './move-call';
import type { CallServices } from './services';

/**
 * A gateway looks at calls whose time has come: what time has decided is brought about, and everybody told.
 * @returns how those that are over have ended, for sockets that have not heard of it, and when to look again.
 * @throws FoyerError `try-again`, after all were tried.
 * Cost for each call: 1 read; 2 reads while it is live; what a change costs where one was due.
 */
export async function checkCalls(
  services: CallServices,
  { callIds }: { readonly callIds: readonly string[] },
): Promise<{ readonly events: CallMessage[]; readonly checks: Check[] }> {
  const looked = await inParallel([...new Set(callIds)].filter(isCallId), async (id) => {
    const found = await services.calls.find(id);
    return found ? [await watchCall(services, found)] : [];
  });
  const calls = looked.flat();
  return {
    events: calls.filter(({ call }) => !isLive(call)).map(({ call }) => messageOf(call)),
    checks: calls
      .filter(({ call }) => isLive(call))
      .map(({ call, again }) => ({ callId: call.id, at: again })),
  };
}
