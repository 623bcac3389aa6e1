import { lookAtRoom } from './find-room';
import type { RoomServices } from './services';
import { type RoomNow, settleRooms } from './settle-rooms';

/**
 * The room as it is now, for somebody who from now on is told what changes.
 * @throws FoyerError `not-found`. Cost: 1 look, and {@link settleRooms}.
 */
export async function watchRoom(services: RoomServices, roomId: string): Promise<RoomNow> {
  const seen = await lookAtRoom(services, roomId);
  const [now] = await settleRooms(services, [seen]);
  return now ?? { room: seen.room, userIds: [] };
}
