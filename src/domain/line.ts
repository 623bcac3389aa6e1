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
  /**
   * It was taken at the same time as the line that comes first for this call, and counts only if the call has got
   * that one as well.
   */
  readonly isTentative?: true;
  /** The call as it was when it took the line: whoever finds no record of it yet makes that record. */
  readonly draft: Call;
}
