import { FoyerError } from '../domain/errors';
import { DEFAULT_MAX_PARTICIPANTS } from '../domain/meeting';
import { type PersistentMeeting, randomPersistentMeetingId } from '../domain/persistent-meeting';
import type { PersistentMeetingServices } from './services';

/** Of 26¹⁰ ids, two meetings having drawn the same is a coincidence; this many in a row is a fault. */
const MAX_TRIES = 3;

/**
 * A meeting with a link, until it is deleted or nobody has used it for a year. Its room is made when
 * somebody joins.
 * @throws FoyerError `try-again`. Cost: 1 write.
 */
export async function createPersistentMeeting(
  { registry, clock }: Pick<PersistentMeetingServices, 'registry' | 'clock'>,
  { maxParticipants = DEFAULT_MAX_PARTICIPANTS }: { readonly maxParticipants?: number | undefined },
): Promise<PersistentMeeting> {
  const createdAt = Math.floor(clock.now() / 1000) * 1000;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const meeting = await registry.create({ id: randomPersistentMeetingId(), maxParticipants, createdAt });
    if (meeting) return meeting;
  }
  throw new FoyerError('try-again', 'no meeting id was free. Try again.');
}
