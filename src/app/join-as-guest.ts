import { notAllowed } from '../domain/errors';
import { type GuestState, nextGuestState, roomIdentity } from '../domain/guest';
import { isRemoved, type Meeting, requireLive } from '../domain/meeting';
import { requireTicketOf } from './enter-waiting-room';
import { findMeetingForGuest, ticketIn } from './find-meeting';
import { JOIN_TOKEN_SECONDS, type Joined } from './join-token';
import type { Caller, WaitingRoomServices } from './services';

/**
 * A guest who was let in is given a token for the room, under a public identity that leads to no ticket.
 * @throws FoyerError `not-found`, `too-many-requests`; `not-allowed` before the host, before admission, after
 * a denial, a removal or the end, with another room or another meeting's ticket.
 * Cost: 1 read; with manual admission 2 at once.
 */
export async function joinAsGuest(
  services: WaitingRoomServices,
  caller: Caller,
  input: { readonly meetingId: string; readonly roomId: string; readonly identity: string },
): Promise<Joined> {
  const ticket = ticketIn(services, input.identity);
  const [meeting, decided] = await Promise.all([
    findMeetingForGuest(services, caller, input.meetingId, ticket, ticket?.guestId ?? input.identity),
    ticket?.admission === 'manual'
      ? services.waitingRoom.find({ key: ticket.meetingKey }, ticket.guestId)
      : undefined,
  ]);
  requireLive(meeting);
  requireTicketOf(meeting, ticket);
  if (isRemoved(meeting, ticket.guestId)) nextGuestState('removed', 'enter');
  if (meeting.admission === 'manual') requireAdmitted(decided);
  requireRoom(meeting, input.roomId);

  const identity = roomIdentity(ticket.guestId, ticket.name);
  return {
    roomId: meeting.roomId,
    provider: services.media.provider,
    ...(await services.media.joinPass(
      meeting.roomId,
      { identity, name: ticket.name, role: 'guest' },
      JOIN_TOKEN_SECONDS,
      meeting,
    )),
  };
}

function requireAdmitted(state: GuestState | undefined): void {
  if (state === 'admitted') return;
  if (state === undefined) throw notAllowed('you are not in the waiting room any more. Enter it again.');
  nextGuestState(state, 'enter');
  throw notAllowed('the host has not let you in yet. Keep watching your document.');
}

function requireRoom(
  meeting: Meeting,
  roomId: string,
): asserts meeting is Meeting & { readonly roomId: string } {
  if (meeting.state !== 'open' || meeting.roomId === undefined) {
    throw notAllowed('the host is not there yet. Keep watching your document.');
  }
  if (meeting.roomId !== roomId) {
    throw notAllowed('this is not the room of the meeting. Take room_id from your document as it is now.');
  }
}
