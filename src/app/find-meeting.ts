/** Looking a meeting up, for its host and for guests. */
import { FoyerError } from '../domain/errors';
import type { Meeting } from '../domain/meeting';
import { readTicket, type Ticket } from '../domain/ticket';
import { recordMiss, requireAllowance } from './guesses';
import type { Caller, WaitingRoomServices } from './services';

const noSuchMeeting = (): FoyerError =>
  new FoyerError(
    'not-found',
    'there is no meeting with this number. Check the number, or ask the host for it.',
  );

/** For the host. @throws FoyerError `not-found`. Cost: 1 read. */
export async function findMeeting(
  { meetings }: Pick<WaitingRoomServices, 'meetings'>,
  meetingId: string,
): Promise<Meeting> {
  const meeting = await meetings.find(meetingId);
  if (!meeting) throw noSuchMeeting();
  return meeting;
}

/**
 * For a guest, who may be guessing unless there is a genuine ticket for the meeting of this very number: one for another
 * meeting says nothing about whoever tries numbers with it.
 * @param spread differs from guest to guest, see MeetingStore.find.
 * @throws FoyerError `not-found`, `too-many-requests`. Cost: 1 read.
 */
export async function findMeetingForGuest(
  services: WaitingRoomServices,
  caller: Caller,
  meetingId: string,
  ticket: Ticket | undefined,
  spread: string,
): Promise<Meeting> {
  const mayGuess = ticket?.meetingId !== meetingId;
  if (mayGuess) await requireAllowance(services, caller.client);
  const meeting = await services.meetings.find(meetingId, spread);
  if (meeting) return meeting;
  if (mayGuess) await recordMiss(services, caller.client);
  throw noSuchMeeting();
}

/** The genuine, unexpired ticket in `identity`, if it is one. */
export const ticketIn = (
  { secrets, clock }: WaitingRoomServices,
  identity: string | undefined,
): Ticket | undefined => (identity === undefined ? undefined : readTicket(secrets, identity, clock.now()));
