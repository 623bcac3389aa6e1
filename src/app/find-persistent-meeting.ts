import { FoyerError } from '../domain/errors';
import { isPersistentMeetingId, type PersistentMeeting } from '../domain/persistent-meeting';
import type { PersistentMeetingServices } from './services';

/** In the words of seed 004. */
export const noSuchMeeting = (): FoyerError => new FoyerError('not-found', 'Meeting not found');

/** The meeting, unless there is none (any more). Cost: 1 read; none for what cannot be an id. */
export async function lookUpPersistentMeeting(
  { registry }: Pick<PersistentMeetingServices, 'registry'>,
  id: string,
): Promise<PersistentMeeting | undefined> {
  const meeting = isPersistentMeetingId(id) ? await registry.find(id) : undefined;
  return meeting?.isDeleted === false ? meeting : undefined;
}

/** @throws FoyerError `not-found`. Cost: 1 read. */
export async function findPersistentMeeting(
  services: Pick<PersistentMeetingServices, 'registry'>,
  id: string,
): Promise<PersistentMeeting> {
  const meeting = await lookUpPersistentMeeting(services, id);
  if (!meeting) throw noSuchMeeting();
  return meeting;
}
