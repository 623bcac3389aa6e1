/** POST /calls/answer: the receiver accepts or declines; refused unless the call is ringing. */
import { AnswerCallRequest, type CallResponse } from '../../api/calls';
import { answerCall } from '../../app/answer-call';
import { calls } from '../../compose/calls';
import { callResponse } from '../../http/call-answers';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'calls',
  access: 'user',
  services: calls,
  request: AnswerCallRequest,
  handle: async ({ input, caller, services }): Promise<CallResponse> =>
    callResponse(await answerCall(services, caller, input)),
});
