/** Messages on their way out: one after the other, no faster than others take them, and held while there is no way. */
import type { Message } from './message';
import { createPace, SENT } from './pace';

export interface OutboxOptions {
  readonly deliver: (message: Message) => Promise<void>;
  readonly isConnected: () => boolean;
  readonly settled: (id: string, state: 'sent' | 'failed') => void;
}

export interface Outbox {
  put(message: Message): void;
  /** There is a way again. */
  flow(): void;
  close(): void;
}

/** Longer than any provider takes to find out that it cannot. */
const PATIENCE_MS = 20_000;

export function createOutbox({ deliver, isConnected, settled }: OutboxOptions): Outbox {
  const waiting: Message[] = [];
  const pace = createPace(SENT);
  let isFlowing = false;
  let isClosed = false;

  /** @returns whether it goes on with the next */
  const sendOne = async (message: Message): Promise<boolean> => {
    for (let wait = pace.take(); wait > 0; wait = pace.take()) await passed(wait);
    try {
      if (isClosed) return false;
      await Promise.race([
        deliver(message),
        passed(PATIENCE_MS).then(() => Promise.reject(new Error('No answer'))),
      ]);
      settled(message.id, 'sent');
    } catch {
      // It is first in line when the connection is back; those who have had it drop it.
      if (!isConnected()) return false;
      settled(message.id, 'failed');
    }
    waiting.shift();
    return true;
  };

  const flow = async (): Promise<void> => {
    if (isFlowing) return;
    isFlowing = true;
    for (let next = waiting[0]; next && isConnected(); next = waiting[0]) {
      if (!(await sendOne(next))) break;
    }
    isFlowing = false;
  };

  return {
    put(message) {
      waiting.push(message);
      void flow();
    },
    flow: () => void flow(),
    close: () => {
      isClosed = true;
      waiting.length = 0;
    },
  };
}

const passed = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
