import { createHash } from 'node:crypto';
import { issued } from '../domain/attendance';
import { notAllowed } from '../domain/errors';
import { newUserId } from '../domain/user-id';
import { changeAttendance } from './change-attendance';
import { findRoom } from './find-room';
import { JOIN_TOKEN_SECONDS, type Joined } from './join-token';
import { requireSubject } from './require-subject';
import type { Caller, RoomServices } from './services';

export interface RoomTokenOrder {
  readonly roomId: string;
  /** As the provider calls it, where it has roles; a `host` may moderate. */
  readonly role: string;
  /** Undefined: the caller, or where nobody knows them a newcomer. */
  readonly userId?: string | undefined;
}

/**
 * A token for one room and one user; of the token a fingerprint is kept.
 * @throws FoyerError `not-found`; `not-allowed` for the id of somebody else, or one that the provider cannot carry.
 * Cost: 2 reads, 1 write; 1 call more where the provider's rooms close when they are empty.
 */
export async function issueRoomToken(
  services: RoomServices,
  caller: Caller,
  { roomId, role, userId = ownId(caller) }: RoomTokenOrder,
): Promise<Joined> {
  const { media, records, maxParticipants } = services;
  requireSubject(caller, userId, 'userId');
  const room = await findRoom(services, roomId);
  const [pass] = await Promise.all([
    media.joinPass(
      room.id,
      { identity: userId, role: role === 'host' ? 'host' : 'guest', roleName: role },
      JOIN_TOKEN_SECONDS,
      { maxParticipants },
    ),
    media.roomsStay ? undefined : media.lastingRoom(room.name, { maxParticipants }),
    records.keep(room),
  ]);
  if (pass.identity !== userId) throw notAllowed('userId is too long an id for the provider of rooms.');
  const fingerprint = createHash('sha256').update(pass.token).digest('base64url');
  await changeAttendance(services, { roomId, userId }, (current) => issued(current, fingerprint));
  return { ...pass, roomId, provider: media.provider };
}

const ownId = ({ user }: Caller): string =>
  user === undefined || user === 'anonymous' ? newUserId('') : user.subject;
