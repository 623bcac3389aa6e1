/** The board that all who wait share. It is nice to have: where it cannot be opened now it is tried again, quietly. */
import type { SyncClient, SyncDocument } from 'twilio-sync';
import type { BoardView } from '../guest-view';

/** Hundreds may open it at once, and are then told to come back; spread out. */
const RETRY_MS = 5_000;

/** @returns closes it */
export function watchBoard(client: SyncClient, id: string, told: (board: BoardView) => void): () => void {
  let closed = false;
  let board: SyncDocument | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = async (): Promise<void> => {
    try {
      const opened = await client.document({ id, mode: 'open_existing' });
      if (closed) return opened.close();
      board = opened;
      const tell = (): void => {
        if (!closed) told(opened.data as BoardView);
      };
      opened.on('updated', tell);
      tell();
    } catch {
      if (!closed) timer = setTimeout(() => void open(), RETRY_MS * (1 + Math.random()));
    }
  };

  void open();
  return () => {
    closed = true;
    clearTimeout(timer);
    board?.close();
  };
}
