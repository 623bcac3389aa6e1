/** The host says something to one who waits, or to all. */
import { MESSAGES_PER_MEETING } from '../domain/allowance';
import { FoyerError, notAllowed } from '../domain/errors';
import type { GuestState } from '../domain/guest';
import type { HostMessage } from '../domain/host-message';
import { addMessage, type Meeting, requireLive } from '../domain/meeting';
import { findMeeting } from './find-meeting';
import type { WaitingRoomServices } from './services';

export interface Message {
  readonly meetingId: string;
  /** undefined: all. */
  readonly guestId?: string | undefined;
  readonly text: string;
  /** Whoever says it. */
  readonly name?: string | undefined;
}

/**
 * What is said to one stands in what that guest alone watches; to all, in what all watch: one write, however many
 * they are, and whoever comes later reads it, too. A guest who sleeps reads it on waking.
 * @throws FoyerError `not-found`, also for a guest whom nobody knows; `too-many-requests`; `not-allowed` once the
 * meeting has ended, for a guest who waits no more, and for one guest of a meeting that admits everybody, which lists
 * nobody. Cost: 3 reads, 2 writes; with automatic admission 2 reads, 2 writes.
 */
export async function sendMessage(
  services: WaitingRoomServices,
  { meetingId, guestId, text, name }: Message,
): Promise<HostMessage> {
  const meeting = await findMeeting(services, meetingId);
  requireLive(meeting);
  if (guestId !== undefined && meeting.admission === 'auto') {
    throw notAllowed('this meeting admits everybody and lists nobody who waits. Send the message to all.');
  }
  await take(services, meeting);
  const sent_at = new Date(services.clock.now()).toISOString();
  const message = { text, sent_at, ...(name === undefined ? {} : { from: name }) };
  if (guestId !== undefined) requireWaiting(await services.waitingRoom.tellOne(meeting, guestId, message));
  else if (meeting.admission === 'manual') await services.waitingRoom.tellAll(meeting, message);
  else await services.meetings.update(meeting, (current) => addMessage(current, message));
  return message;
}

const REFUSALS: Readonly<Record<Exclude<GuestState, 'waiting'>, string>> = {
  admitted: 'this guest has been let in already and does not wait any more.',
  denied: 'this guest was turned away and does not wait any more.',
  removed: 'this guest was removed from the meeting and does not wait any more.',
};

function requireWaiting(state: GuestState | undefined): void {
  if (state === undefined) {
    throw new FoyerError('not-found', 'there is no such guest in the waiting room (any more).');
  }
  if (state !== 'waiting') throw notAllowed(REFUSALS[state]);
}

/** A guard. @throws FoyerError `too-many-requests`. */
async function take({ allowances }: WaitingRoomServices, { key }: Meeting): Promise<void> {
  const wait = await allowances.take(`messages.meeting.${key}`, MESSAGES_PER_MEETING);
  if (wait === 0) return;
  throw new FoyerError(
    'too-many-requests',
    `too many messages were sent just now. Try again in ${wait} seconds.`,
    { retryAfter: wait },
  );
}
