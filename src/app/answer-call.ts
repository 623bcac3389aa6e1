import type { Call } from '../domain/call';
import { notAllowed } from '../domain/errors';
import { findCall } from './find-call';
import { moveCall } from './move-call';
import type { Caller, CallServices } from './services';

export interface AnswerCall {
  readonly callId: string;
  readonly answer: 'ACCEPT' | 'DECLINE';
  /** Who answers, where no token says so; the receiver is meant where nothing does. */
  readonly userId?: string | undefined;
}

/**
 * The receiver accepts or declines, on one device for all.
 * @throws FoyerError `not-found`; `not-allowed` for anybody but the receiver; `conflict`, with the call as it
 *   stands, unless it rings.
 * Cost: 1 read; 1 write beside 2 reads; 1 write to each gateway of the two beside 2 reads; 1 write. Declining
 * releases both lines at the same time: 2 reads, 2 writes.
 */
export async function answerCall(
  services: CallServices,
  { user }: Caller,
  { callId, answer, userId }: AnswerCall,
): Promise<Call> {
  const call = await findCall(services, callId);
  const isReceiver = (id: string): boolean => id === call.receiver.id;
  const isAllowed =
    user !== undefined &&
    (user === 'anonymous' || isReceiver(user.subject)) &&
    isReceiver(userId ?? call.receiver.id);
  if (!isAllowed) throw notAllowed('only the one who is called may answer this call.');
  return moveCall(services, call, answer === 'ACCEPT' ? 'accept' : 'decline');
}
