import type { Page } from '../ports/room-records';
import type { RoomServices } from './services';
import { type RoomNow, type SettleServices, settleRooms } from './settle-rooms';

/**
 * Recorded rooms, newest first, each with those who are present now.
 * @throws FoyerError `invalid-input` for a foreign cursor.
 * Cost: see `RoomRecords.list`, and {@link settleRooms} for the rooms of the page.
 */
export async function listRooms(
  services: SettleServices & Pick<RoomServices, 'records'>,
  page: Page,
): Promise<{ readonly rooms: readonly RoomNow[]; readonly cursor?: string }> {
  const { rooms, ...more } = await services.records.list(page);
  return { rooms: await settleRooms(services, rooms), ...more };
}
