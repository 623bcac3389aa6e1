import { nextGuestState } from '../domain/guest';
import { isRemoved, requireLive } from '../domain/meeting';
import { requireTicketOf } from './enter-waiting-room';
import { findMeetingForGuest, ticketIn } from './find-meeting';
import type { Caller, WaitingRoomServices } from './services';

/**
 * A guest's page says whether somebody is there. Nobody loses the place by not being there: the host is told, and a
 * phone that was locked has half an hour to come back before it is taken off the host's list.
 * @throws FoyerError `not-found`, `too-many-requests`; `not-allowed` once the meeting has ended, for a guest who was
 * removed, and for a ticket that is not of this meeting.
 * Cost: 1 read; with manual admission what WaitingRoom.attend costs.
 */
export async function noteAttendance(
  services: WaitingRoomServices,
  caller: Caller,
  input: {
    readonly meetingId: string;
    readonly identity: string;
    readonly presence: 'here' | 'hidden' | 'away';
  },
): Promise<void> {
  const ticket = ticketIn(services, input.identity);
  const spread = ticket?.guestId ?? input.identity;
  const meeting = await findMeetingForGuest(services, caller, input.meetingId, ticket, spread);
  requireLive(meeting);
  requireTicketOf(meeting, ticket);
  if (isRemoved(meeting, ticket.guestId)) nextGuestState('removed', 'enter');
  if (meeting.admission === 'auto') return;
  const { guestId: id, name, enteredAt, place } = ticket;
  await services.waitingRoom.attend(meeting, { id, name, enteredAt, place }, input.presence);
}
