import { type Call, isParty } from '../domain/call';
import { notAllowed } from '../domain/errors';
import { findCall } from './find-call';
import { moveCall } from './move-call';
import { requireSubject } from './require-subject';
import type { Caller, CallServices } from './services';

/**
 * Either party hangs up, while it rings or later.
 * @throws FoyerError `not-found`; `not-allowed` for anybody else; `conflict`, with the call as it stands, once
 *   it is over.
 * Cost: 1 read; 1 write beside 2 reads; 1 write to each gateway of the two beside 4 reads, 2 writes and, where it
 * was answered, closing its room; 1 write.
 */
export async function endCall(
  services: CallServices,
  caller: Caller,
  { callId, userId }: { readonly callId: string; readonly userId: string },
): Promise<Call> {
  requireSubject(caller, userId, 'userId');
  const call = await findCall(services, callId);
  if (!isParty(call, userId)) throw notAllowed('only its two parties may end this call.');
  return moveCall(services, call, 'hangUp');
}
