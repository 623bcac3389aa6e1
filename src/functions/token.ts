/** GET /token: one of the two parties joins the room of an ongoing call; POST for livekit-client's token source. */
import { CallTokenRequest, type CallTokenResponse, type CallTokenSourceResponse } from '../api/calls';
import { joinCall } from '../app/join-call';
import { calls } from '../compose/calls';
import { callTokenResponse, callTokenSourceResponse } from '../http/call-answers';
import { endpoint } from '../http/endpoint';

export const handler = endpoint({
  family: 'calls',
  access: 'user',
  services: calls,
  request: CallTokenRequest,
  handle: async ({ input, caller, services }): Promise<CallTokenResponse | CallTokenSourceResponse> => {
    const { room, id, room_name: roomName = '', participant_identity: identity } = input;
    return room === undefined
      ? callTokenSourceResponse(
          await joinCall(services, caller, {
            callId: roomName,
            userId: identity,
            userIdName: 'participant_identity',
          }),
        )
      : callTokenResponse(await joinCall(services, caller, { callId: room, userId: id, userIdName: 'id' }));
  },
});
