/** Who may join, and as whom: what the vendor finds out of an app token before any media flows. */
import type { Clock } from '../twilio/clock';
import { HmsError, roomNotFound, unauthorized } from './errors';
import type { Peer, Room } from './room';
import type { HmsState } from './state';
import { type Keys, readToken } from './tokens';

/** The only role that a room for tests knows, and no other room does. */
export const TEST_ROLE = 'diagnostics-role';

export interface Door {
  readonly keys: Keys;
  readonly clock: Clock;
  readonly state: HmsState;
  /** What the template of every room here knows. */
  readonly roles: readonly string[];
}

/** Where an app token leads, and as whom. */
export interface Admission {
  readonly room: Room;
  readonly userId: string;
  readonly role: string;
}

/** @throws {HmsError} 401, 403, 404 */
export function admit({ keys, clock, state, roles }: Door, token: string | undefined): Admission {
  const { room_id: roomId, user_id: userId = '', role } = readToken(token, 'app', keys, clock);
  if (typeof roomId !== 'string' || typeof userId !== 'string') throw unauthorized('room_id is missing');
  const room = state.findRoom(roomId);
  if (!room) throw roomNotFound();
  const known = room.isVendors ? [TEST_ROLE] : roles;
  if (typeof role !== 'string' || !known.includes(role)) throw new HmsError(403, 'role not allowed');
  return { room, userId, role };
}

/**
 * Takes a place as a client's SDK would.
 * @param name what the client calls itself: a token does not say it
 * @throws {HmsError} as {@link admit}; 403 for a room that is disabled or full
 */
export function join(door: Door, token: string, name: string): Peer {
  const { room, userId, role } = admit(door, token);
  return door.state.join(room, { userId, name, role });
}
