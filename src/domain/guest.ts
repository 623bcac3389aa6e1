/** A guest of a meeting with manual admission: states, decisions, and names that give nothing away. */
import type { Absence } from './absence';
import { notAllowed } from './errors';
import { type LobbyView, lobbyView, type Meeting } from './meeting';

export type GuestState = 'waiting' | 'admitted' | 'denied' | 'removed';
export type GuestEvent = 'enter' | 'admit' | 'deny' | 'remove' | 'leave';

/** state × event → next state; `gone` leaves no record. A pair that is absent is refused. */
export const GUEST_TRANSITIONS = {
  waiting: { enter: 'waiting', admit: 'admitted', deny: 'denied', remove: 'removed', leave: 'gone' },
  admitted: { enter: 'admitted', admit: 'admitted', remove: 'removed', leave: 'gone' },
  denied: { admit: 'admitted', deny: 'denied', remove: 'removed', leave: 'denied' },
  removed: { remove: 'removed', leave: 'removed' },
} as const satisfies Record<GuestState, Partial<Record<GuestEvent, GuestState | 'gone'>>>;

export interface Guest extends Absence {
  /** Public: shown to the host and, as the start of its identity, in the room. Says nothing about the ticket. */
  readonly id: string;
  readonly name: string;
  readonly state: GuestState;
  /** ms since epoch of the first entry; a guest who comes back keeps the place. */
  readonly enteredAt: number;
  /** The number in the queue (queue.ts); undefined for those who entered before there was one. */
  readonly place?: number | undefined;
}

const REFUSALS: Readonly<Record<string, string>> = {
  'denied enter': 'the host did not let you in. Ask the host before you try again.',
  'removed enter': 'the host has removed you from this meeting.',
  'admitted deny': 'this guest has been admitted already; remove the guest instead.',
  'removed admit': 'this guest was removed from the meeting and cannot come back.',
  'removed deny': 'this guest was removed from the meeting already.',
};

/** @throws FoyerError `not-allowed` where {@link GUEST_TRANSITIONS} has no such pair. */
export function nextGuestState(state: GuestState, event: GuestEvent): GuestState | 'gone' {
  const row: Partial<Record<GuestEvent, GuestState | 'gone'>> = GUEST_TRANSITIONS[state];
  const next = row[event];
  if (!next) throw notAllowed(REFUSALS[`${state} ${event}`] ?? `a guest who is ${state} cannot ${event}.`);
  return next;
}

/** What one guest of a `manual` meeting is shown: as in an `auto` one, once admitted. */
export function guestView({ state }: Pick<Guest, 'state'>, meeting: Meeting): LobbyView {
  if (meeting.state === 'ended') return { state: 'ended' };
  if (state === 'admitted') return lobbyView({ ...meeting, state: 'open' });
  return { state: state === 'waiting' ? 'waiting' : 'denied' };
}

/**
 * The identity under which somebody is seen in the video room: unique, and naming its bearer.
 * Pages show what follows the first colon.
 */
export const roomIdentity = (id: string, name: string): string => (name ? `${id}:${name}` : id);

/** Hosts have ids, too, and are nobody's guests. */
export const isGuestId = (id: string): boolean => /^g[0-9a-f]{16}$/.test(id);

/** The guest (or host) id within a {@link roomIdentity}. */
export const idOfIdentity = (identity: string): string => identity.split(':', 1)[0] ?? identity;

export const nameOfIdentity = (identity: string): string => {
  const colon = identity.indexOf(':');
  return colon < 0 ? '' : identity.slice(colon + 1);
};
