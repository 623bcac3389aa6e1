/**
 * Whether somebody who waits is there. A closed tab and a locked phone look alike from outside: the connection goes.
 * So a page says when it goes out of sight, while it still can; then losing the connection costs nobody the place.
 */

export interface Absence {
  /** ms since epoch: since then nobody looks at the page, as the page itself has said. */
  readonly hiddenSince?: number;
  /** ms since epoch: since then the guest counts as away, having lost the connection or not answered. */
  readonly awaySince?: number;
}

export type AttendanceEvent =
  /** Somebody looks at the page, or has answered that they are there. */
  | 'here'
  /** The page is out of sight: another tab, or the phone is locked. */
  | 'hidden'
  /** The page has asked whether anybody is there, and nobody answered. */
  | 'away'
  | 'connected'
  | 'disconnected';

/** How long a guest stays on the host's list from now on. */
export type Stay =
  | 'asItIs'
  /** Until the meeting's end, as everybody does who is connected. */
  | 'whole'
  /** So many ms, or longer if that was so before. */
  | { readonly atLeast: number }
  | { readonly exactly: number };

/** A newcomer whose browser has not connected. */
export const UNCONNECTED_MS = 60_000;
/** After a disconnect, which the vendor reports some seconds late; together less than a minute. */
export const GONE_MS = 30_000;
/** The place of a locked phone. Whoever comes back later has the old place again, but is not shown meanwhile. */
export const AWAY_GRACE_MS = 30 * 60_000;

/** What becomes of those who wait; for the others only a connection counts, which keeps them on the list. */
const STAYS = {
  here: { atLeast: UNCONNECTED_MS },
  hidden: { atLeast: AWAY_GRACE_MS },
  away: { atLeast: AWAY_GRACE_MS },
  connected: 'whole',
} as const satisfies Record<Exclude<AttendanceEvent, 'disconnected'>, Stay>;

/**
 * @param isLasting the guest stays on the list at least for the grace as it is; else the connection is lost already
 * @param now ms since epoch
 * @returns the same guest when nothing about it changes
 */
export function attend<G extends Absence & { readonly state: string }>(
  guest: G,
  event: AttendanceEvent,
  isLasting: boolean,
  now: number,
): { readonly guest: G; readonly stay: Stay } {
  if (guest.state !== 'waiting') return { guest, stay: event === 'connected' ? 'whole' : 'asItIs' };
  const { hiddenSince, awaySince } = guest;
  const hidden = hiddenSince ?? now;
  const away = awaySince ?? now;
  switch (event) {
    case 'here':
      return { guest: withAbsence(guest, undefined, undefined), stay: STAYS.here };
    case 'hidden':
      return { guest: withAbsence(guest, hidden, isLasting ? awaySince : away), stay: STAYS.hidden };
    case 'away':
      return { guest: withAbsence(guest, hidden, away), stay: STAYS.away };
    case 'connected':
      return { guest: withAbsence(guest, hiddenSince, undefined), stay: STAYS.connected };
    default:
      return {
        guest: withAbsence(guest, hiddenSince, away),
        stay: { exactly: hiddenSince === undefined ? GONE_MS : AWAY_GRACE_MS },
      };
  }
}

/** Without a word of where they are: of those upon whom the host has decided it matters no more. */
export const present = <G extends Absence>(guest: G): G => withAbsence(guest, undefined, undefined);

function withAbsence<G extends Absence>(
  guest: G,
  hiddenSince: number | undefined,
  awaySince: number | undefined,
): G {
  if (guest.hiddenSince === hiddenSince && guest.awaySince === awaySince) return guest;
  const { hiddenSince: _hidden, awaySince: _away, ...there } = guest;
  return {
    ...there,
    ...(hiddenSince === undefined ? {} : { hiddenSince }),
    ...(awaySince === undefined ? {} : { awaySince }),
  } as G;
}
