import { FoyerError } from '../domain/errors';
import type { Room } from '../domain/room';
import type { RoomAsRecorded } from '../ports/room-records';
import type { RoomServices } from './services';

const noSuchRoom = (): FoyerError =>
  new FoyerError('not-found', 'there is no such room. Create it first, and send its id as roomId.');

/** @throws FoyerError `not-found`. Cost: 1 read. */
export async function findRoom({ records }: Pick<RoomServices, 'records'>, roomId: string): Promise<Room> {
  const room = await records.find(roomId);
  if (!room) throw noSuchRoom();
  return room;
}

/** With those who are present as far as is recorded. @throws FoyerError `not-found`. Cost: see `RoomRecords.look`. */
export async function lookAtRoom(
  { records }: Pick<RoomServices, 'records'>,
  roomId: string,
): Promise<RoomAsRecorded> {
  const room = await records.look(roomId);
  if (!room) throw noSuchRoom();
  return room;
}
