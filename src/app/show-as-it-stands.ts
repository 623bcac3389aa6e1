import type { Meeting } from '../domain/meeting';
import type { WaitingRoomServices } from './services';

/**
 * To be called after guests' records were written as `shown` has it. Whoever changed the meeting meanwhile
 * told only the guests they found; these are told here, until nothing has changed any more. So whatever is
 * written last is written by somebody who looked afterwards.
 * @returns the meeting as it stands; ended, if it is gone altogether.
 * Cost: 1 read; what showing costs, for each change that was missed.
 */
export async function showAsItStands(
  { meetings, waitingRoom }: WaitingRoomServices,
  shown: Meeting,
  guestIds: readonly string[],
): Promise<Meeting> {
  for (let told = shown; ;) {
    const now = (await meetings.find(told.id, guestIds[0])) ?? { ...told, state: 'ended' as const };
    if (now.state === told.state && now.roomId === told.roomId) return now;
    await waitingRoom.show(now, guestIds);
    told = now;
  }
}
