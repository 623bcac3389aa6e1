/** What every use case is handed. */
export type { Services } from '../ports/services';

/** Who sent the request, as far as a use case needs to know. */
export interface Caller {
  /** The client's network address, or '' when unknown. */
  readonly client: string;
}
