/** What the service says of itself. */
import * as z from 'zod/mini';

export const HealthRequest = z.object({});

export interface HealthResponse {
  /** It answers, which is all that this says: settings and vendors are `npm run doctor`'s business. */
  readonly status: 'ok';
  /** Of the package that was deployed. */
  readonly version: string;
}
