/**
 * What was said, over a reload or a lost connection: in this tab only, for one room at a time. It is written when the
 * page goes away and not before, and is gone when the stay is over.
 */
import { kept } from '../../keep/kept';
import { type Message, MOST_CHARACTERS } from './message';

export interface Log {
  readonly messages: readonly Message[];
  readonly unread: number;
  readonly draft: string;
}

/** With another shape of {@link Log} comes another name. */
const slot = kept('chat.1');

/** A browser keeps about five million characters for all there is. */
const MOST_KEPT = 200_000;

export const NOTHING: Log = { messages: [], unread: 0, draft: '' };

/** The log of this room. That of any other is not ours to show, nor to leave lying. */
export function readLog(room: string): Log {
  try {
    const found = JSON.parse(slot.read() ?? 'null') as (Log & { readonly room: string }) | null;
    if (found?.room === room) return found;
  } catch {
    // Not what we wrote.
  }
  slot.forget();
  return NOTHING;
}

/** What was under way when the page went has arrived, or has not: its writer decides whether to send it again. */
export function keepLog(room: string, { messages, unread, draft }: Log): void {
  if (messages.length === 0 && draft === '') return slot.forget();
  const settled = newest(messages).map((one): Message =>
    one.state === 'sending' ? { ...one, state: 'failed' } : one,
  );
  slot.keep(JSON.stringify({ room, messages: settled, unread, draft: draft.slice(0, MOST_CHARACTERS) }));
}

/** At the end of a stay, however it ends. */
export const forgetChat = (): void => slot.forget();

function newest(messages: readonly Message[]): readonly Message[] {
  let total = 0;
  return messages.slice(messages.findLastIndex(({ text }) => (total += text.length) > MOST_KEPT) + 1);
}
