/** What visitors of a persistent meeting ask of the server: whoever has its link needs nothing else. */
import type { JoinPersistentMeetingResponse, MeetingInfoResponse } from '../../api/livekit-meetings';
import type { RoomPass } from '../room/session';
import { call } from './call';

/** @throws Refusal, as does the other */
export const lookUp = (meetingId: string): Promise<MeetingInfoResponse> =>
  call('/api/v1/meetings/info', { meeting_id: meetingId });

export async function joinAsVisitor(meetingId: string, name: string): Promise<RoomPass> {
  const answer = await call<JoinPersistentMeetingResponse>('/api/v1/meetings/join', {
    meeting_id: meetingId,
    user_name: name,
  });
  const { user_id: identity, user_name, ...pass } = answer;
  return { ...pass, room_id: meetingId, identity, name: user_name };
}
