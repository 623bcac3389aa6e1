import { type Call, failedCall, isPlacing, newCall } from '../domain/call';
import { FoyerError } from '../domain/errors';
import { together } from '../domain/in-parallel';
import { isOnline, type Presence } from '../domain/presence';
import type { User } from '../domain/user';
import { claimBoth, type Held } from './claim-line';
import { letGo, moveCall, noSuchCall, placeCall, type Placed } from './move-call';
import { leasesOf } from './parties';
import { requireSubject } from './require-subject';
import type { Caller, CallServices } from './services';

export interface StartCall {
  readonly callerId: string;
  readonly receiverId: string;
}

/** Two who call each other, hang up and call again, all in an instant, meet what has just changed. */
const MAX_TRIES = 3;

/**
 * Rings at the receiver's devices. Of two who call each other both get the one call, and it is answered; again, while
 * it rings, is the same call.
 * @returns the call: `DIALLING`, `ONGOING`, or `ERROR` with the reason where it could not be placed: the other
 *   side or the caller is offline or in another call, or the two are one.
 * @throws FoyerError `not-allowed` for whoever calls in somebody else's name; `try-again`.
 * Cost: 4 reads at once; 3 writes at once; 1 write to each gateway of the two beside 2 reads; 1 write. Where a line
 * was not free, the two are taken after each other: 2 steps more.
 */
export async function startCall(services: CallServices, caller: Caller, input: StartCall): Promise<Call> {
  requireSubject(caller, input.callerId, 'callerId');
  for (let tries = 1; ; tries += 1) {
    const { call, obstacle } = await tryToPlace(services, input);
    const joined = obstacle && (await joinObstacle(services, input, obstacle));
    if (joined === 'changed' && tries < MAX_TRIES) continue;
    return joined === undefined || joined === 'changed' ? call : joined;
  }
}

async function tryToPlace(services: CallServices, { callerId, receiverId }: StartCall): Promise<Placed> {
  const { calls, lines, directory, clock, settings } = services;
  const [from, to, ...read] = await Promise.all([
    directory.find(callerId),
    directory.find(receiverId),
    lines.find(callerId),
    lines.find(receiverId),
  ]);
  const leases = await leasesOf(services, [from, to]);
  const now = clock.now();
  const draft = newCall(userOf(callerId, from), userOf(receiverId, to), now, settings.ringMs);
  const fault = faultOf(
    callerId === receiverId,
    [from, to].map((party) => party !== undefined && isOnline(party, leases, now)),
  );
  if (fault !== undefined) {
    return { call: (await calls.create(failedCall(draft, fault))) ?? (await found(services, draft)) };
  }
  const [created, claim] = await together([calls.create(draft), claimBoth(lines, draft, read)]);
  // Somebody who met it on a line may have been faster.
  const call = created ?? (await found(services, draft));
  if (!isPlacing(call)) {
    await letGo(services, call);
    return { call };
  }
  const parties = [from, to].filter((party) => party !== undefined);
  return placeCall(services, call, { parties, lines: claim.known, hasBoth: claim.hasBoth });
}

const userOf = (id: string, presence: Presence | undefined): User =>
  presence?.user ?? { id, name: id, location: '' };

function faultOf(isSelf: boolean, [isHere, isThere]: readonly boolean[]): string | undefined {
  if (isSelf) return 'you cannot call yourself.';
  if (!isHere) return 'you are not connected. Connect first, so that you hear of your call.';
  return isThere ? undefined : 'the other side is offline.';
}

async function found({ calls }: CallServices, { id }: Call): Promise<Call> {
  const call = await calls.find(id);
  if (!call) throw noSuchCall();
  return call;
}

/**
 * The call in the way may be the very one: the other side's call to us, which we take; or our own, from a
 * request that failed halfway, or whose answer was lost: it rings, and whoever is impatient asks again.
 * @returns undefined when it is none of these; `changed` when it was, and is not any more.
 */
async function joinObstacle(
  services: CallServices,
  { callerId, receiverId }: StartCall,
  { call, wasUnsettled }: Held,
): Promise<Call | 'changed' | undefined> {
  const isOurs = call.caller.id === callerId && call.receiver.id === receiverId;
  const isTheirs = call.caller.id === receiverId && call.receiver.id === callerId;
  if (!isOurs && !isTheirs) return undefined;
  if (isOurs && call.status === 'DIALLING') return call;
  if (isOurs || call.status !== 'DIALLING') return wasUnsettled ? call : undefined;
  try {
    return await moveCall(services, call, 'accept');
  } catch (error) {
    if (!(error instanceof FoyerError) || error.code !== 'conflict') throw error;
    const now = await services.calls.find(call.id);
    return now?.status === 'ONGOING' ? now : 'changed';
  }
}
