import { inParallel } from '../domain/in-parallel';
import type { RoomServices } from './services';
import { settleRooms } from './settle-rooms';

/**
 * Makes what time has done in these rooms be seen, and tells it; a room that is not recorded is passed over.
 * Cost: 1 look for each, and {@link settleRooms}.
 */
export async function checkRooms(services: RoomServices, roomIds: readonly string[]): Promise<void> {
  const seen = await inParallel([...new Set(roomIds)], (roomId) => services.records.look(roomId));
  await settleRooms(
    services,
    seen.filter((room) => room !== undefined),
  );
}
