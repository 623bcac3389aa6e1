/** How a meeting stands in its Sync document, which is also what the guests of an `auto` meeting watch. */
import type { DocumentInstance } from 'twilio/lib/rest/sync/v1/service/document';
import { DEFAULT_MAX_PARTICIPANTS, type LobbyView, type Meeting, lobbyView } from '../../../domain/meeting';

/**
 * An `auto` meeting that nobody was removed from and that is not crowded is exactly `{state, room_id?}`:
 * whatever is the default is left out. Nothing here may be secret.
 */
export interface MeetingData extends LobbyView {
  readonly admission?: 'manual';
  readonly max_participants?: number;
  readonly removed?: readonly string[];
  /** Set once the meeting has copies: counts the changes since, so that copies are never turned back. */
  readonly copies?: number;
  /** In a copy: the SID of the meeting's own document. */
  readonly copy_of?: string;
  /** The room of a meeting that has ended, for ending it again when closing the room has failed. */
  readonly last_room?: string;
  /** The host's list may lag behind the guests' own records (see guest-list.ts). */
  readonly list_behind?: true;
}

const STATES = { waiting: 'waiting', admitted: 'open', denied: 'open', ended: 'ended' } as const;

export interface StoredMeeting extends Meeting {
  /** For If-Match; undefined when read from a copy. */
  readonly revision?: string;
  /** How often the meeting changed since it has copies; 0 while it has none. */
  readonly copies: number;
}

export function meetingFrom(id: string, document: DocumentInstance): StoredMeeting {
  const data = document.data as MeetingData;
  const roomId = data.room_id ?? data.last_room;
  return {
    id,
    key: data.copy_of ?? document.sid,
    state: STATES[data.state],
    admission: data.admission ?? 'auto',
    maxParticipants: data.max_participants ?? DEFAULT_MAX_PARTICIPANTS,
    ...(roomId === undefined ? {} : { roomId }),
    removed: data.removed ?? [],
    listBehind: data.list_behind ?? false,
    ...(data.messages === undefined ? {} : { messages: data.messages }),
    expiresAt: document.dateExpires.getTime(),
    ...(data.copy_of === undefined ? { revision: document.revision } : {}),
    lobby: document.sid,
    copies: data.copies ?? 0,
  };
}

export function dataOf(meeting: Meeting, copies: number, copyOf?: string): MeetingData {
  return {
    ...lobbyView(meeting),
    ...(meeting.state === 'ended' && meeting.roomId !== undefined ? { last_room: meeting.roomId } : {}),
    ...(meeting.admission === 'manual' ? { admission: 'manual' } : {}),
    ...(meeting.maxParticipants === DEFAULT_MAX_PARTICIPANTS
      ? {}
      : { max_participants: meeting.maxParticipants }),
    ...(meeting.removed.length === 0 ? {} : { removed: meeting.removed }),
    ...(meeting.listBehind ? { list_behind: true } : {}),
    ...(copies === 0 ? {} : { copies }),
    ...(copyOf === undefined ? {} : { copy_of: copyOf }),
  };
}
