import { lookAtRoom } from './find-room';
import type { RoomServices } from './services';
import { type RoomNow, settleRooms } from './settle-rooms';

/**
 * The room as it is now, for somebody who from now on is told what changes.
 * @param gateway by whose socket, so that it is known before there is news
 * @throws FoyerError `not-found`. Cost: 1 look, and {@link settleRooms}.
 */
export async function watchRoom(services: RoomServices, roomId: string, gateway?: string): Promise<RoomNow> {
  const [seen] = await Promise.all([
    lookAtRoom(services, roomId),
    gateway === undefined ? undefined : services.gateways.ends([gateway]),
  ]);
  const [now] = await settleRooms(services, [seen]);
  return now ?? { room: seen.room, userIds: [] };
}
