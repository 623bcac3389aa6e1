/**
 * Somebody's stay in a room, and what holds them present: sockets of gateways, and peers at the media provider.
 * Every change is a pure function of the record as it stands. A stay is over when nothing holds it any more;
 * moments at which a hold ends by itself are data, so whoever reads the record finds out.
 */

/** A socket that joined. */
export interface SocketHold {
  readonly gateway: string;
  /** ms since epoch: when it was lost without a word. */
  readonly droppedAt?: number;
}

/** A connection to the provider's room. One that has ended is remembered, so that late news cannot revive it. */
export interface PeerHold {
  /** ms since epoch, by the provider. */
  readonly joinedAt: number;
  readonly leftAt?: number;
}

export interface Attendance {
  readonly roomId: string;
  readonly userId: string;
  /** Fingerprint of the token that was last issued; '' for one who came without. */
  readonly token: string;
  /** Names this stay among the user's stays in the room: it never changes, and later ones have larger numbers. */
  readonly stay: number;
  /** ms since epoch at which the stay before ended; 0 where there was none. */
  readonly notBefore: number;
  /** ms since epoch; null for one who was given a token and has not come. */
  readonly joinedAt: number | null;
  /** ms since epoch; null while present. */
  readonly leftAt: number | null;
  /** By the name that the gateway gave to each. */
  readonly sockets: Readonly<Record<string, SocketHold>>;
  /** By the provider's id. */
  readonly peers: Readonly<Record<string, PeerHold>>;
}

/** What has passed by the time somebody looks. */
export interface Signs {
  /** ms since epoch. */
  readonly now: number;
  /** ms for which a lost socket still holds. */
  readonly graceMs: number;
  /** Until when the gateway is known to live, ms since epoch. */
  readonly leaseEnd: (gateway: string) => number;
}

/** ms for which ended connections are remembered; news that are older than this change nothing. */
export const REMEMBERED_MS = 3_600_000;
/** ms by which a provider's list may lag behind its own events, and its clock differ from ours. */
export const LAG_MS = 5_000;
const MOST_REMEMBERED = 50;

/** Somebody who has not been here yet. */
export const nobodyYet = (roomId: string, userId: string): Attendance => ({
  roomId,
  userId,
  token: '',
  stay: 0,
  notBefore: 0,
  joinedAt: null,
  leftAt: null,
  sockets: {},
  peers: {},
});

export const isPresent = ({ joinedAt, leftAt }: Attendance): boolean => joinedAt !== null && leftAt === null;

/** What a change means to those who watch the room, in this order. */
export function newsOf(before: Attendance | undefined, after: Attendance): ('left' | 'joined')[] {
  const last = before && isPresent(before) ? before.stay : undefined;
  const next = isPresent(after) ? after.stay : undefined;
  if (last === next) return [];
  return [
    ...(last === undefined ? [] : (['left'] as const)),
    ...(next === undefined ? [] : (['joined'] as const)),
  ];
}

/** When a socket ceased to hold; undefined while it does. A lost one was there until it was lost. */
function endOfSocket({ gateway, droppedAt = Infinity }: SocketHold, signs: Signs): number | undefined {
  const leaseEnd = signs.leaseEnd(gateway);
  if (droppedAt + signs.graceMs <= signs.now) return Math.min(droppedAt, leaseEnd);
  return leaseEnd <= signs.now ? Math.min(leaseEnd, droppedAt) : undefined;
}

/** The record with what has passed by now: a stay that nothing holds any more is over. */
export function resolved(attendance: Attendance, signs: Signs): Attendance {
  const { joinedAt, sockets, peers } = attendance;
  if (joinedAt === null || !isPresent(attendance)) return attendance;
  const ends = [
    ...Object.values(sockets).map((socket) => endOfSocket(socket, signs)),
    ...Object.values(peers).map(({ leftAt }) => leftAt),
  ];
  if (ends.includes(undefined)) return attendance;
  const last = Math.max(joinedAt, ...(ends as number[]));
  return { ...attendance, leftAt: last, sockets: {} };
}

/** As {@link resolved}, where a hold was given up at `at`, which is gone from the record. */
function resolvedAt(attendance: Attendance, at: number, signs: Signs): Attendance {
  const after = resolved(attendance, signs);
  if (after === attendance || after.leftAt === null || after.leftAt >= at) return after;
  return { ...after, leftAt: at };
}

/** The user was given a token. */
export const issued = (current: Attendance, fingerprint: string): Attendance => ({
  ...current,
  token: fingerprint,
});

/** A socket joined; again is fine. One that was lost and comes back under another name goes on where it was. */
export function socketJoined(current: Attendance, socket: string, gateway: string, signs: Signs): Attendance {
  const stay = resolved(current, signs);
  const known = stay.sockets[socket];
  if (isPresent(stay) && known?.gateway === gateway && known.droppedAt === undefined) return stay;
  const living = Object.entries(stay.sockets).filter(([, hold]) => endOfSocket(hold, signs) === undefined);
  const sockets = { ...Object.fromEntries(living), [socket]: { gateway } };
  return isPresent(stay) ? { ...stay, sockets } : begun(stay, signs.now, { sockets }, signs);
}

/** A socket left; one that had not joined changes nothing. */
export function socketLeft(current: Attendance, socket: string, signs: Signs): Attendance {
  const stay = resolved(current, signs);
  if (!isPresent(stay) || !(socket in stay.sockets)) return stay;
  const { [socket]: _, ...sockets } = stay.sockets;
  return resolvedAt({ ...stay, sockets }, signs.now, signs);
}

/** A socket was lost: it holds for the grace. */
export function socketDropped(current: Attendance, socket: string, signs: Signs): Attendance {
  const stay = resolved(current, signs);
  const hold = stay.sockets[socket];
  if (!isPresent(stay) || !hold || hold.droppedAt !== undefined) return stay;
  const sockets = { ...stay.sockets, [socket]: { ...hold, droppedAt: signs.now } };
  return resolved({ ...stay, sockets }, signs);
}

/** The provider told that a connection began at `at`: perhaps late, perhaps again, perhaps after it ended. */
export function peerJoined(current: Attendance, peerId: string, at: number, signs: Signs): Attendance {
  const stay = resolved(current, signs);
  const known = stay.peers[peerId];
  if (known) return at < known.joinedAt ? withEarlierPeer(stay, peerId, known, at) : stay;
  if (at < signs.now - REMEMBERED_MS) return stay;
  return withPeer(stay, peerId, { joinedAt: at }, signs);
}

/** The provider told that a connection ended. @param joinedAt when it had begun, if the provider says. */
export function peerLeft(
  current: Attendance,
  peerId: string,
  at: number,
  joinedAt: number | undefined,
  signs: Signs,
): Attendance {
  const stay = resolved(current, signs);
  const known = stay.peers[peerId];
  if (known?.leftAt !== undefined || at < signs.now - REMEMBERED_MS) return stay;
  const began = Math.min(at, joinedAt ?? known?.joinedAt ?? at, known?.joinedAt ?? at);
  return withPeer(stay, peerId, { joinedAt: began, leftAt: at }, signs);
}

/** The provider closed the room at `at`: nobody's connection outlives it. */
export function mediaRoomClosed(current: Attendance, at: number, signs: Signs): Attendance {
  let stay = resolved(current, signs);
  for (const [peerId, { joinedAt, leftAt }] of Object.entries(stay.peers)) {
    if (leftAt === undefined && joinedAt <= at) stay = peerLeft(stay, peerId, at, joinedAt, signs);
  }
  return stay;
}

/** A connection as the provider lists it. */
export interface ListedPeer {
  readonly peerId: string;
  /** ms since epoch. */
  readonly joinedAt: number;
}

/**
 * The provider was asked at `askedAt`, and these are the user's connections. What happened shortly before is left
 * to the events that tell of it: a list lags.
 */
export function providerListed(
  current: Attendance,
  listed: readonly ListedPeer[],
  askedAt: number,
  signs: Signs,
): Attendance {
  let stay = resolved(current, signs);
  for (const { peerId, joinedAt } of listed) {
    const known = stay.peers[peerId];
    const isRevived = known?.leftAt !== undefined && known.leftAt < askedAt - LAG_MS;
    if (known && !isRevived) continue;
    const { [peerId]: _, ...others } = stay.peers;
    stay = withPeer({ ...stay, peers: others }, peerId, { joinedAt: Math.min(joinedAt, askedAt) }, signs);
  }
  const isListed = new Set(listed.map(({ peerId }) => peerId));
  for (const [peerId, { joinedAt, leftAt }] of Object.entries(stay.peers)) {
    const isGone = leftAt === undefined && !isListed.has(peerId) && joinedAt < askedAt - LAG_MS;
    if (isGone) stay = peerLeft(stay, peerId, askedAt, joinedAt, signs);
  }
  return stay;
}

/** The stay with this connection: it goes on, or another begins, or one is recorded that is over already. */
function withPeer(stay: Attendance, peerId: string, hold: PeerHold, signs: Signs): Attendance {
  const peers = remembered({ ...stay.peers, [peerId]: hold }, signs.now);
  if (isPresent(stay)) return resolvedAt({ ...stay, peers }, hold.leftAt ?? 0, signs);
  if (hold.leftAt === undefined) return begun(stay, hold.joinedAt, { peers }, signs);
  if (stay.leftAt !== null && hold.joinedAt <= stay.leftAt)
    return { ...stay, peers, leftAt: Math.max(stay.leftAt, hold.leftAt) };
  return { ...begun(stay, hold.joinedAt, { peers }, signs), leftAt: hold.leftAt };
}

/** A connection whose beginning was guessed began earlier. */
function withEarlierPeer(stay: Attendance, peerId: string, known: PeerHold, at: number): Attendance {
  const peers = { ...stay.peers, [peerId]: { ...known, joinedAt: at } };
  const beganIt = stay.joinedAt === known.joinedAt;
  return { ...stay, peers, joinedAt: beganIt ? Math.max(at, stay.notBefore) : stay.joinedAt };
}

/** A stay begins; what is remembered of earlier connections stays remembered. */
function begun(
  last: Attendance,
  at: number,
  holds: Partial<Pick<Attendance, 'sockets' | 'peers'>>,
  { now }: Signs,
): Attendance {
  const notBefore = last.leftAt ?? 0;
  const joinedAt = Math.max(at, notBefore);
  return {
    ...last,
    stay: Math.max(joinedAt, last.stay + 1),
    notBefore,
    joinedAt,
    leftAt: null,
    sockets: {},
    peers: remembered(last.peers, now),
    ...holds,
  };
}

/** Those that hold, and of those that have ended the last ones, for a while. */
function remembered(peers: Attendance['peers'], now: number): Attendance['peers'] {
  const kept = Object.entries(peers).filter(
    ([, { leftAt }]) => leftAt === undefined || leftAt > now - REMEMBERED_MS,
  );
  const ended = kept.filter(([, { leftAt }]) => leftAt !== undefined);
  if (ended.length <= MOST_REMEMBERED) return Object.fromEntries(kept);
  const forgotten = new Set(
    ended
      .toSorted(([, a], [, b]) => (a.leftAt ?? 0) - (b.leftAt ?? 0))
      .slice(0, ended.length - MOST_REMEMBERED)
      .map(([id]) => id),
  );
  return Object.fromEntries(kept.filter(([id]) => !forgotten.has(id)));
}
