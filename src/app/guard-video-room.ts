import { isCallId } from '../domain/call';
import { guardCallRoom } from './guard-call-room';
import { guardRoom, type JoinedRoom } from './guard-room';
import type { VideoGuardServices } from './services';

/**
 * Somebody connected to a room at Twilio Video: one of a call that is over is ended; out of one of a meeting is put
 * whoever has no business there. Cost: 1 read; 1 call for what must not be.
 */
export async function guardVideoRoom(services: VideoGuardServices, joined: JoinedRoom): Promise<void> {
  if (isCallId(joined.roomName)) await guardCallRoom(services, joined.roomName);
  else await guardRoom(services, joined);
}
