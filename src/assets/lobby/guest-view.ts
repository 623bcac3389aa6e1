/** What a guest who waits is shown; further fields may come and are ignored. */
import type { BoardData, DocumentData } from '../../api/meetings';

/** Of the own document. */
export type GuestView = DocumentData;
/** Of the board that all who wait for the host's decision share. */
export type BoardView = BoardData;
