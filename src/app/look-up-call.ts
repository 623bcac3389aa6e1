import type { Call } from '../domain/call';
import { showCall } from './find-call';
import { keepRoomClosed } from './guard-call-room';
import type { Caller, CallServices } from './services';

/**
 * The call as it stands, for a device that wakes up; of one that ended lately the room stays closed, too.
 * @throws as {@link showCall}. Cost: its, and closing the room.
 */
export async function lookUpCall(
  services: CallServices,
  caller: Caller,
  input: { readonly callId: string; readonly userId?: string | undefined },
): Promise<Call> {
  const call = await showCall(services, caller, input);
  await keepRoomClosed(services, call);
  return call;
}
