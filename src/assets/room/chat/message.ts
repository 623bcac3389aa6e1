/** A message of a room's chat, as the page keeps and shows it, and how much of everything there may be. */

export interface Message {
  /** Unique in the log. */
  readonly id: string;
  /** {@link Participant.id} of who wrote it. */
  readonly from: string;
  /** What the provider called them when it came; empty when they have no name. */
  readonly name: string;
  readonly isHost: boolean;
  readonly text: string;
  /** When it came, or was sent: milliseconds, by this device's clock. */
  readonly at: number;
  readonly own: boolean;
  readonly state: 'sending' | 'sent' | 'failed';
}

/** Of one message, in UTF-16 code units, which is what text areas count. */
export const MOST_CHARACTERS = 2_000;

/** Of a log: what is older is let go. */
export const MOST_MESSAGES = 300;
