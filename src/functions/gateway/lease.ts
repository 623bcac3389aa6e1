/** POST /gateway/lease: a gateway is alive; it learns which mailboxes to read. */
import { GatewayLeaseRequest, type GatewayLeaseResponse } from '../../api/gateway';
import { leaseResponse } from '../../http/gateway-answers';
import { renewGatewayLease } from '../../app/renew-gateway-lease';
import { presence } from '../../compose/calls';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'service',
  access: 'gateway',
  services: presence,
  request: GatewayLeaseRequest,
  handle: async ({ input, services }): Promise<GatewayLeaseResponse> =>
    leaseResponse(await renewGatewayLease(services, input), services.clock.now()),
});
