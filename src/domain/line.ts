/** Somebody's line: the one call that may hold it at a time. This is what "busy" means. */
export interface Line {
  readonly userId: string;
  /** The call that holds the line or, if it is over, was the last to do so. */
  readonly call?: { readonly id: string; readonly isOver: boolean };
}
