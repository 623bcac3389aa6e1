import { type Call, callView } from '../domain/call';
import { FoyerError, notAllowed } from '../domain/errors';
import { showCall } from './find-call';
import { keepRoomClosed } from './guard-call-room';
import { JOIN_TOKEN_SECONDS, type Joined } from './join-token';
import { requireSubject } from './require-subject';
import type { Caller, CallServices } from './services';

/** The two, each with a device that has not left yet while the next one joins. */
const MAX_PARTICIPANTS = 4;

export interface JoinCall {
  readonly callId: string;
  /** undefined: the caller, where a token says who that is. */
  readonly userId: string | undefined;
  /** How the route calls `userId`. */
  readonly userIdName: string;
}

/**
 * One of the two parties joins the call's room, which is made unless it is there.
 * @throws FoyerError `not-found`; `not-allowed` for anybody else; `conflict`, with the call as it stands, unless it
 *   is going on. Cost: 1 read of the call and 2 of its parties, 1 or 2 calls to the media server, 1 read.
 */
export async function joinCall(
  services: CallServices,
  caller: Caller,
  { callId, userId, userIdName }: JoinCall,
): Promise<Joined> {
  const { media, calls } = services;
  const identity = userId ?? subjectOf(caller, userIdName);
  requireSubject(caller, identity, userIdName);
  const call = await showCall(services, caller, { callId, userId: identity });
  const party = [call.caller, call.receiver].find(({ id }) => id === identity);
  if (!party) throw notAllowed('only the two parties of a call get a token for it.');
  await requireOngoing(services, call);

  const options = { maxParticipants: MAX_PARTICIPANTS };
  const roomId = await media.openRoom(callId, options);
  // It may have ended while we made the room, perhaps after that was closed.
  await requireOngoing(services, (await calls.find(callId)) ?? call, roomId);
  const bearer = { identity, name: party.name, role: 'guest' } as const;
  const pass = await media.joinPass(roomId, bearer, JOIN_TOKEN_SECONDS, options);
  return { ...pass, roomId, provider: media.provider };
}

function subjectOf({ user }: Caller, name: string): string {
  if (user !== undefined && user !== 'anonymous') return user.subject;
  throw new FoyerError('invalid-input', `${name} is missing: it must be the id of a user.`);
}

async function requireOngoing(services: CallServices, call: Call, roomId?: string): Promise<void> {
  if (call.status === 'ONGOING') return;
  await keepRoomClosed(services, call, roomId);
  throw new FoyerError('conflict', 'a call has a room while it is ONGOING.', {
    details: { call: callView(call) },
  });
}
