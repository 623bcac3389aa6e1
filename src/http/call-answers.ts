/** Use cases' outcomes in the words of seed 002, and of livekit-client. */
import type { CallResponse, CallTokenResponse, CallTokenSourceResponse } from '../api/calls';
import type { Joined } from '../app/join-token';
import { type Call, callView } from '../domain/call';
import { notAllowed } from '../domain/errors';

export const callResponse = (call: Call): CallResponse => callView(call);

export const callTokenResponse = (joined: Joined): CallTokenResponse => ({
  token: joined.token,
  ...(joined.provider === 'livekit' ? { livekit_url: joined.url } : {}),
  provider: joined.provider,
  room_id: joined.roomId,
  identity: joined.identity,
  connect_options: joined.connectOptions,
});

/** @throws FoyerError `not-allowed` where calls are not on LiveKit. */
export function callTokenSourceResponse({ token, url }: Joined): CallTokenSourceResponse {
  if (url === undefined) throw notAllowed('calls are not on LiveKit here: ask by room and id.');
  return { server_url: url, participant_token: token };
}
