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

/**
 * @returns oldest first; the newest is always kept. The same array where it is there already: it is written again when
 *   the answer to the first writing got lost.
 */
export function withMessage(
  messages: readonly HostMessage[] | undefined,
  newest: HostMessage,
): readonly HostMessage[] {
  if (messages?.some((one) => isSame(one, newest))) return messages;
  const kept = [...(messages ?? []), newest].slice(-MAX_MESSAGES);
  while (kept.length > 1 && Buffer.byteLength(JSON.stringify(kept)) > MAX_MESSAGES_BYTES) kept.shift();
  return kept;
}

const isSame = (a: HostMessage, b: HostMessage): boolean =>
  a.sent_at === b.sent_at && a.text === b.text && a.from === b.from;
