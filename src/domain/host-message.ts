/** What the host says to those who wait. */

/** As guests read it in what they watch. */
export interface HostMessage {
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly sent_at: string;
  /** Whoever sent it, if they said who they are. */
  readonly from?: string;
}

/** UTF-16 units. */
export const MAX_MESSAGE = 500;
/** Older ones are forgotten. */
export const MAX_MESSAGES = 3;
/**
 * In JSON, together; the largest message alone is less. A meeting's record with the marks of all the guests that may
 * be removed from it has room for so much more in its 16 KiB (tests/unit/waiting-domain.test.ts).
 */
export const MAX_MESSAGES_BYTES = 1_900;

/** @returns oldest first; the newest is always kept. */
export function withMessage(
  messages: readonly HostMessage[] | undefined,
  newest: HostMessage,
): readonly HostMessage[] {
  const kept = [...(messages ?? []), newest].slice(-MAX_MESSAGES);
  while (kept.length > 1 && Buffer.byteLength(JSON.stringify(kept)) > MAX_MESSAGES_BYTES) kept.shift();
  return kept;
}
