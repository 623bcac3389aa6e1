import { nextGuestState } from '../domain/guest';
import { notAllowed } from '../domain/errors';
import { isRemoved, type Meeting, meetingEnded, requireLive } from '../domain/meeting';
import { issueTicket, newGuest, type Ticket } from '../domain/ticket';
import type { Pass } from '../ports/waiting-room';
import { findMeetingForGuest, ticketIn } from './find-meeting';
import type { Caller, Services } from './services';

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
  services: Services,
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
  if (meeting.admission === 'manual') await takePlace(services, meeting, arrival);
  return {
    pass: await services.waitingRoom.guestPass(meeting, arrival),
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

async function takePlace(
  { meetings, waitingRoom }: Services,
  meeting: Meeting,
  guest: { id: string; name: string; enteredAt: number },
): Promise<void> {
  nextGuestState(await waitingRoom.enter(meeting, guest), 'enter');
  // Whatever happened to the meeting before this guest was on the list has told only those who were.
  const now = await meetings.find(meeting.id, guest.id);
  if (now?.state === meeting.state && now.roomId === meeting.roomId) return;
  await waitingRoom.show(now ?? { ...meeting, state: 'ended' }, [guest.id]);
  if (now?.state !== 'waiting' && now?.state !== 'open') throw meetingEnded();
}
