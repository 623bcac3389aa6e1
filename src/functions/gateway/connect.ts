/** POST /gateway/connect: somebody comes online by a gateway's socket, and learns what was missed. */
import { GatewayConnectRequest, type GatewayConnectResponse } from '../../api/gateway';
import { connectSocket } from '../../app/connect-socket';
import { calls } from '../../compose/calls';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'service',
  access: 'gateway-user',
  services: calls,
  request: GatewayConnectRequest,
  handle: ({ input, caller, services }): Promise<GatewayConnectResponse> => {
    const { last_event_id: lastEventId, ...socket } = input;
    return connectSocket(services, caller, { ...socket, lastEventId });
  },
});
