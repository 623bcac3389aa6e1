/** GET /users: who is online. */
import { ListUsersRequest, type UsersResponse } from '../api/calls';
import { listUsers } from '../app/list-users';
import { presence } from '../compose/calls';
import { endpoint } from '../http/endpoint';

export const handler = endpoint({
  family: 'calls',
  access: 'user',
  services: presence,
  request: ListUsersRequest,
  handle: ({ input, services }): Promise<UsersResponse> => listUsers(services, input),
});
