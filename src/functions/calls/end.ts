/** POST /calls/end: either party hangs up; refused when the call is over. */
import { EndCallRequest, type CallResponse } from '../../api/calls';
import { endCall } from '../../app/end-call';
import { calls } from '../../compose/calls';
import { callResponse } from '../../http/call-answers';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'calls',
  access: 'user',
  services: calls,
  request: EndCallRequest,
  handle: async ({ input, caller, services }): Promise<CallResponse> =>
    callResponse(await endCall(services, caller, input)),
});
