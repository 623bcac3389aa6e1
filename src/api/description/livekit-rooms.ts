/** LiveKit rooms by their names (seed 000) in words, shapes and examples. */
import * as z from 'zod/mini';
import * as join from '../livekit-join';
import { MADE } from './made';
import { answerOf, connectOptions, liveKitToken, liveKitUrl, type Operation } from './operation';

const inRoom = answerOf<join.JoinRoomResponse>()(
  z.object({
    msg: z.literal('Success'),
    livekit_socket_url: liveKitUrl(),
    access_token: liveKitToken(),
    connect_options: connectOptions(),
  }),
);
const source = answerOf<join.TokenResponse>()(
  z.object({ server_url: liveKitUrl(), participant_token: liveKitToken() }),
);

export const JOINING: readonly Operation[] = [
  {
    path: '/livekit/join-room',
    caller: 'user',
    summary: 'A token for any LiveKit room, by its name.',
    request: join.JoinRoomRequest,
    answer: inRoom,
    example: {
      request: { roomName: 'daily', uid: 'ann' },
      answer: {
        msg: 'Success',
        livekit_socket_url: MADE.livekitUrl,
        access_token: MADE.livekitToken,
        connect_options: {},
      },
    },
    refusals: [
      {
        status: 400,
        when: 'A parameter is missing.',
        request: { roomName: 'daily' },
        message: 'Missing required parameter: uid',
      },
    ],
  },
  {
    path: '/livekit/token',
    caller: 'user',
    summary: 'What livekit-client’s TokenSource.endpoint asks for.',
    request: join.TokenRequest,
    answer: source,
    example: {
      request: { room_name: 'daily', participant_identity: 'ann', participant_name: 'Ann' },
      answer: { server_url: MADE.livekitUrl, participant_token: MADE.sourceToken },
    },
  },
];
