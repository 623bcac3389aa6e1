import { nextGuestState } from '../domain/guest';
import { notAllowed } from '../domain/errors';
import { type Admission, isRemoved, type Meeting, requireLive } from '../domain/meeting';
import { issueTicket, newGuest, type Ticket } from '../domain/ticket';
import type { Arrival, Pass, Place } from '../ports/waiting-room';
import { findMeetingForGuest, ticketIn } from './find-meeting';
import type { Caller, WaitingRoomServices } from './services';
import { showAsItStands } from './show-as-it-stands';

export interface Entered {
  readonly admission: Admission;
  readonly pass: Pass;
  /** With manual admission: the board that all who wait watch, and the number in the queue. */
  readonly queue?: Pick<Place, 'board' | 'place'>;
  /** The guest's secret ticket. */
  readonly ticket: string;
}

/**
 * A guest arrives, or comes back with the ticket, and is given something to watch.
 * @throws FoyerError `not-found`, `too-many-requests`; `not-allowed` once the meeting has ended, for a guest
 * who was denied or removed, and for a ticket that is not of this meeting.
 * Cost: `auto` 1 read; `manual` 2 reads, 5 writes; coming back 6 reads, 4 writes, and for who was away 1 read and
 * 2 writes more.
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

  const ticket: Ticket = known ?? {
    guestId,
    meetingKey: meeting.key,
    meetingId: meeting.id,
    admission: meeting.admission,
    name: input.name ?? '',
    enteredAt: services.clock.now(),
    expiresAt: meeting.expiresAt,
  };
  const { name, enteredAt, place } = ticket;
  const taken =
    meeting.admission === 'auto'
      ? undefined
      : await takePlace(services, meeting, { id: guestId, name, enteredAt, place });
  return {
    admission: meeting.admission,
    pass: taken?.pass ?? services.waitingRoom.lobbyPass(meeting),
    ...(taken && { queue: { board: taken.board, place: taken.place } }),
    ticket:
      (known && input.identity) ??
      issueTicket(services.secrets, newcomer, { ...ticket, place: taken?.place }),
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

async function takePlace(services: WaitingRoomServices, meeting: Meeting, guest: Arrival): Promise<Place> {
  const place = await services.waitingRoom.enter(meeting, guest);
  nextGuestState(place.state, 'enter');
  requireLive(await showAsItStands(services, meeting, [guest.id]));
  return place;
}
