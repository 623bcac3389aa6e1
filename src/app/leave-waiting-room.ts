import { nextGuestState } from '../domain/guest';
import { requireTicketOf } from './enter-waiting-room';
import { findMeetingForGuest, ticketIn } from './find-meeting';
import type { Caller, WaitingRoomServices } from './services';

/**
 * A guest gives up waiting; the ticket stays good to come back with. Leaving twice is leaving once.
 * @throws FoyerError `not-found`, `too-many-requests`, `not-allowed` for a ticket that is not of this meeting.
 * Cost: 1 read; with manual admission 4 reads, 3 writes.
 */
export async function leaveWaitingRoom(
  services: WaitingRoomServices,
  caller: Caller,
  input: { readonly meetingId: string; readonly identity: string },
): Promise<void> {
  const ticket = ticketIn(services, input.identity);
  const spread = ticket?.guestId ?? input.identity;
  const meeting = await findMeetingForGuest(services, caller, input.meetingId, ticket, spread);
  requireTicketOf(meeting, ticket);
  if (meeting.admission === 'auto' || meeting.state === 'ended') return;
  await services.waitingRoom.update(
    meeting,
    ticket.guestId,
    (state) => nextGuestState(state, 'leave'),
    'patient',
  );
  if (ticket.place !== undefined) await services.waitingRoom.free(meeting, [ticket.place]);
}
