/** The one call that somebody's document shows: a browser that wakes up reads it first. */
import { type CallMessage, type CallView, isLive, stepOfMessage } from './call';

export interface ShownCall extends CallView {
  /** Of the message that told the same. */
  readonly eventId: string;
}

export const shownCall = ({ id, call }: CallMessage): ShownCall => ({ ...call, eventId: id });

/**
 * Whether the document keeps what it shows, since messages may come late and twice: it is of the same call and as
 * late, or of a later call, or of a live one while the other is over.
 * @param before empty before somebody's first call
 */
export function staysShown(before: Partial<ShownCall>, next: ShownCall): boolean {
  if (before.id === undefined) return false;
  const shown = before as ShownCall;
  if (shown.id === next.id) return stepOf(shown) >= stepOf(next);
  return shown.placedAt > next.placedAt || (isLive(shown) && !isLive(next));
}

const stepOf = ({ eventId }: ShownCall): number => stepOfMessage(eventId)?.step ?? 0;
