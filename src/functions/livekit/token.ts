/** POST /livekit/token: what livekit-client's `TokenSource.endpoint` asks for. */
import { TokenRequest, type TokenResponse } from '../../api/livekit-join';
import { defaultUid, joinLivekitRoom } from '../../app/join-livekit-room';
import { livekitRooms } from '../../compose/livekit-rooms';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'livekit-join',
  access: 'user',
  services: livekitRooms,
  request: TokenRequest,
  failing: () => 'Error joining room',
  handle: async ({ input, caller, services }): Promise<TokenResponse> => {
    const name = input.participant_name;
    const uid = input.participant_identity ?? defaultUid(caller, name);
    const pass = await joinLivekitRoom(
      services,
      caller,
      { roomName: input.room_name, uid, uidName: 'participant_identity' },
      {
        ...(name === undefined ? {} : { name }),
        ...(input.participant_metadata === undefined ? {} : { metadata: input.participant_metadata }),
        ...(input.participant_attributes === undefined ? {} : { attributes: input.participant_attributes }),
      },
    );
    return { server_url: pass.url, participant_token: pass.token };
  },
});
