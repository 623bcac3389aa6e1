/** Looking a call up, for its parties. */
import { type Call, isCallId, isParty } from '../domain/call';
import { notAllowed } from '../domain/errors';
import { lookAtCall, noSuchCall } from './move-call';
import { requireSubject } from './require-subject';
import type { Caller, CallServices } from './services';

/** @throws FoyerError `not-found`. Cost: 1 read; none for what cannot be a call's id. */
export async function findCall({ calls }: Pick<CallServices, 'calls'>, id: string): Promise<Call> {
  const call = isCallId(id) ? await calls.find(id) : undefined;
  if (!call) throw noSuchCall();
  return call;
}

/**
 * The call as it stands, for a device that wakes up.
 * @param input `userId`: who asks, where no token says so; whoever knows the id of a call is taken for a party
 * @throws FoyerError `not-found`; `not-allowed` for anybody but the two parties.
 * Cost: 3 reads in 2 steps while it is live, 1 once it is over; what a change costs where one was due.
 */
export async function showCall(
  services: CallServices,
  caller: Caller,
  { callId, userId }: { readonly callId: string; readonly userId?: string | undefined },
): Promise<Call> {
  if (userId !== undefined) requireSubject(caller, userId, 'userId');
  const call = await findCall(services, callId);
  const { user } = caller;
  const asker = user === undefined || user === 'anonymous' ? userId : user.subject;
  if (asker !== undefined && !isParty(call, asker)) {
    throw notAllowed('only its two parties may look at this call.');
  }
  return lookAtCall(services, call);
}
