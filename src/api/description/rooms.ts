/** Rooms that last (seed 003) in words, shapes and examples. */
import * as z from 'zod/mini';
import * as api from '../rooms';
import { MADE } from './made';
import { answerOf, connectOptions, listOf, type Operation, said, textOf, time } from './operation';

const created = said(
  'And what else the provider says of it.',
  z.looseObject({ id: z.string(), name: z.string(), created_at: time() }),
);
const room = answerOf<api.RoomEntry>()(
  z.object({ roomId: z.string(), name: z.string(), participantCount: z.int(), createdAt: time() }),
);
const nextCursor = () => z.exactOptional(textOf('While there is more.'));
const rooms = answerOf<api.ListRoomsResponse>()(z.object({ rooms: listOf(room), next_cursor: nextCursor() }));
const token = answerOf<api.RoomTokenResponse>()(
  z.object({
    token: textOf('For the provider’s SDK.'),
    userId: z.string(),
    roomId: z.string(),
    provider: z.enum(['twilio', 'livekit', '100ms']),
    livekit_url: z.exactOptional(textOf('Where livekit-client connects to.')),
    connect_options: connectOptions(),
  }),
);
const history = answerOf<api.RoomHistoryResponse>()(
  z.object({
    roomId: z.string(),
    participants: listOf(
      z.object({
        userId: z.string(),
        joinedAt: time(),
        leftAt: said('null for one who is present.', z.nullable(z.string())),
        seconds: z.number(),
      }),
    ),
    next_cursor: nextCursor(),
  }),
);

const roomId = MADE.roomId;

export const ROOMS: readonly Operation[] = [
  {
    path: '/rooms',
    verbs: ['POST'],
    caller: 'operator',
    summary: 'Creates a room at the provider, and records it. The same name again is the same room.',
    request: z.pick(api.RoomsRequest, { roomName: true }),
    answer: created,
    example: {
      request: { roomName: 'Town hall' },
      answer: { id: roomId, name: 'Town hall', created_at: MADE.roomCreatedAt },
    },
    refusals: [
      {
        status: 400,
        when: 'Bad input.',
        request: { roomName: '' },
        message: 'roomName must be a name (text, 1 to 200 characters).',
      },
    ],
  },
  {
    path: '/rooms',
    verbs: ['GET'],
    caller: 'operator',
    summary: 'Lists rooms, newest first, with how many are in each.',
    request: z.omit(api.RoomsRequest, { roomName: true }),
    answer: rooms,
    example: {
      request: { limit: 20 },
      answer: {
        rooms: [{ roomId, name: 'Town hall', participantCount: 0, createdAt: MADE.roomCreatedAt }],
      },
    },
    refusals: [
      {
        status: 400,
        when: 'Bad input.',
        request: { limit: 500 },
        message: 'limit must be a whole number from 1 to 200.',
      },
    ],
  },
  {
    path: '/rooms/token',
    caller: 'user',
    summary: 'What somebody joins the provider’s room with.',
    request: api.RoomTokenRequest,
    answer: token,
    example: {
      request: { roomId, role: 'guest', userId: 'ann' },
      answer: { token: MADE.roomToken, userId: 'ann', roomId, provider: '100ms', connect_options: {} },
    },
    refusals: [
      {
        status: 400,
        when: 'Bad input, or a role of the provider’s own machines.',
        request: { roomId, role: '__internal_recorder' },
        message: 'role must be a role, such as host, and none that begins with __.',
      },
      {
        status: 404,
        when: 'There is no such room.',
        request: { roomId: 'gone', role: 'guest' },
        message: 'there is no such room. Create it first, and send its id as roomId.',
      },
    ],
  },
  {
    path: '/rooms/history',
    caller: 'operator',
    summary: 'Who was in the room, and when.',
    request: api.RoomHistoryRequest,
    answer: history,
    example: { request: { roomId }, answer: { roomId, participants: [] } },
    refusals: [
      {
        status: 404,
        when: 'There is no such room.',
        request: { roomId: 'gone' },
        message: 'there is no such room. Create it first, and send its id as roomId.',
      },
    ],
  },
];
