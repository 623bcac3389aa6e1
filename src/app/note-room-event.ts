import { mediaRoomClosed, peerJoined, peerLeft } from '../domain/attendance';
import { inParallel } from '../domain/in-parallel';
import { meetingOfRoomName } from '../domain/persistent-meeting';
import type { RoomEvent } from '../domain/room-event';
import { changeAttendance } from './change-attendance';
import { keyOfRoomName } from './room-name';
import type { RoomServices } from './services';

/**
 * The provider tells what happened in one of its rooms. The same again, late, or in another order comes to the same:
 * a connection is known by its id, and one that has ended does not begin again. Recorded when this resolves.
 * Cost: 1 read for a room that is not ours; else 2, 1 write, 1 more with the news; for `room-ended` that for each.
 */
export async function noteRoomEvent(services: RoomServices, event: RoomEvent): Promise<void> {
  const { kind, peer, at } = event;
  // Of a room at Twilio the SID changes whenever it is opened again.
  const roomId = event.provider === 'twilio' ? event.roomName : event.roomId;
  const isMeetings = meetingOfRoomName(event.roomName) || keyOfRoomName(event.roomName) !== undefined;
  if (event.provider !== services.media.provider || isMeetings) return;
  if (kind === 'room-ended') {
    const present = (await services.records.look(roomId))?.present ?? [];
    await inParallel(present, (before) =>
      changeAttendance(services, before, (current, signs) => mediaRoomClosed(current, at, signs), { before }),
    );
    return;
  }
  if (!peer || !(await services.records.find(roomId))) return;
  await changeAttendance(services, { roomId, userId: peer.identity }, (current, signs) =>
    kind === 'joined'
      ? peerJoined(current, peer.id, at, signs)
      : peerLeft(current, peer.id, at, peer.joinedAt, signs),
  );
}
