/** One request on its way through the front port. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Route } from '../src/api/routes';

export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** Absent for assets and for addresses that nothing answers at. */
  readonly route: Route | undefined;
  readonly requestId: string;
}
