/** What is asked of the server about rooms that last: by operators what there is, by anybody the way in. */
import type {
  CreateRoomResponse,
  ListRoomsResponse,
  RoomHistoryResponse,
  RoomTokenResponse,
} from '../../api/rooms';
import { call, type Calling, read } from './call';
import { asOperator } from './operator-key';
import { userToken } from './user-token';

/** A database that is away takes the server seconds to give up on, each time. */
const TRIES = 2;

/** Where the identity provider's token says that somebody is an operator, no key is needed. */
const operator = <Answer>(ask: (calling: Calling) => Promise<Answer>): Promise<Answer> =>
  asOperator(({ key }) => ask({ key: key ?? userToken(), tries: TRIES }));

/** Which part of a list. */
export interface Part {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** @throws Refusal, as do all of these */
export const listRooms = ({ limit, cursor }: Part): Promise<ListRoomsResponse> =>
  operator((calling) =>
    read('/rooms', { limit: String(limit), ...(cursor === undefined ? {} : { cursor }) }, calling),
  );

export const createRoom = (roomName: string): Promise<CreateRoomResponse> =>
  operator((calling) => call('/rooms', { roomName }, calling));

export const roomHistory = (roomId: string, { limit, cursor }: Part): Promise<RoomHistoryResponse> =>
  operator((calling) =>
    call('/rooms/history', { roomId, limit, ...(cursor === undefined ? {} : { cursor }) }, calling),
  );

export const roomToken = (roomId: string, userId: string): Promise<RoomTokenResponse> =>
  call('/rooms/token', { roomId, userId, role: 'guest' }, { key: userToken(), tries: TRIES });
