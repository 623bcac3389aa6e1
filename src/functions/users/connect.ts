/** POST /users/connect: somebody comes online by a Sync connection, and learns what to listen to. */
import { ConnectUserRequest, type ConnectUserResponse } from '../../api/calls';
import { connectUser } from '../../app/connect-user';
import { calls } from '../../compose/calls';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'calls',
  access: 'user',
  services: calls,
  request: ConnectUserRequest,
  handle: async ({ input, caller, services }): Promise<ConnectUserResponse> => {
    const pass = await connectUser(services, caller, input);
    const { identity, token, connectOptions, list, document } = pass;
    return { identity, token, connect_options: connectOptions, list, document };
  },
});
