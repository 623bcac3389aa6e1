/** Calls on the wire: what each route takes and answers (seed 002, completed). */
import * as z from 'zod/mini';
import { bytes, personName, text, wholeNumber } from './parameters';

const MAX_ID_BYTES = 128;

export const userId = bytes(MAX_ID_BYTES, 'the id of a user');
const callId = text(1, 64, 'the id of a call');
const identity = text(1, 256, 'the identity that /users/connect answered');

/** A user as gateways and browsers introduce one; who gives no name is known by the id. */
export const introduction = {
  id: userId,
  name: z.optional(personName(100)),
  location: z.optional(text(0, 100, 'a place')),
};

export const ConnectUserRequest = z.object({ ...introduction, identity: z.optional(identity) });
export const DisconnectUserRequest = z.object({ id: userId, identity });
export const ListUsersRequest = z.object({
  limit: z.optional(wholeNumber(1, 1000)),
  /** The id of the last user of the page before. */
  after: z.optional(userId),
});

export const StartCallRequest = z.object({ callerId: userId, receiverId: userId });
export const AnswerCallRequest = z.object({
  callId,
  answer: z.enum(['ACCEPT', 'DECLINE'], { error: 'must be ACCEPT or DECLINE' }),
  userId: z.optional(userId),
});
export const EndCallRequest = z.object({ callId, userId });
export const CallInfoRequest = z.object({ callId, userId: z.optional(userId) });

const ROOM = 'must be the id of a call';

/**
 * As the seed asks, by `room` and `id`; or as livekit-client's `TokenSource.endpoint` does, by `room_name` and
 * `participant_identity`. https://docs.livekit.io/frontends/authentication/tokens/endpoint/
 */
export const CallTokenRequest = z
  .object({
    room: z.optional(callId),
    id: z.optional(userId),
    room_name: z.optional(callId),
    participant_identity: z.optional(userId),
    room_config: z.optional(z.undefined({ error: 'is not for callers to choose: leave it out' })),
  })
  .check(
    z.refine(({ room, room_name }) => (room ?? room_name) !== undefined, { error: ROOM, path: ['room'] }),
    z.refine(({ room, room_name }) => room === undefined || room_name === undefined, {
      error: 'give either room or room_name',
      path: ['room_name'],
    }),
    z.refine(({ room, id }) => room === undefined || id !== undefined, {
      error: 'must be the id of a user',
      path: ['id'],
    }),
  );

export interface UserEntry {
  readonly id: string;
  readonly name: string;
  readonly location: string;
}

export type UsersResponse = readonly UserEntry[];

export type CallStatus = 'DIALLING' | 'ONGOING' | 'ENDED' | 'DECLINED' | 'MISSED' | 'ERROR';

export interface CallResponse {
  readonly id: string;
  readonly caller: UserEntry;
  readonly receiver: UserEntry;
  readonly status: CallStatus;
  readonly errMsg?: string;
  /** ISO 8601, UTC, like all times here. */
  readonly placedAt: string;
  /** While it rings: until when. */
  readonly expiresAt?: string;
  /** Once it is over. */
  readonly endedAt?: string;
}

/** What a WebSocket gets as text, and a Sync list as an item. */
export interface CallEvent {
  /** `<call id>:<n>`; of one call, what does not have a higher n than what came before is old. */
  readonly id: string;
  readonly type: 'INCOMING_CALL' | 'ACCEPT_CALL' | 'DECLINE_CALL' | 'END_CALL';
  readonly call: CallResponse;
}

export interface ConnectUserResponse {
  readonly identity: string;
  readonly token: string;
  readonly connect_options: Readonly<Record<string, unknown>>;
  /** SIDs of the Sync objects to watch. */
  readonly list: string;
  readonly document: string;
}

export interface DisconnectUserResponse {
  readonly id: string;
}

export interface CallTokenResponse {
  readonly token: string;
  /** Where livekit-client connects to, if that is the provider: `wss://…`. */
  readonly livekit_url?: string | undefined;
  readonly provider: string;
  readonly room_id: string;
  readonly identity: string;
  readonly connect_options: Readonly<Record<string, unknown>>;
}

/** A `TokenSourceResponse` in JSON. */
export interface CallTokenSourceResponse {
  readonly server_url: string;
  readonly participant_token: string;
}
