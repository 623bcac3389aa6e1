/** The one way in which who is in a room changes: read, decide, save unless somebody was faster, tell. */
import { type Attendance, isPresent, newsOf, nobodyYet, resolved, type Signs } from '../domain/attendance';
import { FoyerError, isTryAgain } from '../domain/errors';
import { together } from '../domain/in-parallel';
import type { RoomServices } from './services';

export type AttendanceServices = Pick<
  RoomServices,
  'records' | 'gateways' | 'watchers' | 'clock' | 'graceMs'
>;

/** Who, and where. */
export type Place = Pick<Attendance, 'roomId' | 'userId'>;

const MAX_CONFLICTS = 20;
/** ms; the longest wait after a conflict, at random, which grows with their number. */
const WAIT_MS = 40;

/** By now, for these. Cost: none for gateways that are known to live; else 1 read each. */
export async function signsFor(
  { gateways, clock, graceMs }: Pick<AttendanceServices, 'gateways' | 'clock' | 'graceMs'>,
  attendances: readonly Attendance[],
): Promise<Signs> {
  const names = attendances.flatMap(({ sockets }) => Object.values(sockets).map(({ gateway }) => gateway));
  const ends = names.length === 0 ? new Map<string, number>() : await gateways.ends([...new Set(names)]);
  return { now: clock.now(), graceMs, leaseEnd: (gateway) => ends.get(gateway) ?? 0 };
}

/**
 * @param apply pure; it is called again when somebody else was faster. A stay that has ended by itself has been
 *   recorded before it is called.
 * @param read the record, where it has been read already
 * @returns the record then. @throws FoyerError `try-again`.
 * Cost: 1 read unless it was read; where something changes 1 write, and 1 more with the news where somebody came or went.
 */
export async function changeAttendance(
  services: AttendanceServices,
  { roomId, userId }: Place,
  apply: (current: Attendance, signs: Signs) => Attendance,
  read?: { readonly before: Attendance | undefined },
): Promise<Attendance> {
  const { records, clock } = services;
  let known = read;
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; known = undefined) {
    const { before } = known ?? { before: await records.attendance(roomId, userId) };
    const signs = await signsFor(services, before ? [before] : []);
    const current = resolved(before ?? nobodyYet(roomId, userId), signs);
    const hasEnded = before !== undefined && isPresent(before) && !isPresent(current);
    const after = hasEnded ? current : apply(current, signs);
    if (after === (before ?? current)) return after;
    if (await records.save(before, after)) {
      // At once: neither takes the time that the other needs.
      await together([
        unlessAway(services.records.noteInHistory(before, after)),
        unlessAway(tellNews(services, before, after)),
      ]);
      if (!hasEnded) return after;
    } else {
      conflicts += 1;
      await clock.sleep(Math.random() * WAIT_MS * conflicts);
    }
  }
  throw new FoyerError('try-again', 'this room is changing too fast. Try again in a moment.');
}

async function tellNews(
  { watchers }: Pick<AttendanceServices, 'watchers'>,
  before: Attendance | undefined,
  after: Attendance,
): Promise<void> {
  const { roomId, userId } = after;
  const updates = newsOf(before, after).map((action) => ({ roomId, userId, action }));
  if (updates.length > 0) await watchers.tell(updates);
}

/** What is recorded stays so when nothing more can be done of it just now: whoever looks sees it. */
async function unlessAway(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isTryAgain(error)) throw error;
  }
}
