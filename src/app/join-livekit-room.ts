import { isCallId } from '../domain/call';
import { FoyerError, notAllowed } from '../domain/errors';
import { meetingOfRoomName } from '../domain/persistent-meeting';
import { newUserId } from '../domain/user-id';
import type { Bearer } from '../ports/media-server';
import { type LiveKitPass, passOf } from './livekit-pass';
import { requireSubject } from './require-subject';
import { keyOfRoomName } from './room-name';
import type { Caller, LiveKitRoomServices } from './services';

/** Seed 000 knows no limit; a room has one nevertheless. */
const MAX_PARTICIPANTS = 1000;
/**
 * Characters. Browsers send a token in the address of a WebSocket; of what comes before a request's body Node and most
 * proxies take 16 KiB, and some 8 KiB of the address.
 */
const LONGEST_TOKEN = 8_000;

export interface JoinLivekitRoom {
  readonly roomName: string;
  readonly uid: string;
  /** How the route calls `uid`. */
  readonly uidName: string;
}

/**
 * A user joins any room by its name; LiveKit makes it when the first one comes.
 * @throws FoyerError `not-allowed` for the id of somebody else, and for the rooms of meetings and calls, which have
 * their own doors; `invalid-input` for more than a token carries. Cost: none.
 */
export async function joinLivekitRoom(
  { livekit }: LiveKitRoomServices,
  caller: Caller,
  { roomName, uid, uidName }: JoinLivekitRoom,
  more: Pick<Bearer, 'name' | 'metadata' | 'attributes'> = {},
): Promise<LiveKitPass> {
  requireSubject(caller, uid, uidName);
  requireOrdinaryRoom(roomName);
  const bearer: Bearer = { identity: uid, role: 'guest', ...more };
  const pass = await passOf(livekit, roomName, bearer, { maxParticipants: MAX_PARTICIPANTS });
  // What is cut off could be all that tells two users apart.
  if (pass.identity !== uid) throw notAllowed(`${uidName} is too long an id for LiveKit.`);
  if (pass.token.length > LONGEST_TOKEN) {
    throw new FoyerError(
      'invalid-input',
      'this is more than a token carries to LiveKit: send less metadata, and fewer or shorter attributes.',
    );
  }
  return pass;
}

/** Whom a token is for when the request does not say: the caller, or a newcomer of this name. */
export const defaultUid = ({ user }: Caller, name = ''): string =>
  user === undefined || user === 'anonymous' ? newUserId(name) : user.subject;

function requireOrdinaryRoom(name: string): void {
  if (isCallId(name)) throw notAllowed('this is the room of a call. Its parties ask /token for it.');
  if (meetingOfRoomName(name) || keyOfRoomName(name) !== undefined) {
    throw notAllowed('this is the room of a meeting. Join the meeting instead.');
  }
}
