/** Use cases' outcomes in the words of seed 003. */
import type {
  CreateRoomResponse,
  RoomEntry,
  RoomHistoryResponse,
  RoomState,
  RoomTokenResponse,
} from '../api/rooms';
import type { CreatedRoom } from '../app/create-room';
import type { Joined } from '../app/join-token';
import type { RoomNow } from '../app/settle-rooms';
import type { PastStay } from '../app/show-room-history';

const iso = (time: number): string => new Date(time).toISOString();

export const createRoomResponse = ({
  room: { id, name, createdAt },
  details,
}: CreatedRoom): CreateRoomResponse => ({ ...details, id, name, created_at: iso(createdAt) });

export const roomEntry = ({ room, userIds }: RoomNow): RoomEntry => ({
  roomId: room.id,
  name: room.name,
  participantCount: userIds.length,
  createdAt: iso(room.createdAt),
});

export const roomState = ({ room, userIds }: RoomNow): RoomState => ({
  roomId: room.id,
  participantCount: userIds.length,
  userIds,
});

export const roomTokenResponse = (joined: Joined): RoomTokenResponse => ({
  token: joined.token,
  userId: joined.identity,
  roomId: joined.roomId,
  provider: joined.provider,
  ...(joined.provider === 'livekit' && joined.url !== undefined ? { livekit_url: joined.url } : {}),
  connect_options: joined.connectOptions,
});

export const pastParticipant = ({
  userId,
  joinedAt,
  leftAt,
  seconds,
}: PastStay): RoomHistoryResponse['participants'][number] => ({
  userId,
  joinedAt: iso(joinedAt),
  leftAt: leftAt === null ? null : iso(leftAt),
  seconds,
});

export const nextCursor = ({ cursor }: { readonly cursor?: string }): { readonly next_cursor?: string } =>
  cursor === undefined ? {} : { next_cursor: cursor };
