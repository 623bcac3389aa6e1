/** Rooms that last on the wire: what each route takes and answers (seed 003, completed). */
import * as z from 'zod/mini';
import { userId } from './calls';
import { gateway, MANY, socket } from './gateway';
import { flag, personName, text, wholeNumber } from './parameters';

const roomName = personName(200);
/** Any text: what is no room's id is not found, as a mistyped one is. */
const roomId = text(1, 256, 'the id of a room');
const page = {
  limit: z.optional(wholeNumber(1, 200)),
  cursor: z.optional(text(1, 1024, 'the next_cursor of the page before')),
};

/** 100ms' own machines join by roles of such names, and its clients show nobody who has one: no person gets in so. */
const INTERNAL_ROLE = /^__/;
const aRole = 'a role, such as host';
const role = text(1, 64, aRole).check(
  z.refine((value) => !INTERNAL_ROLE.test(value), {
    error: `must be ${aRole}, and none that begins with __`,
  }),
);

export const DEFAULT_PAGE = 50;

/** To create one, and to list them: see the route. */
export const RoomsRequest = z.object({ roomName: z.optional(roomName), ...page });
export const RoomTokenRequest = z.object({
  roomId,
  role,
  userId: z.optional(userId),
});
export const RoomHistoryRequest = z.object({ roomId, ...page });

export const RoomJoinRequest = z.object({ gateway, socket, roomId, userId });
export const RoomLeaveRequest = z.object({ gateway, socket, roomId, userId, dropped: z.optional(flag) });
export const RoomWatchRequest = z.object({ gateway, socket, roomId });
const manyRooms = { error: `must be a list of at most ${MANY} ids of rooms` };
export const RoomCheckRequest = z.object({
  gateway,
  roomIds: z.array(roomId, manyRooms).check(z.maxLength(MANY, manyRooms)),
});

/** And what else the provider says of it. */
export interface CreateRoomResponse extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly name: string;
  /** ISO 8601, UTC, as all times here. */
  readonly created_at: string;
}

export interface RoomEntry {
  readonly roomId: string;
  readonly name: string;
  readonly participantCount: number;
  readonly createdAt: string;
}

export interface ListRoomsResponse {
  readonly rooms: readonly RoomEntry[];
  /** While there is more. */
  readonly next_cursor?: string;
}

export interface RoomTokenResponse {
  readonly token: string;
  readonly userId: string;
  readonly roomId: string;
  readonly provider: 'twilio' | 'livekit' | '100ms';
  readonly livekit_url?: string;
  /** Options for the provider's client. */
  readonly connect_options: Readonly<Record<string, unknown>>;
}

export interface RoomHistoryResponse {
  readonly roomId: string;
  readonly participants: readonly {
    readonly userId: string;
    readonly joinedAt: string;
    /** null for one who is present. */
    readonly leftAt: string | null;
    readonly seconds: number;
  }[];
  readonly next_cursor?: string;
}

/** Of the WebSocket's `room` event. */
export interface RoomState {
  readonly roomId: string;
  readonly participantCount: number;
  readonly userIds: readonly string[];
}

export interface RoomLeaveResponse {
  /** ms since epoch: whoever was lost has left then, unless they come back; the room is to be looked at again. */
  readonly check_at?: number;
}
