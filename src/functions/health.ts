/** GET /health: the service is there, and which version of it. Asks no vendor and reads no setting. */
import { version } from '../../package.json';
import { HealthRequest, type HealthResponse } from '../api/service';
import { endpoint } from '../http/endpoint';

export const handler = endpoint({
  family: 'service',
  access: 'guest',
  services: () => ({}),
  request: HealthRequest,
  handle: (): Promise<HealthResponse> => Promise.resolve({ status: 'ok', version }),
});
