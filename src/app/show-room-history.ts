import type { Page, Stay } from '../ports/room-records';
import type { RoomServices } from './services';
import { watchRoom } from './watch-room';

/** Whole seconds; of a stay that goes on, until now. */
export interface PastStay extends Stay {
  readonly seconds: number;
}

/**
 * Who was in a room and when, newest first, those who are present included.
 * @throws FoyerError `not-found`; `invalid-input` for a foreign cursor.
 * Cost: 1 look, {@link settleRooms}, and what a page of the history costs.
 */
export async function showRoomHistory(
  services: RoomServices,
  { roomId, ...page }: Page & { readonly roomId: string },
): Promise<{ readonly stays: readonly PastStay[]; readonly cursor?: string }> {
  const { room } = await watchRoom(services, roomId);
  const { stays, ...more } = await services.records.history(room.id, page);
  const now = services.clock.now();
  return {
    stays: stays.map((stay) => ({
      ...stay,
      seconds: Math.max(0, Math.floor(((stay.leftAt ?? now) - stay.joinedAt) / 1000)),
    })),
    ...more,
  };
}
