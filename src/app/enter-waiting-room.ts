import { nextGuestState } from '../domain/guest';
import { notAllowed } from '../domain/errors';
import { isRemoved, type Meeting, requireLive } from '../domain/meeting';
import { issueTicket, newGuest, type Ticket } from '../domain/ticket';
import type { Arrival, Pass } from '../ports/waiting-room';
import { findMeetingForGuest, ticketIn } from './find-meeting';
import type { Caller, WaitingRoomServices } from './services';
import { showAsItStands } from './show-as-it-stands';

export interface Entered {
  readonly pass: Pass;
  /** The guest's secret ticket. */
  readonly ticket: string;
}

/**
 * A guest arrives, or comes back with the ticket, and is given something to watch.
 * @throws FoyerError `not-found`, `too-many-requests`; `not-allowed` once the meeting has ended, for a guest
 * who was denied or removed, and for a ticket that is not of this meeting.
 * Cost: `auto` 1 read; `manual` 3 reads, 3 writes.
 */
export async function enterWaitingRoom(
  services: WaitingRoomServices,
  caller: Caller,
  input: {
    readonly meetingId: string;
    readonly name?: string | undefined;
    readonly identity?: string | undefined;
  },
): Promise<Entered> {
  const known = ticketIn(services, input.identity);
  const newcomer = newGuest(services.secrets);
  const guestId = known?.guestId ?? newcomer.guestId;
  const meeting = await findMeetingForGuest(services, caller, input.meetingId, known, guestId);
  requireLive(meeting);
  if (input.identity !== undefined) requireTicketOf(meeting, known);
  if (isRemoved(meeting, guestId)) nextGuestState('removed', 'enter');

  const ticket = known ?? {
    guestId,
    meetingKey: meeting.key,
    admission: meeting.admission,
    name: input.name ?? '',
    enteredAt: services.clock.now(),
    expiresAt: meeting.expiresAt,
  };
  const arrival = { id: guestId, name: ticket.name, enteredAt: ticket.enteredAt };
  const pass =
    meeting.admission === 'auto'
      ? services.waitingRoom.lobbyPass(meeting)
      : await takePlace(services, meeting, arrival);
  return {
    pass,
    ticket: (known && input.identity) ?? issueTicket(services.secrets, newcomer, ticket),
  };
}

/** A guard: @throws FoyerError `not-allowed` unless the ticket is of this very meeting. */
export function requireTicketOf(meeting: Meeting, ticket: Ticket | undefined): asserts ticket is Ticket {
  if (ticket?.meetingKey !== meeting.key) {
    throw notAllowed(
      'this identity is not valid for this meeting. Enter the waiting room again, without an identity.',
    );
  }
}

async function takePlace(services: WaitingRoomServices, meeting: Meeting, guest: Arrival): Promise<Pass> {
  const { state, pass } = await services.waitingRoom.enter(meeting, guest);
  nextGuestState(state, 'enter');
  requireLive(await showAsItStands(services, meeting, [guest.id]));
  return pass;
}
