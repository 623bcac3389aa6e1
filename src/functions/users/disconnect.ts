/** POST /users/disconnect: one of somebody's Sync connections is over. */
import { DisconnectUserRequest, type DisconnectUserResponse } from '../../api/calls';
import { disconnectUser } from '../../app/disconnect-user';
import { calls } from '../../compose/calls';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'calls',
  access: 'user',
  services: calls,
  request: DisconnectUserRequest,
  handle: async ({ input, caller, services }): Promise<DisconnectUserResponse> => {
    await disconnectUser(services, caller, input);
    return { id: input.id };
  },
});
