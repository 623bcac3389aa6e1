/** What hosts ask of the server. */
import type {
  CreateMeetingResponse,
  EndMeetingResponse,
  GuestsResponse,
  InviteResponse,
  JoinResponse,
  MessageResponse,
  WaitingRoomResponse,
} from '../../api/meetings';
import { call } from './call';
import { asOperator } from './operator-key';

export type Admission = CreateMeetingResponse['admission'];
/** One guest, or all there are. */
export type Whom = { readonly guest_id: string } | { readonly all: true };

const operator = <Answer>(path: string, parameters: object): Promise<Answer> =>
  asOperator((calling) => call<Answer>(path, parameters, calling));

/** @throws Refusal, as do all of these */
export const createMeeting = (admission: Admission): Promise<CreateMeetingResponse> =>
  operator('/admin/create', { admission });

export const joinAsHost = (meetingId: string, name: string): Promise<JoinResponse> =>
  operator('/admin/join', { meeting_id: meetingId, ...(name ? { name } : {}) });

export const openWaitingRoom = (meetingId: string): Promise<WaitingRoomResponse> =>
  operator('/admin/waiting-room', { meeting_id: meetingId });

export const decide = (
  what: 'admit' | 'deny' | 'remove',
  meetingId: string,
  whom: Whom,
): Promise<GuestsResponse> => operator(`/admin/${what}`, { meeting_id: meetingId, ...whom });

/** @param name whoever says it, or '' */
export const sayTo = (meetingId: string, whom: Whom, words: string, name: string): Promise<MessageResponse> =>
  operator('/admin/message', { meeting_id: meetingId, ...whom, text: words, ...(name ? { name } : {}) });

/** Never asked twice: whether a message that nobody answered for was sent is not known. */
export const inviteBySms = (meetingId: string, phone: string): Promise<InviteResponse> =>
  asOperator((calling) => call('/admin/invite', { meeting_id: meetingId, phone }, { ...calling, tries: 1 }));

export const endMeeting = (meetingId: string): Promise<EndMeetingResponse> =>
  operator('/admin/end', { meeting_id: meetingId });
