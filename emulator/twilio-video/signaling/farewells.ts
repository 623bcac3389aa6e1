/** What a client hears that is refused, or put out of the room, in the vendor's codes. */
import type { VendorError } from '../../twilio/errors';
import { videoError } from '../errors';
import type { DisconnectReason } from '../room';
import type { ServerMessage } from './messages';

/** A refusal as a client hears it. */
export const refusal = ({ code, message }: Pick<VendorError, 'code' | 'message'>): ServerMessage => ({
  type: 'error',
  code,
  message,
});

/** What a participant hears who is out, and not by its own wish. */
export const FAREWELLS: Readonly<Record<DisconnectReason, ServerMessage>> = {
  left: { type: 'disconnected' },
  removed: { type: 'disconnected' },
  'duplicate-identity': refusal(videoError(53205)),
  'duration-exceeded': refusal(videoError(53216)),
  'session-expired': refusal(videoError(53204)),
  // The client makes 53118 of it.
  'room-completed': { type: 'disconnected', status: 'completed' },
};
