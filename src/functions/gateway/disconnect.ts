/** POST /gateway/disconnect: sockets of a gateway have closed. */
import { type GatewayChecksResponse, GatewayDisconnectRequest } from '../../api/gateway';
import { disconnectSockets } from '../../app/disconnect-sockets';
import { calls } from '../../compose/calls';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'service',
  access: 'gateway',
  services: calls,
  request: GatewayDisconnectRequest,
  handle: ({ input, services }): Promise<Pick<GatewayChecksResponse, 'checks'>> =>
    disconnectSockets(services, input),
});
