/** Who may connect, and as whom: what the server finds out before any media flows. */
import type { Clock } from '../twilio/clock';
import { PlainError } from './errors';
import { IDENTITY_MAX_BYTES, ROOM_NAME_MAX_BYTES } from './limits';
import type { Participant } from './room';
import { roomConfigIn } from './messages';
import type { LiveKitState, Newcomer } from './state';
import { type Claims, type Keys, readToken } from './tokens';

export interface Door {
  readonly keys: Keys;
  readonly clock: Clock;
  readonly state: LiveKitState;
  /** Whether joining a room that is not there makes it: `room.auto_create`, true unless told. */
  readonly autoCreate: boolean;
}

/** @throws {PlainError} in the server's words. @returns what the token says, now that it may be believed. */
export function admit(
  { keys, clock, state, autoCreate }: Door,
  token: string | null,
): Claims & { room: string } {
  if (token === null || token === '') throw new PlainError(401, 'no permissions to access the room');
  const claims = readToken(token, keys, clock);
  if (claims.video?.roomJoin !== true) {
    throw new PlainError(401, claims.video ? 'permissions denied' : 'no permissions to access the room');
  }
  const identity = identityIn(claims);
  if (identity === '') throw new PlainError(400, 'identity cannot be empty');
  if (Buffer.byteLength(identity) > IDENTITY_MAX_BYTES) {
    throw new PlainError(400, `participant identity length exceeds limits: max length ${IDENTITY_MAX_BYTES}`);
  }
  const room = claims.video.room ?? '';
  if (room === '') throw new PlainError(400, 'no room name');
  if (Buffer.byteLength(room) > ROOM_NAME_MAX_BYTES) {
    throw new PlainError(400, `room name length exceeds limits: max length ${ROOM_NAME_MAX_BYTES}`);
  }
  if (!autoCreate && !state.findRoom(room)) throw new PlainError(404, 'requested room does not exist');
  return { ...claims, room };
}

/** Connects the bearer as if by a client's SDK. @throws {PlainError} as {@link admit}; 500 for a full room */
export function join(door: Door, token: string): Participant {
  const { room, ...claims } = admit(door, token);
  return door.state.join(door.state.ensureRoom(room, roomConfigIn(claims.roomConfig)), newcomerIn(claims));
}

const identityIn = ({ sub, jti }: Claims): string => sub || jti || '';

function newcomerIn(claims: Claims): Newcomer {
  const { name = '', metadata = '', attributes = {}, video = {} } = claims;
  const allowed = (grant: boolean | undefined): boolean => grant ?? true;
  return {
    identity: identityIn(claims),
    name,
    metadata,
    attributes,
    permission: {
      canSubscribe: allowed(video.canSubscribe),
      canPublish: allowed(video.canPublish),
      canPublishData: allowed(video.canPublishData ?? video.canPublish),
      canUpdateMetadata: video.canUpdateOwnMetadata ?? false,
      hidden: video.hidden ?? false,
    },
  };
}
