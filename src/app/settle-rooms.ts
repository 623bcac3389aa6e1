/** Rooms as they are now: what time has done since they were recorded, and what the provider knows better. */
import {
  type Attendance,
  isPresent,
  type ListedPeer,
  providerListed,
  resolved,
  type Signs,
} from '../domain/attendance';
import { isTryAgain } from '../domain/errors';
import { inParallel } from '../domain/in-parallel';
import { type Room, STALE_AFTER_MS } from '../domain/room';
import type { RoomAsRecorded } from '../ports/room-records';
import { type AttendanceServices, changeAttendance, signsFor } from './change-attendance';
import type { RoomServices } from './services';

export type SettleServices = AttendanceServices & Pick<RoomServices, 'lister'>;

export interface RoomNow {
  readonly room: Room;
  /** Of those who are present. */
  readonly userIds: readonly string[];
}

/**
 * Whatever is found to have changed is recorded and told.
 * Cost: nothing, of rooms where nothing has; 1 write and 1 call to the provider for each that it was not asked about
 * lately; and what {@link changeAttendance} costs for everybody who came or went.
 */
export async function settleRooms(
  services: SettleServices,
  recorded: readonly RoomAsRecorded[],
): Promise<RoomNow[]> {
  const signs = await signsFor(
    services,
    recorded.flatMap(({ present }) => present),
  );
  return inParallel(recorded, (room) => settleRoom(services, room, signs));
}

async function settleRoom(services: SettleServices, seen: RoomAsRecorded, signs: Signs): Promise<RoomNow> {
  const byUser = new Map(seen.present.map((attendance) => [attendance.userId, attendance]));
  const due = seen.present.filter((attendance) => resolved(attendance, signs) !== attendance);
  await inParallel(due, async (before) => {
    byUser.set(before.userId, await changeAttendance(services, before, (current) => current, { before }));
  });
  if (signs.now - seen.askedAt > STALE_AFTER_MS) await reconcile(services, seen.room, byUser);
  const userIds = [...byUser.values()].filter(isPresent).map(({ userId }) => userId);
  return { room: seen.room, userIds };
}

/** Asks the provider who is there, and corrects its part: whom a socket holds stays. */
async function reconcile(
  services: SettleServices,
  { id: roomId }: Room,
  byUser: Map<string, Attendance>,
): Promise<void> {
  const askedAt = services.clock.now();
  // Said before it is asked: of many who look at once one asks, and one who fails is not asked by all.
  await services.records.noteAsked(roomId, askedAt);
  const listed = await listedPeers(services, roomId);
  if (!listed) return;
  const held = [...byUser.values()].filter(({ peers }) =>
    Object.values(peers).some(({ leftAt }) => leftAt === undefined),
  );
  const users = new Set([...listed.keys(), ...held.map(({ userId }) => userId)]);
  await inParallel([...users], async (userId) => {
    const before = byUser.get(userId);
    const peers = listed.get(userId) ?? [];
    const after = await changeAttendance(
      services,
      { roomId, userId },
      (current, signs) => providerListed(current, peers, askedAt, signs),
      before && { before },
    );
    byUser.set(userId, after);
  });
}

/** By user. @returns undefined when the provider does not answer now. */
async function listedPeers(
  { lister }: Pick<SettleServices, 'lister'>,
  roomId: string,
): Promise<Map<string, ListedPeer[]> | undefined> {
  const peers = new Map<string, ListedPeer[]>();
  try {
    for (const { id: peerId, identity, joinedAt } of await lister.connections(roomId)) {
      peers.set(identity, [...(peers.get(identity) ?? []), { peerId, joinedAt }]);
    }
    return peers;
  } catch (error) {
    if (isTryAgain(error)) return undefined;
    throw error;
  }
}
