/**
 * A call's room is open while the call is going on. LiveKit makes a room for any token that is still valid, so one
 * that was closed with its call may come back; then it is closed again.
 */
import type { Call } from '../domain/call';
import { FoyerError } from '../domain/errors';
import type { CallServices } from './services';

/**
 * Somebody brought the room of this call to life, or came into it.
 * Cost: 1 read; 1 call or more to the media server for what must not be.
 */
export async function guardCallRoom(
  { calls, media }: Pick<CallServices, 'calls' | 'media'>,
  callId: string,
): Promise<void> {
  const call = await calls.find(callId);
  if (call?.status !== 'ONGOING') await media.closeRoom(callId);
}

/**
 * For how long after the end of a call a token may open its room: ours live for ten minutes at LiveKit, and so do
 * those that it gives to whoever is in a room; it forgives a minute.
 */
const TOKENS_LIVE_MS = 12 * 60_000;

/**
 * The same, where nobody tells us of rooms: whoever reads a call that is over has its room closed again. What
 * fails here does not fail the reading, and is made up for by the next one.
 * @param roomId of a room that was opened for the call since, as its end was not known yet
 * Cost: none unless the call was answered and ended lately; else 1 call or more to the media server.
 */
export async function keepRoomClosed(
  { media, clock }: Pick<CallServices, 'media' | 'clock'>,
  call: Call,
  roomId?: string,
): Promise<void> {
  const wasAnswered = call.status === 'ENDED' && call.step > 2;
  if (!wasAnswered || clock.now() > call.changedAt + TOKENS_LIVE_MS) return;
  try {
    await media.closeRoom(call.id, roomId);
  } catch (error) {
    if (!(error instanceof FoyerError)) throw error;
  }
}
