/** Somebody who can be called. */
export interface User {
  /** What the application calls this person; unique, in any script. */
  readonly id: string;
  readonly name: string;
  readonly location: string;
}
