/** POST /gateway/check: it is time to look at these calls: what has fallen due happens, and is told. */
import { type GatewayChecksResponse, GatewayCheckRequest } from '../../api/gateway';
import { checkCalls } from '../../app/check-calls';
import { calls } from '../../compose/calls';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'service',
  access: 'gateway',
  services: calls,
  request: GatewayCheckRequest,
  handle: ({ input, services }): Promise<GatewayChecksResponse> => checkCalls(services, input),
});
