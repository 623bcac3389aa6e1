import { isCallId } from '../domain/call';
import { FoyerError, notAllowed } from '../domain/errors';
import { meetingOfRoomName } from '../domain/persistent-meeting';
import type { Room } from '../domain/room';
import { keyOfRoomName } from './room-name';
import type { RoomServices } from './services';

/** What is recorded of it, and what the provider says beside. */
export interface CreatedRoom {
  readonly room: Room;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * The room of that name, at the provider and in our records; the same name again is the same room. Cut short in
 * between, it is finished by creating it again.
 * @throws FoyerError `invalid-input` without a name; `not-allowed` for the rooms of meetings and calls, which have
 * their own doors.
 * Cost: 1 call to the provider, 2 where the room is there; and what it costs to record it.
 */
export async function createRoom(
  {
    records,
    media,
    clock,
    maxParticipants,
  }: Pick<RoomServices, 'records' | 'media' | 'clock' | 'maxParticipants'>,
  { roomName: name }: { readonly roomName: string | undefined },
): Promise<CreatedRoom> {
  if (name === undefined)
    throw new FoyerError('invalid-input', 'roomName is missing: it must be the name of a room.');
  if (meetingOfRoomName(name) || keyOfRoomName(name) !== undefined)
    throw notAllowed('roomName is that of a meeting. Choose another.');
  if (isCallId(name)) throw notAllowed('roomName is that of a call. Choose another.');
  const { id, details } = await media.lastingRoom(name, { maxParticipants });
  const room = await records.add({ id, name, createdAt: clock.now() });
  return { room, details };
}
