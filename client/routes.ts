/** What each route takes and answers, from the schemas that validate requests; types alone, no code. */
import type * as z from 'zod/mini';
import type * as calls from '../src/api/calls';
import type * as joining from '../src/api/livekit-join';
import type * as persistent from '../src/api/livekit-meetings';
import type * as meetings from '../src/api/meetings';
import type * as rooms from '../src/api/rooms';
import type * as service from '../src/api/service';

interface Exchange<Request, Answer> {
  readonly request: z.input<Request>;
  readonly answer: Answer;
}

type Asked<T extends keyof typeof meetings> = (typeof meetings)[T];

export interface Routes {
  '/admin/create': Exchange<Asked<'CreateMeetingRequest'>, meetings.CreateMeetingResponse>;
  '/admin/join': Exchange<Asked<'HostJoinRequest'>, meetings.JoinResponse>;
  '/admin/waiting-room': Exchange<Asked<'MeetingRequest'>, meetings.WaitingRoomResponse>;
  '/admin/admit': Exchange<Asked<'DecisionRequest'>, meetings.GuestsResponse>;
  '/admin/deny': Exchange<Asked<'DecisionRequest'>, meetings.GuestsResponse>;
  '/admin/remove': Exchange<Asked<'DecisionRequest'>, meetings.GuestsResponse>;
  '/admin/end': Exchange<Asked<'MeetingRequest'>, meetings.EndMeetingResponse>;
  '/admin/explain': Exchange<Asked<'ExplainRequest'>, meetings.ExplainResponse>;
  '/admin/invite': Exchange<Asked<'InviteRequest'>, meetings.InviteResponse>;
  '/admin/message': Exchange<Asked<'MessageRequest'>, meetings.MessageResponse>;
  '/user/enter-waiting-room': Exchange<Asked<'EnterWaitingRoomRequest'>, meetings.EnterWaitingRoomResponse>;
  '/user/join': Exchange<Asked<'UserJoinRequest'>, meetings.JoinResponse>;
  '/user/leave-waiting-room': Exchange<Asked<'LeaveWaitingRoomRequest'>, meetings.LeaveWaitingRoomResponse>;
  '/user/test-connection': Exchange<Asked<'MeetingRequest'>, meetings.JoinResponse>;
  '/user/still-here': Exchange<Asked<'StillHereRequest'>, meetings.StillHereResponse>;
  '/users': Exchange<typeof calls.ListUsersRequest, calls.UsersResponse>;
  '/users/connect': Exchange<typeof calls.ConnectUserRequest, calls.ConnectUserResponse>;
  '/users/disconnect': Exchange<typeof calls.DisconnectUserRequest, calls.DisconnectUserResponse>;
  '/calls/start': Exchange<typeof calls.StartCallRequest, calls.CallResponse>;
  '/calls/answer': Exchange<typeof calls.AnswerCallRequest, calls.CallResponse>;
  '/calls/end': Exchange<typeof calls.EndCallRequest, calls.CallResponse>;
  '/calls/info': Exchange<typeof calls.CallInfoRequest, calls.CallResponse>;
  '/token': Exchange<typeof calls.CallTokenRequest, calls.CallTokenResponse>;
  /** With a `roomName`; without one it is `GET /rooms`, see {@link Reads}. */
  '/rooms': Exchange<typeof rooms.RoomsRequest, rooms.CreateRoomResponse>;
  '/rooms/token': Exchange<typeof rooms.RoomTokenRequest, rooms.RoomTokenResponse>;
  '/rooms/history': Exchange<typeof rooms.RoomHistoryRequest, rooms.RoomHistoryResponse>;
  '/livekit/join-room': Exchange<typeof joining.JoinRoomRequest, joining.JoinRoomResponse>;
  '/livekit/token': Exchange<typeof joining.TokenRequest, joining.TokenResponse>;
  '/api/v1/meetings/create': Exchange<
    typeof persistent.CreatePersistentMeetingRequest,
    persistent.CreatePersistentMeetingResponse
  >;
  '/api/v1/meetings/join': Exchange<
    typeof persistent.JoinPersistentMeetingRequest,
    persistent.JoinPersistentMeetingResponse
  >;
  '/api/v1/meetings/info': Exchange<
    typeof persistent.PersistentMeetingRequest,
    persistent.MeetingInfoResponse
  >;
  '/api/v1/meetings/exists': Exchange<
    typeof persistent.PersistentMeetingRequest,
    persistent.MeetingExistsResponse
  >;
  '/api/v1/meetings/participants': Exchange<
    typeof persistent.PersistentMeetingRequest,
    persistent.ParticipantsResponse
  >;
  '/api/v1/meetings/delete': Exchange<
    typeof persistent.PersistentMeetingRequest,
    persistent.DeleteMeetingResponse
  >;
  '/health': Exchange<typeof service.HealthRequest, service.HealthResponse>;
}

/** Where GET means something else than POST. */
export interface Reads extends Omit<Routes, '/rooms'> {
  '/rooms': Exchange<typeof rooms.RoomsRequest, rooms.ListRoomsResponse>;
}
