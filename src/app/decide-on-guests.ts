/** The host decides: admit, deny, remove. One guest, or all who wait (all there are, for `remove`). */
import { FoyerError, notAllowed } from '../domain/errors';
import { type Guest, type GuestEvent, type GuestState, isGuestId, nextGuestState } from '../domain/guest';
import { type Meeting, removeGuests, requireLive } from '../domain/meeting';
import { inParallel, together } from '../domain/in-parallel';
import { findMeeting } from './find-meeting';
import { listGuests, peopleInRoom, setListBehind } from './list-guests';
import type { WaitingRoomServices } from './services';
import { showAsItStands } from './show-as-it-stands';

export interface Decision {
  readonly meetingId: string;
  /** undefined: all. */
  readonly guestId?: string | undefined;
}

/**
 * Lets guests in. In `auto` mode everybody is let in anyway, so nothing changes.
 * @returns the guests as they stand now.
 * @throws FoyerError `not-found`, `not-allowed` once the meeting has ended or for a guest who was removed.
 * Cost: 2 reads of the meeting, 1 read per 100 guests, 1 read and 1 write of the queue, and per guest 2 reads and 2
 * writes, many at once. Of
 * hundreds of guests the host's list takes as many as Sync allows at once, and the rest with the next calls.
 */
export async function admitGuests(services: WaitingRoomServices, decision: Decision): Promise<Guest[]> {
  const meeting = await liveMeeting(services, decision);
  if (meeting.admission === 'auto') return listGuests(services, meeting);
  return decide(services, meeting, 'admit', decision.guestId);
}

/** Turns guests away who wait; see {@link admitGuests}. In `auto` mode nobody waits for a decision: refused. */
export async function denyGuests(services: WaitingRoomServices, decision: Decision): Promise<Guest[]> {
  const meeting = await liveMeeting(services, decision);
  if (meeting.admission === 'auto') {
    throw notAllowed('this meeting admits everybody. Remove the guest instead.');
  }
  return decide(services, meeting, 'deny', decision.guestId);
}

/**
 * Puts guests out of the waiting room and out of the video room, for good: their tickets are dead first, so
 * whoever joins at the same moment is either refused or put out.
 * @throws FoyerError `not-found`, also for what is no guest's id; `not-allowed` once the meeting has ended, or once as
 * many were removed as can be kept out.
 * Cost: 1 read, 1 write, 1 call to the media server and 1 for each who is put out; with manual admission also as
 * {@link admitGuests}.
 */
export async function removeFromMeeting(services: WaitingRoomServices, decision: Decision): Promise<Guest[]> {
  const found = await liveMeeting(services, decision);
  // One who has left may be barred; what is no guest's id bars nobody, and a host is not put out by it.
  if (decision.guestId !== undefined && !isGuestId(decision.guestId)) throw noSuchGuest();
  const guestIds =
    decision.guestId === undefined
      ? (await listGuests(services, found)).map(({ id }) => id)
      : [decision.guestId];
  const meeting = await services.meetings.update(found, (current) => removeGuests(current, guestIds));
  const [guests] = await together([
    meeting.admission === 'manual' ? decideOn(services, meeting, 'remove', guestIds) : undefined,
    peopleInRoom(services, meeting),
  ]);
  return guests ?? listGuests(services, meeting);
}

const noSuchGuest = (): FoyerError =>
  new FoyerError('not-found', 'there is no such guest in the waiting room (any more).');

async function liveMeeting(services: WaitingRoomServices, { meetingId }: Decision): Promise<Meeting> {
  const meeting = await findMeeting(services, meetingId);
  requireLive(meeting);
  return meeting;
}

async function decide(
  services: WaitingRoomServices,
  meeting: Meeting,
  event: GuestEvent,
  guestId: string | undefined,
): Promise<Guest[]> {
  if (guestId !== undefined) return decideOn(services, meeting, event, [guestId], true);
  const waiting = (await listGuests(services, meeting)).filter(({ state }) => state === 'waiting');
  const guestIds = waiting.map(({ id }) => id);
  return decideOn(services, meeting, event, guestIds);
}

/** @param mustSucceed a refusal is the caller's to know; else the guest has changed since it was listed. */
async function decideOn(
  services: WaitingRoomServices,
  meeting: Meeting,
  event: GuestEvent,
  guestIds: readonly string[],
  mustSucceed = false,
): Promise<Guest[]> {
  const manner = guestIds.length > 1 ? 'prompt' : 'patient';
  const places: number[] = [];
  const outcomes = await inParallel(guestIds, async (guestId) => {
    const decision = (current: GuestState): GuestState | 'gone' => {
      try {
        return nextGuestState(current, event);
      } catch (error) {
        if (mustSucceed) throw error;
        return current;
      }
    };
    const { state, listed, place } = await services.waitingRoom.update(meeting, guestId, decision, manner);
    if (place !== undefined) places.push(place);
    if (mustSucceed && state === undefined) {
      throw noSuchGuest();
    }
    return listed;
  });
  // Whoever is behind them learns of it by one write, however many they are.
  const [now] = await together([
    showAsItStands(services, meeting, guestIds),
    services.waitingRoom.free(meeting, places),
  ]);
  const isListed = outcomes.every(Boolean);
  return listGuests(services, isListed ? now : await setListBehind(services, now, true));
}
