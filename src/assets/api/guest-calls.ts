/** What guests ask of the server. */
import { ask } from '../../../client/ask';
import type {
  EnterWaitingRoomResponse,
  JoinResponse,
  LeaveWaitingRoomResponse,
  StillHereResponse,
} from '../../api/meetings';
import { call } from './call';

export type Presence = StillHereResponse['presence'];

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

/** Whether somebody is at the page; the server takes it for `here` unless told. @throws Refusal */
export const sayStillHere = (
  meetingId: string,
  ticket: string,
  presence: Presence,
): Promise<StillHereResponse> =>
  call('/user/still-here', { meeting_id: meetingId, identity: ticket, presence });

/** Goes through even when the page is about to sleep, or to close. Never throws: nobody could do anything about it. */
export function sayOnTheWayOut(meetingId: string, ticket: string, what: 'hidden' | 'closed'): void {
  const who = { meeting_id: meetingId, identity: ticket };
  const lasting: typeof fetch = (address, request) => fetch(address, { ...request, keepalive: true });
  const said =
    what === 'closed'
      ? ask('POST', '/user/leave-waiting-room', who, { tries: 1, fetch: lasting })
      : ask('POST', '/user/still-here', { ...who, presence: what }, { tries: 1, fetch: lasting });
  void said.catch(() => undefined);
}
