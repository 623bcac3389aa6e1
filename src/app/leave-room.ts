import { socketDropped, socketLeft } from '../domain/attendance';
import { changeAttendance } from './change-attendance';
import { type GatewaySocket, socketName } from './join-room';
import type { RoomServices } from './services';

export interface Leave extends GatewaySocket {
  readonly roomId: string;
  readonly userId: string;
  /** The socket was lost: who comes back within the grace never left. */
  readonly dropped: boolean;
}

/**
 * Somebody leaves by a socket; one that had not joined changes nothing, be the room recorded or not.
 * @returns when the room is to be looked at again, ms since epoch, where a grace has begun.
 * Cost: 1 read, 1 write, 1 more with the news.
 */
export async function leaveRoom(
  services: RoomServices,
  { roomId, userId, dropped, ...by }: Leave,
): Promise<{ readonly checkAt?: number }> {
  const name = socketName(by);
  const change = dropped ? socketDropped : socketLeft;
  const { sockets } = await changeAttendance(services, { roomId, userId }, (current, signs) =>
    change(current, name, signs),
  );
  const droppedAt = sockets[name]?.droppedAt;
  return droppedAt === undefined ? {} : { checkAt: droppedAt + services.graceMs };
}
