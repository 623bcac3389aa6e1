/** POST /calls/info: the call as it stands, for a device that wakes up. */
import { CallInfoRequest, type CallResponse } from '../../api/calls';
import { lookUpCall } from '../../app/look-up-call';
import { calls } from '../../compose/calls';
import { callResponse } from '../../http/call-answers';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'calls',
  access: 'user',
  services: calls,
  request: CallInfoRequest,
  handle: async ({ input, caller, services }): Promise<CallResponse> =>
    callResponse(await lookUpCall(services, caller, input)),
});
