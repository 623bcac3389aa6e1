/** One request on its way through the front port. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../src/api/routes';

export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Absent for assets and for addresses that nothing answers at. */
  readonly route: Route | undefined;
  readonly requestId: string;
  /** How it is handed on, where that is not as it came. */
  readonly as?: HandedOn;
}

export interface HandedOn {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** In place of the client's headers of these names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the client is told in place of 200; nobody keeps such an answer. */
  readonly status?: number;
}
