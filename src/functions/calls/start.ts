/** POST /calls/start: somebody calls somebody; a call that could not be placed is answered with status `ERROR`. */
import { StartCallRequest, type CallResponse } from '../../api/calls';
import { startCall } from '../../app/start-call';
import { calls } from '../../compose/calls';
import { callResponse } from '../../http/call-answers';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'calls',
  access: 'user',
  services: calls,
  request: StartCallRequest,
  handle: async ({ input, caller, services }): Promise<CallResponse> =>
    callResponse(await startCall(services, caller, input)),
});
