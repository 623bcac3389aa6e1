/** One authenticated call of the server API, as the resources are handed it. */
import type { HmsState } from './state';
import type { Account } from './views';

export interface Call {
  readonly state: HmsState;
  readonly account: Account;
  readonly query: URLSearchParams;
  /** The JSON object that was sent; {} when nothing was. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What the address says beside the resource's own name, decoded. */
  readonly ids: readonly string[];
}

/** @returns what is answered, as JSON, with status 200. */
export type Resource = (call: Call) => object;
