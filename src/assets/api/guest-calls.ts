/** What guests ask of the server. */
import type { EnterWaitingRoomResponse, JoinResponse, LeaveWaitingRoomResponse } from '../../api/meetings';
import { call } from './call';

/** Arrives, or comes back with the ticket. @throws Refusal */
export const enterWaitingRoom = (
  meetingId: string,
  guest: { readonly name: string } | { readonly ticket: string },
): Promise<EnterWaitingRoomResponse> =>
  call('/user/enter-waiting-room', {
    meeting_id: meetingId,
    ...('ticket' in guest ? { identity: guest.ticket } : { name: guest.name }),
  });

/** @throws Refusal */
export const joinAsGuest = (meetingId: string, roomId: string, ticket: string): Promise<JoinResponse> =>
  call('/user/join', { meeting_id: meetingId, room_id: roomId, identity: ticket });

/** Gives up waiting. @throws Refusal */
export const leaveWaitingRoom = (meetingId: string, ticket: string): Promise<LeaveWaitingRoomResponse> =>
  call('/user/leave-waiting-room', { meeting_id: meetingId, identity: ticket });
