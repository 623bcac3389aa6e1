/** LiveKit's reasons in our words. https://docs.livekit.io/home/client/connect/#disconnection */
import { ConnectionError, ConnectionErrorReason, DisconnectReason } from 'livekit-client';
import type { Departure } from '../departure';

const DEPARTURES: Readonly<Partial<Record<DisconnectReason, Departure>>> = {
  [DisconnectReason.DUPLICATE_IDENTITY]: 'elsewhere',
  [DisconnectReason.PARTICIPANT_REMOVED]: 'putOut',
  [DisconnectReason.ROOM_DELETED]: 'closed',
  [DisconnectReason.ROOM_CLOSED]: 'closed',
  [DisconnectReason.MEDIA_FAILURE]: 'unable',
};

/** Why a stay in a room is over. */
export const departureFor = (reason: DisconnectReason | undefined): Departure =>
  (reason === undefined ? undefined : DEPARTURES[reason]) ?? 'lost';

/** What the local stand-in for a server says, at length; see `out.noMedia` for what people are told. */
const NO_MEDIA = /emulator .* carries no media/;

/**
 * Why a token or the room was refused, as far as the server has said so.
 * @returns undefined when it has not
 */
export function refusalIn(error: unknown): Departure | undefined {
  if (!(error instanceof ConnectionError) || error.reason !== ConnectionErrorReason.NotAllowed)
    return undefined;
  if (error.status === 404) return 'closed';
  if (error.status === 403 && NO_MEDIA.test(error.message)) return 'noMedia';
  return error.status === 401 ? 'expired' : 'unable';
}
