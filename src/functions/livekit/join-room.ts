/** POST /livekit/join-room: a token for any LiveKit room (seed 000). */
import { JoinRoomRequest, type JoinRoomResponse } from '../../api/livekit-join';
import { joinLivekitRoom } from '../../app/join-livekit-room';
import { livekitRooms } from '../../compose/livekit-rooms';
import { endpoint } from '../../http/endpoint';

export const handler = endpoint({
  family: 'livekit-join',
  access: 'user',
  services: livekitRooms,
  request: JoinRoomRequest,
  failing: () => 'Error joining room',
  handle: async ({ input: { roomName, uid }, caller, services }): Promise<JoinRoomResponse> => {
    const pass = await joinLivekitRoom(services, caller, { roomName, uid, uidName: 'uid' });
    return {
      msg: 'Success',
      livekit_socket_url: pass.url,
      access_token: pass.token,
      connect_options: pass.connectOptions,
    };
  },
});
