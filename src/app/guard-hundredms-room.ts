import type { RoomEvent } from '../domain/room-event';
import { guardRoom } from './guard-room';
import type { HundredMsGuardServices } from './services';

/**
 * Somebody joined a 100ms room: whoever has no business there is put out, see {@link guardRoom}. It looks at how
 * things stand now, so events may come late, twice and in any order.
 * Cost: 1 read; 2 calls to put somebody out.
 */
export async function guardHundredMsRoom(
  { meetings, hundredMs: { media, nameOf } }: HundredMsGuardServices,
  { kind, roomId, roomName, peer }: RoomEvent,
): Promise<void> {
  const name = nameOf(roomName);
  if (kind !== 'joined' || name === undefined || !peer) return;
  const { id: participantId, identity } = peer;
  await guardRoom({ meetings, media }, { roomId, roomName: name, participantId, identity });
}
