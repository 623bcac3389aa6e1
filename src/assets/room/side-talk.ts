/** What goes beside picture and sound, over the provider's data channel: what each kind of it needs, and how it ends. */
import type { ReadonlySignal } from '@preact/signals';
import type { CallEvents, Participant } from '../media/media';

export interface SideTalkOptions {
  readonly room: string;
  readonly participants: ReadonlySignal<readonly Participant[]>;
  readonly connection: ReadonlySignal<'connected' | 'reconnecting'>;
  /** {@link Call.sendData} */
  readonly sendData: (text: string) => Promise<void>;
}

/** As the one who runs the call has it. */
export interface RunningSideTalk {
  readonly hear: CallEvents['data'];
  /** @param isOver nobody comes back to this room: nothing of it stays in the tab; else it goes on after a reload */
  stop(isOver: boolean): void;
}
