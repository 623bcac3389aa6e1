/** Who may join which room: the access token and its video grant, in the vendor's codes. */
import { AccessTokenError, verifyAccessToken } from '../../twilio/access-token';
import type { Clock } from '../../twilio/clock';
import type { Credentials } from '../../twilio/credentials';
import { videoError } from '../errors';
import { IDENTITY_MAX_CHARACTERS } from '../limits';
import type { Room } from '../room';
import type { VideoState } from '../state';

export interface Ticket {
  readonly identity: string;
  /** SID or unique name of the only room that it is good for; any room if left out. */
  readonly room: string | undefined;
}

/** @throws {AccessTokenError} 20101 to 20107, 20106 also without a video grant @throws {VendorError} 53201 */
export function readTicket(token: string, credentials: Credentials, clock: Clock): Ticket {
  const { identity, grants } = verifyAccessToken(token, credentials, clock);
  const { video } = grants;
  if (!video) throw new AccessTokenError(20106);
  if (identity.length > IDENTITY_MAX_CHARACTERS) throw videoError(53201);
  const { room } = video;
  return { identity, room: typeof room === 'string' && room !== '' ? room : undefined };
}

/**
 * The room that `name` (SID or unique name; the ticket's own if not given) stands for.
 *
 * Ad-hoc rooms are off, as in a new account with that setting: an unknown name is 53103, an unknown SID 53106.
 *
 * @throws {AccessTokenError} 20106 if the ticket is for another room @throws {VendorError} 53103, 53106
 */
export function admit(ticket: Ticket, name: string | null | undefined, state: VideoState): Room {
  const wanted = name || ticket.room;
  const room = wanted === undefined ? undefined : state.findRoom(wanted);
  const names = room ? [room.sid, room.uniqueName] : [wanted];
  if (ticket.room !== undefined && !names.includes(ticket.room)) throw new AccessTokenError(20106);
  if (!room) throw videoError(wanted !== undefined && /^RM[0-9a-f]{32}$/i.test(wanted) ? 53106 : 53103);
  return room;
}
