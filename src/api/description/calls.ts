/** The routes of calls (seed 002) in words, shapes and examples; in the order of a call. */
import * as z from 'zod/mini';
import * as api from '../calls';
import { MADE } from './made';
import { answerOf, connectOptions, listOf, type Operation, said, textOf, time } from './operation';

const user = answerOf<api.UserEntry>()(z.object({ id: z.string(), name: z.string(), location: z.string() }));
const users = answerOf<api.UsersResponse>()(listOf(user));
const call = answerOf<api.CallResponse>()(
  z.object({
    id: z.string(),
    caller: user,
    receiver: user,
    status: z.enum(['DIALLING', 'ONGOING', 'ENDED', 'DECLINED', 'MISSED', 'ERROR']),
    errMsg: z.exactOptional(textOf('Why the call could not be placed.')),
    placedAt: time(),
    expiresAt: z.exactOptional(said('While it rings: until when.', z.string())),
    endedAt: z.exactOptional(said('Once it is over.', z.string())),
  }),
);
const connected = answerOf<api.ConnectUserResponse>()(
  z.object({
    identity: textOf('Of this device; send it when connecting again.'),
    token: textOf('For twilio-sync.'),
    connect_options: connectOptions(),
    list: textOf('SID of the Sync list that events come in.'),
    document: textOf('SID of the Sync document that shows the call there is.'),
  }),
);
const disconnected = answerOf<api.DisconnectUserResponse>()(z.object({ id: z.string() }));
const tokenForCall = answerOf<api.CallTokenResponse>()(
  z.object({
    token: textOf('For the provider’s SDK.'),
    livekit_url: z.exactOptional(textOf('Where livekit-client connects to.')),
    provider: z.string(),
    room_id: z.string(),
    identity: z.string(),
    connect_options: connectOptions(),
  }),
);
const tokenSource = answerOf<api.CallTokenSourceResponse>()(
  z.object({ server_url: z.string(), participant_token: z.string() }),
);

const ann = { id: 'ann', name: 'Ann', location: 'Oslo' };
const ben = { id: 'ben', name: 'Ben', location: '' };
const callId = MADE.callId;
const asItStands = (more: object) => ({
  id: callId,
  caller: ann,
  receiver: ben,
  placedAt: MADE.placedAt,
  ...more,
});
const asUser = { caller: 'user' } as const;

export const CALLS: readonly Operation[] = [
  {
    ...asUser,
    path: '/users/connect',
    summary: 'Somebody comes online by a Sync connection, and learns what to listen to.',
    request: api.ConnectUserRequest,
    answer: connected,
    example: {
      request: ann,
      answer: {
        identity: MADE.userIdentity,
        token: MADE.userToken,
        connect_options: {},
        list: MADE.userList,
        document: MADE.userDocument,
      },
    },
    refusals: [
      {
        status: 400,
        when: 'Bad input.',
        request: { name: 'Ann' },
        message: 'id is missing: it must be the id of a user (text, 1 to 128 bytes).',
      },
    ],
  },
  {
    ...asUser,
    path: '/users',
    summary: 'Who is online. Another page begins after the last id of the one before.',
    request: api.ListUsersRequest,
    answer: users,
    example: { request: { limit: 2 }, answer: [ann] },
    refusals: [
      {
        status: 400,
        when: 'Bad input.',
        request: { limit: 0 },
        message: 'limit must be a whole number from 1 to 1000.',
      },
    ],
  },
  {
    ...asUser,
    path: '/calls/start',
    summary:
      'Rings another user; again, while it rings, is the same call. Where that cannot be, the call is answered with ERROR and errMsg.',
    request: api.StartCallRequest,
    answer: call,
    example: {
      request: { callerId: 'ann', receiverId: 'ben' },
      answer: asItStands({ status: 'DIALLING', expiresAt: MADE.ringsUntil }),
    },
  },
  {
    ...asUser,
    path: '/calls/answer',
    summary: 'The receiver accepts or declines; 409 with the call as it stands unless it rings.',
    request: api.AnswerCallRequest,
    answer: call,
    example: { request: { callId, answer: 'ACCEPT' }, answer: asItStands({ status: 'ONGOING' }) },
    refusals: [
      {
        status: 400,
        when: 'Bad input.',
        request: { callId, answer: 'MAYBE' },
        message: 'answer must be ACCEPT or DECLINE.',
      },
      {
        status: 409,
        when: 'The caller has hung up meanwhile.',
        request: { callId, answer: 'ACCEPT' },
        message: 'this call has ended.',
        details: { call: asItStands({ status: 'ENDED', endedAt: MADE.callEndedAt }) },
      },
    ],
  },
  {
    ...asUser,
    path: '/calls/info',
    summary: 'The call as it stands, for a device that wakes up.',
    request: api.CallInfoRequest,
    answer: call,
    example: { request: { callId }, answer: asItStands({ status: 'ONGOING' }) },
    refusals: [
      {
        status: 404,
        when: 'There is no such call.',
        request: { callId: 'gone' },
        message: 'there is no such call (any more).',
      },
    ],
  },
  {
    ...asUser,
    path: '/token',
    summary:
      'One of the two parties joins the room of an ongoing call: by room and id, or as livekit-client’s TokenSource.endpoint asks.',
    request: api.CallTokenRequest,
    answer: z.union([tokenForCall, tokenSource]),
    example: {
      request: { room: callId, id: 'ann' },
      answer: {
        token: MADE.callToken,
        livekit_url: MADE.livekitUrl,
        provider: 'livekit',
        room_id: MADE.callRoom,
        identity: 'ann',
        connect_options: {},
      },
    },
    refusals: [
      {
        status: 409,
        when: 'The call is over, or not answered yet.',
        request: { room: callId, id: 'ann' },
        message: 'a call has a room while it is ONGOING.',
        details: { call: asItStands({ status: 'ENDED', endedAt: MADE.callEndedAt }) },
      },
    ],
  },
  {
    ...asUser,
    path: '/calls/end',
    summary: 'Either party hangs up, or the caller gives up ringing.',
    request: api.EndCallRequest,
    answer: call,
    example: {
      request: { callId, userId: 'ann' },
      answer: asItStands({ status: 'ENDED', endedAt: MADE.callEndedAt }),
    },
  },
  {
    ...asUser,
    path: '/users/disconnect',
    summary: 'One of somebody’s Sync connections is over.',
    request: api.DisconnectUserRequest,
    answer: disconnected,
    example: { request: { id: 'ann', identity: MADE.userIdentity }, answer: { id: 'ann' } },
  },
];
