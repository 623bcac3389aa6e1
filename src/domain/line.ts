/** Somebody's line: the one call that may hold it at a time. This is what "busy" means. */
import type { Call } from './call';

export interface Line {
  readonly userId: string;
  /** The call that holds the line or, if it is over, was the last to do so. */
  readonly call?: LineHolder;
}

export interface LineHolder {
  readonly id: string;
  readonly isOver: boolean;
  /** The call as it was when it took the line: whoever finds no record of it yet makes that record. */
  readonly draft: Call;
}
