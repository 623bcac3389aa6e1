import { socketJoined } from '../domain/attendance';
import { FoyerError } from '../domain/errors';
import { changeAttendance } from './change-attendance';
import { lookAtRoom } from './find-room';
import { requireSubject } from './require-subject';
import type { Caller, RoomServices } from './services';
import { type RoomNow, settleRooms } from './settle-rooms';

/** A gateway's socket. */
export interface GatewaySocket {
  readonly gateway: string;
  /** Among those of the gateway. */
  readonly socket: string;
}

/** Names a socket among all. */
export const socketName = ({ gateway, socket }: GatewaySocket): string => `${gateway}.${socket}`;

/**
 * Somebody joins by a socket, which holds them present while it and its gateway live; again is fine.
 * @returns the room as it is now
 * @throws FoyerError `not-found`; `not-allowed` for the id of somebody else; `try-again` for a gateway without a lease.
 * Cost: 1 look and 1 read at once, 1 write, 1 more with the news; and {@link settleRooms}.
 */
export async function joinRoom(
  services: RoomServices,
  caller: Caller,
  { roomId, userId, ...by }: GatewaySocket & { readonly roomId: string; readonly userId: string },
): Promise<RoomNow> {
  requireSubject(caller, userId, 'userId');
  const { records, gateways, clock } = services;
  const [seen, before, ends] = await Promise.all([
    lookAtRoom(services, roomId),
    records.attendance(roomId, userId),
    gateways.ends([by.gateway]),
  ]);
  if ((ends.get(by.gateway) ?? 0) <= clock.now())
    throw new FoyerError('try-again', 'this gateway has no lease. Try again in a moment.');
  const joined = await changeAttendance(
    services,
    { roomId, userId },
    (current, signs) => {
      // Its gateway may be one that nobody here was in by before.
      const leaseEnd = (gateway: string): number => ends.get(gateway) ?? signs.leaseEnd(gateway);
      return socketJoined(current, socketName(by), by.gateway, { ...signs, leaseEnd });
    },
    { before },
  );
  const others = seen.present.filter((attendance) => attendance.userId !== userId);
  const [now] = await settleRooms(services, [{ ...seen, present: [...others, joined] }]);
  return now ?? { room: seen.room, userIds: [] };
}
